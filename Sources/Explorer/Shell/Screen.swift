package import KubernetesModel
package import TextUI

/// A view that fills the space between header and footer: a table, the overview, a text. The shell keeps a stack of them.
///
/// A screen owns what it watches: it begins in `start()` and ends in `stop()`, both called once per stay on the stack's top.
package protocol Screen: AnyObject {
    /// What the crumbs call it: `pods`, `yaml`.
    var title: String { get }
    /// What opens it again from the command line, `pods kube-system`; nil when nothing does.
    var command: String? { get }
    /// Its own keys; they win over those for objects and over the general ones.
    var bindings: [Binding] { get }
    /// What object actions (describe, delete, …) apply to: the marked objects, else the selected one.
    var targets: [ObjectTarget] { get }
    /// The kind of what it shows; nil where it shows none, or several.
    var resource: APIResource? { get }
    /// Those of the targets that a filter hides.
    var hiddenTargets: [ObjectTarget] { get }
    /// What is said to keys for objects where there is none to which they could apply; nil where nobody would expect one.
    var absence: String? { get }
    /// What variables of a person's own commands stand for here, besides the target: `POD`, `COL-STATUS`.
    var variables: [String: String] { get }
    /// The text of the filter or search in force, for the prompt to start with; nil where `/` does nothing.
    var filter: String? { get }

    /// The cluster of what is selected, where it may be another than the one in which the screen was opened. Nil where it is not, and
    /// where what is marked lies in several.
    var session: ClusterSession? { get }
    /// The clusters it shows besides that one.
    var sessions: [ClusterSession] { get }

    /// What it tells of an object, for a view that can't ask the cluster any more; nil where it tells nothing.
    func lastSeen(of target: ObjectTarget) -> LastSeen?
    /// What is on it as a text to copy or to save; nil where there is none.
    var document: ScreenDocument? { get }

    /// Whether what is selected may change at once, because rows are still to come for a filter.
    var isBehind: Bool { get }

    func start()
    func stop()
    /// Does one of its own actions. False when it isn't one of its own.
    func perform(_ action: ActionID) -> Bool
    /// Why an action of `bindings` can't be used now; shown instead of doing it.
    func disabledReason(for action: ActionID) -> String?
    /// An event bound to no action, a click where it is in the whole frame. False when it means nothing here either.
    func handle(_ event: InputEvent) -> Bool
    /// Selects the row that was drawn there last. False where there is none.
    func select(at point: Point) -> Bool
    /// Called while the filter is typed, and with `isFinal` when Enter ends it. Returns what is wrong with the text, if anything.
    func setFilter(_ text: String, isFinal: Bool) -> String?
    /// Esc: undo one step inside the screen (a filter, marks, a zoomed pane). False when there is none, and the shell goes back.
    func goBack() -> Bool
    /// Draws itself; `area` has been blanked.
    func draw(in area: Rect, on frame: inout Frame)
}

extension Screen {
    package var command: String? { nil }
    package var isBehind: Bool { false }
    package var bindings: [Binding] { [] }
    package var targets: [ObjectTarget] { [] }
    package var resource: APIResource? { nil }
    package var hiddenTargets: [ObjectTarget] { [] }
    package var absence: String? { nil }
    package var variables: [String: String] { [:] }
    package var filter: String? { nil }
    package var session: ClusterSession? { nil }
    package var sessions: [ClusterSession] { [] }
    package func lastSeen(of target: ObjectTarget) -> LastSeen? { nil }
    package var document: ScreenDocument? { nil }
    package func start() {}
    package func stop() {}
    package func perform(_ action: ActionID) -> Bool { false }
    package func disabledReason(for action: ActionID) -> String? { nil }
    package func handle(_ event: InputEvent) -> Bool { false }
    package func select(at point: Point) -> Bool { false }
    package func setFilter(_ text: String, isFinal: Bool) -> String? { nil }
    package func goBack() -> Bool { false }
}

/// A screen's content as a text.
package struct ScreenDocument: Sendable, Hashable {
    package let text: String
    /// What its file is called, without the ending.
    package let name: String
    package let ending: String
}

/// What a view told of an object.
package struct LastSeen {
    package let fields: [(title: String, text: String)]
    /// When that was true.
    package let since: Instant
}
