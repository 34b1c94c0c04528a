/// Something that lies on the screen above or below others: the shell, a dialog, the prompt.
@MainActor
package protocol Layer: AnyObject {
    /// Whether what lies below can't be seen, so that it need not be drawn.
    var isOpaque: Bool { get }

    func handle(_ event: InputEvent) -> EventResult

    /// Draws itself; `area` is the whole screen.
    func draw(in area: Rect, on frame: inout Frame)
}

/// What a layer did with an event.
package enum EventResult {
    case consumed
    /// Nothing: it means nothing here.
    case meaningless
    /// Consumed, and the layer is to go; then, with it gone, the closure runs.
    case close(then: (@MainActor () -> Void)? = nil)
}
