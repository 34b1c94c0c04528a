/// One place on the screen: a character and how it looks.
package struct Cell: Sendable, Hashable {
    /// What is shown; `Cell.continuation` marks the right half of the wide character to the left.
    package var scalar: Unicode.Scalar
    package var style: Style

    package init(_ scalar: Unicode.Scalar = " ", _ style: Style = .plain) {
        self.scalar = scalar
        self.style = style
    }

    package static let continuation: Unicode.Scalar = "\0"

    package var isContinuation: Bool { scalar == Self.continuation }
}
