import Testing
import TextUI

@Suite("Compositor")
@MainActor
struct CompositorTests {
    private final class Letter: Layer {
        let letter: String
        let isOpaque: Bool
        var answer: () -> EventResult = { .meaningless }
        var heard: [InputEvent] = []
        var events: Int { heard.count }

        init(_ letter: String, isOpaque: Bool = false) {
            self.letter = letter
            self.isOpaque = isOpaque
        }

        func handle(_ event: InputEvent) -> EventResult {
            heard.append(event)
            return answer()
        }

        func draw(in area: Rect, on frame: inout Frame) {
            frame.write(letter, at: Point(x: frame.picture.count, y: 0))
        }
    }

    @Test("an event goes to the top layer, and no further")
    func order() {
        let compositor = Compositor()
        let (bottom, middle, top) = (Letter("a"), Letter("b"), Letter("c"))
        top.answer = { .consumed }
        for layer in [bottom, middle, top] { compositor.push(layer) }
        #expect(compositor.handle(.key("x")))
        #expect([bottom, middle, top].map(\.events) == [0, 0, 1])
    }

    @Test("a layer that closes is gone before what comes after it runs")
    func closing() {
        let compositor = Compositor()
        let layer = Letter("a")
        var countThen: Int?
        layer.answer = { .close { countThen = compositor.count } }
        compositor.push(layer)
        compositor.handle(.key("x"))
        #expect(countThen == 0)
    }

    @Test("Alt with a key that means nothing is Esc and then the key, which the layer below gets when Esc closes this one")
    func apart() {
        let compositor = Compositor()
        let (bottom, top) = (Letter("a"), Letter("b"))
        for layer in [bottom, top] { compositor.push(layer) }
        bottom.answer = { .consumed }
        top.answer = { top.heard.last == .key("Esc") ? .close() : .meaningless }
        #expect(compositor.handle(.key("Alt-:")))
        #expect(top.heard == [.key("Alt-:"), .key("Esc")])
        #expect(bottom.heard == [.key(":")])
        compositor.push(top)
        #expect(!compositor.handle(.key("x")), "without Alt there is nothing to take apart")
    }

    @Test("what an opaque layer hides is not drawn")
    func drawing() {
        let compositor = Compositor()
        for layer in [Letter("a"), Letter("b", isOpaque: true), Letter("c")] { compositor.push(layer) }
        var frame = Frame(size: Size(width: 5, height: 1))
        compositor.draw(on: &frame)
        #expect(frame.picture == "bc")
    }
}
