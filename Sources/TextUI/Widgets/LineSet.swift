/// The characters that borders, bars and marks are drawn with.
package struct LineSet: Sendable, Hashable {
    package let horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight: Unicode.Scalar

    package static let unicode = LineSet(
        horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘"
    )
    /// Two lines, so that a frame stands out without colour too.
    package static let double = LineSet(
        horizontal: "═", vertical: "║", topLeft: "╔", topRight: "╗", bottomLeft: "╚", bottomRight: "╝"
    )
}
