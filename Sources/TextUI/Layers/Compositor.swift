/// The layers on the screen, bottom first. Events go to the top one; drawing goes up from the highest layer that hides all below it.
@MainActor
package final class Compositor {
    private var layers: [any Layer] = []

    package init() {}

    package var top: (any Layer)? { layers.last }
    package var count: Int { layers.count }

    package func push(_ layer: any Layer) {
        layers.append(layer)
    }

    package func remove(_ layer: any Layer) {
        layers.removeAll { $0 === layer }
    }

    /// Whether the event meant something.
    @discardableResult
    package func handle(_ event: InputEvent) -> Bool {
        guard let layer = top else { return false }
        switch layer.handle(event) {
        case .consumed: return true
        case .meaningless: return handleApart(event)
        case .close(let then):
            remove(layer)
            then?()
            return true
        }
    }

    /// A terminal sends the same for Alt with a key as for Esc and that key pressed soon after: what means nothing as the one is the other.
    private func handleApart(_ event: InputEvent) -> Bool {
        // Some send Ctrl-J for Enter.
        if event == .key(.control("j")) { return handle(.key(KeyPress(.enter))) }
        guard case .key(let press) = event, press.modifiers.contains(.alt) else { return false }
        handle(.key(KeyPress(.escape)))
        return handle(.key(KeyPress(press.key, press.modifiers.subtracting(.alt))))
    }

    package func draw(on frame: inout Frame) {
        let lowest = layers.lastIndex { $0.isOpaque } ?? layers.startIndex
        for layer in layers[lowest...] { layer.draw(in: frame.bounds, on: &frame) }
    }
}
