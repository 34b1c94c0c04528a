import Testing
import TextUI

@Suite("Color")
struct ColorTests {
    @Test("a palette colour is itself where there is a palette, and its nearest name among sixteen")
    func palette() {
        #expect(Color.indexed(208).reduced(to: .palette256) == .indexed(208))
        #expect(Color.indexed(196).reduced(to: .sixteen) == .indexed(9))
        #expect(Color.rgb(0, 0, 0).reduced(to: .sixteen) == .indexed(0))
        #expect(Color.rgb(255, 135, 0).reduced(to: .palette256) == .indexed(208))
    }

    @Test("nothing is coloured without colours, and the terminal's own colours stay its own")
    func extremes() {
        #expect(Color.rgb(1, 2, 3).reduced(to: .monochrome) == .terminal)
        #expect(Color.terminal.reduced(to: .sixteen) == .terminal)
        #expect(Color.rgb(1, 2, 3).reduced(to: .trueColor) == .rgb(1, 2, 3))
    }
}
