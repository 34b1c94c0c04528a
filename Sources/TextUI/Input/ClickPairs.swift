/// Tells double clicks, of which a terminal knows nothing: it sends one press after the other.
package struct ClickPairs: Sendable {
    /// How soon after a click another one on the same cell makes a double click of it.
    package static let interval = Duration.milliseconds(400)

    /// The latest click that may become one.
    private var first: (position: Point, time: ContinuousClock.Instant)?

    package init() {}

    /// - Parameter time: when the event came.
    /// - Returns: the event; for the second click of two a double click.
    package mutating func take(_ mouse: MouseEvent, at time: ContinuousClock.Instant) -> MouseEvent {
        guard mouse.kind == .click, let first, first.position == mouse.position, first.time.duration(to: time) <= Self.interval else {
            first = mouse.kind == .click ? (mouse.position, time) : nil
            return mouse
        }
        self.first = nil
        return MouseEvent(.doubleClick, at: mouse.position)
    }
}
