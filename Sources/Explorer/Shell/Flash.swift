import TextUI

/// A message on the lowest line; the next key or message replaces it.
package struct Flash: Sendable, Hashable {
    package enum Level: Sendable, Hashable {
        case info, warning, error
    }

    package let level: Level
    package let text: String

    package init(_ level: Level, _ text: String) {
        self.level = level
        self.text = text.replacing("\n", with: " ")
    }

    var role: StyleRole {
        switch level {
        case .info: .flashInfo
        case .warning: .flashWarning
        case .error: .flashError
        }
    }
}
