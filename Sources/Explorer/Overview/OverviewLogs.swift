import KubernetesClient
import KubernetesModel
import TextUI

/// The log pane of the overview: follows the selected object, a moment after the selection has settled.
final class OverviewLogs {
    private unowned let shell: Shell
    private(set) var target: ObjectTarget?
    private(set) var feed: LogFeed?
    /// Wraps: in a pane this narrow the message of a structured line would be cut off.
    var pane = LogPane(wraps: true)
    private var settling: Task<Void, Never>?
    private var isVisible = false

    /// Waits until a selection has stood for a moment: moving through a list opens no stream per row.
    var settle: @Sendable () async throws -> Void = { try await Task.sleep(for: .milliseconds(150)) }

    init(shell: Shell) {
        self.shell = shell
    }

    var filterText: String { pane.filter?.text ?? "" }

    func start() {
        isVisible = true
        open()
    }

    func stop() {
        isVisible = false
        settling?.cancel()
        feed?.stop()
        feed = nil
    }

    func show(_ new: ObjectTarget?) {
        target = new.flatMap { PodSource.hasPods($0.resource) ? $0 : nil }
        feed?.stop()
        feed = nil
        settling?.cancel()
        guard isVisible, target != nil else { return }
        settling = Task { [weak self, settle] in
            do { try await settle() } catch { return }
            self?.open()
        }
    }

    private func open() {
        guard isVisible, feed == nil, let target else { return }
        let filter = filterText
        pane = LogPane(wraps: pane.wraps)
        _ = pane.setFilter(filter)
        let feed = LogFeed(of: [target], client: shell.session.client, now: shell.now) { [weak shell] in shell?.setNeedsDisplay() }
        self.feed = feed
        feed.start()
    }

    func setFilter(_ text: String) -> String? {
        pane.setFilter(text) ? nil : "not a regular expression"
    }

    static let bindings =
        [
            Binding("logs.wrap", "w", title: "wrap", footer: true), Binding("logs.raw", "r", title: "raw", footer: true),
        ] + TextPane.bindings

    func perform(_ action: ActionID) -> Bool {
        if action == "logs.wrap" {
            pane.wraps.toggle()
            return true
        }
        if action == "logs.raw" {
            pane.isRaw.toggle()
            return true
        }
        let moves: [ActionID: LogPane.Move] = [
            "text.down": .lines(1), "text.up": .lines(-1), "text.pageDown": .pages(1), "text.pageUp": .pages(-1),
            "text.first": .first, "text.last": .last, "text.left": .columns(-8), "text.right": .columns(8),
        ]
        guard let move = moves[action] else { return false }
        pane.move(move)
        return true
    }
}
