package import TextUI

/// The keys that move the selection in every list and table.
package enum ListNavigation {
    package static let bindings: [Binding] = [
        Binding("list.down", "j", "Down", title: "down", section: .navigation),
        Binding("list.up", "k", "Up", title: "up", section: .navigation),
        Binding("list.pageDown", "PgDn", "Ctrl-F", title: "page down", section: .navigation),
        Binding("list.pageUp", "PgUp", "Ctrl-B", title: "page up", section: .navigation),
        Binding("list.first", "g", "Home", title: "to the top", section: .navigation),
        Binding("list.last", "Shift-G", "End", title: "to the bottom", section: .navigation),
    ]

    /// False when the action is none of these.
    package static func perform(_ action: ActionID, _ position: inout ScrollPosition, count: Int, page: Int) -> Bool {
        let moves: [ActionID: ScrollPosition.Move] = [
            "list.down": .down, "list.up": .up, "list.pageDown": .pageDown, "list.pageUp": .pageUp, "list.first": .first,
            "list.last": .last,
        ]
        guard let move = moves[action] else { return false }
        position.move(move, count: count, page: page)
        return true
    }
}
