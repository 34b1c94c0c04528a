import Testing
import TextUI

@Suite("ScrollPosition")
struct ScrollPositionTests {
    @Test("the selected item is always among the visible ones")
    func fit() {
        var position = ScrollPosition()
        for move: ScrollPosition.Move in [.last, .pageUp, .up, .first, .by(7), .pageDown, .down] {
            position.move(move, count: 20, page: 5)
            position.fit(count: 20, height: 5)
            #expect(position.visible(count: 20, height: 5).contains(position.selected))
            #expect(position.visible(count: 20, height: 5).count == 5)
        }
    }

    @Test("a list that has become shorter leaves no empty lines")
    func shorter() {
        var position = ScrollPosition()
        position.select(19, count: 20)
        position.fit(count: 20, height: 5)
        position.fit(count: 3, height: 5)
        #expect(position.visible(count: 3, height: 5) == 0..<3)
        #expect(position.selected == 2)
        position.fit(count: 0, height: 5)
        #expect(position.visible(count: 0, height: 5).isEmpty)
    }
}
