/// A colour as a theme names it. What a terminal can't show is replaced by the nearest it can (`Color+Palette.swift`).
package enum Color: Sendable, Hashable {
    /// The terminal's own foreground or background.
    case terminal
    /// One of the terminal's palette: 0–15 are its named colours, 16–255 xterm's cube and greys.
    case indexed(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}
