/// Why the terminal can't be drawn on.
package enum TerminalError: Error, Sendable, Hashable, CustomStringConvertible {
    case noTerminal
    case unknownType(String)
    case cannotPlaceCursor(String)

    package var description: String {
        switch self {
        case .noTerminal: "Standard input and output must be a terminal to explore a cluster"
        case .unknownType(""): "TERM is not set, so the terminal's type is unknown: try TERM=xterm-256color"
        case .unknownType(let type): "The terminal type TERM=\(type) is unknown here: try TERM=xterm-256color"
        case .cannotPlaceCursor(let type): "The terminal type TERM=\(type) can't place its cursor: try TERM=xterm-256color"
        }
    }
}
