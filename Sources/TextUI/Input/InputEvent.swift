/// What a person did at the terminal.
package enum InputEvent: Sendable, Hashable {
    case key(KeyPress)
    /// Text pasted in one go: never commands.
    case paste(String)
    case mouse(MouseEvent)
}

/// A click or a turn of the wheel, at a cell.
package struct MouseEvent: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case click, doubleClick, scrollUp, scrollDown

        package var isClick: Bool { self == .click || self == .doubleClick }
        /// The arrow that does what a turn of the wheel does; nil for clicks.
        package var arrow: KeyPress? {
            switch self {
            case .scrollUp: KeyPress(.up)
            case .scrollDown: KeyPress(.down)
            case .click, .doubleClick: nil
            }
        }
    }

    package let kind: Kind
    package let position: Point

    package init(_ kind: Kind, at position: Point) {
        self.kind = kind
        self.position = position
    }
}
