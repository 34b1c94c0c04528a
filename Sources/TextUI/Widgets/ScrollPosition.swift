/// Which part of a long list is visible, and which item is selected. The state of every list, table and text.
package struct ScrollPosition: Sendable, Hashable {
    /// The selected item; 0 for an empty list.
    package private(set) var selected = 0
    /// The first visible item.
    package private(set) var top = 0

    package init() {}

    package enum Move: Sendable, Hashable {
        case up, down, pageUp, pageDown, first, last
        case by(Int)
    }

    /// Moves the selection; call `fit` before drawing.
    package mutating func move(_ move: Move, count: Int, page: Int) {
        switch move {
        case .up: select(selected - 1, count: count)
        case .down: select(selected + 1, count: count)
        case .pageUp: select(selected - max(1, page - 1), count: count)
        case .pageDown: select(selected + max(1, page - 1), count: count)
        case .first: select(0, count: count)
        case .last: select(count - 1, count: count)
        case .by(let distance): select(selected + distance, count: count)
        }
    }

    package mutating func select(_ index: Int, count: Int) {
        selected = max(0, min(index, count - 1))
    }

    /// Brings the selected item into the `height` visible ones and leaves no room below the last that could be filled.
    package mutating func fit(count: Int, height: Int) {
        select(selected, count: count)
        if selected < top { top = selected }
        if selected >= top + height { top = selected - height + 1 }
        top = max(0, min(top, count - height))
    }

    package func visible(count: Int, height: Int) -> Range<Int> {
        top..<max(top, min(count, top + height))
    }
}
