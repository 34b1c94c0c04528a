import TextUI

/// A screen of one text: `/` searches in it, Esc ends the search.
protocol PaneScreen: Screen {
    var pane: TextPane { get set }
}

extension PaneScreen {
    var filter: String? { pane.search?.pattern ?? "" }

    func setFilter(_ text: String, isFinal: Bool) -> String? {
        pane.find(text) ? nil : "not a regular expression"
    }

    func goBack() -> Bool {
        guard pane.search != nil else { return false }
        pane.find(nil)
        return true
    }

    func perform(_ action: ActionID) -> Bool {
        pane.perform(action)
    }
}
