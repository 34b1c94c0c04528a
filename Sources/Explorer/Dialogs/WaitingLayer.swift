import TextUI

/// Says what is waited for and how far it has come; Esc gives up.
final class WaitingLayer: Layer {
    private let title: String
    private unowned let shell: Shell
    private let onCancel: () -> Void
    /// How it stands, a sentence each.
    var lines: [String] {
        didSet { shell.setNeedsDisplay() }
    }

    init(title: String, lines: [String], shell: Shell, onCancel: @escaping () -> Void) {
        self.title = title
        self.lines = lines
        self.shell = shell
        self.onCancel = onCancel
    }

    var isOpaque: Bool { false }

    func handle(_ event: InputEvent) -> EventResult {
        guard case .key(let key) = event, key == KeyPress(.escape) || key == .control("c") else { return .consumed }
        return .close { [onCancel] in onCancel() }
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let width = min(max(60, TextWidth.of(title) + 6), area.width)
        let texts = lines.flatMap { StyledText($0, theme[.dialog]).wrapped(max(1, width - 4), atWords: true) }
        let box = area.centered(Size(width: width, height: texts.count + 4))
        frame.fill(box, with: Cell(" ", theme[.dialog]))
        let inside = BorderBox(title: StyledText(title, theme[.dialogTitle]), style: theme[.dialog]).draw(
            in: box, on: &frame)
        for (row, text) in texts.prefix(max(0, inside.height - 2)).enumerated() {
            frame.write(text, at: Point(x: inside.minX + 1, y: inside.minY + row), in: inside)
        }
        frame.write("Esc gives up", at: Point(x: inside.minX + 1, y: inside.maxY - 1), style: theme[.dialogLabel], in: inside)
    }
}

extension Shell {
    /// Does what takes its time below a dialog that tells how far it is. Esc takes the dialog away and cancels the task; failures are
    /// reported.
    func wait(_ title: String, _ first: String, for body: @escaping (WaitingLayer) async throws -> Void) {
        var task: Task<Void, Never>?
        let layer = WaitingLayer(title: title, lines: [first], shell: self) { task?.cancel() }
        compositor.push(layer)
        setNeedsDisplay()
        task = work.run { [weak self] in
            do {
                try await body(layer)
            } catch is CancellationError {
                self?.report(.info, "\(title): given up")
            } catch let error as PodLeftBehind {
                self?.report(error)
            } catch {
                if Task.isCancelled { self?.report(.info, "\(title): given up") } else { self?.report(error) }
            }
            self?.dismiss(layer)
        }
    }

    /// Takes a dialog away that is not waited for any more.
    func dismiss(_ layer: any Layer) {
        compositor.remove(layer)
        setNeedsDisplay()
    }
}
