package import TextUI

/// How every role looks.
package struct Theme: Sendable, Equatable {
    package let name: String
    private let styles: [StyleRole: Style]

    package init(name: String, styles: [StyleRole: Style]) {
        self.name = name
        self.styles = styles
    }

    package subscript(role: StyleRole) -> Style {
        styles[role] ?? styles[.text] ?? .plain
    }
}
