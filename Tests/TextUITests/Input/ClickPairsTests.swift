import Testing
import TextUI

@Suite("Double clicks")
struct ClickPairsTests {
    private let start = ContinuousClock.now
    private let place = Point(x: 3, y: 4)

    /// What clicks on the same cell are taken for, by when they come.
    private func kinds(atMilliseconds times: Int...) -> [MouseEvent.Kind] {
        var pairs = ClickPairs()
        return times.map { pairs.take(MouseEvent(.click, at: place), at: start + .milliseconds($0)).kind }
    }

    @Test("the second of two quick clicks on a cell is a double click, and the third begins anew")
    func pairs() {
        #expect(kinds(atMilliseconds: 0, 200) == [.click, .doubleClick])
        #expect(kinds(atMilliseconds: 0, 100, 200, 300) == [.click, .doubleClick, .click, .doubleClick])
        #expect(kinds(atMilliseconds: 0, 401, 700) == [.click, .click, .doubleClick])
    }

    @Test("clicks on two cells, and with a turn of the wheel between, are two")
    func apart() {
        var pairs = ClickPairs()
        _ = pairs.take(MouseEvent(.click, at: place), at: start)
        #expect(pairs.take(MouseEvent(.click, at: Point(x: 3, y: 5)), at: start).kind == .click)
        #expect(pairs.take(MouseEvent(.scrollUp, at: Point(x: 3, y: 5)), at: start).kind == .scrollUp)
        #expect(pairs.take(MouseEvent(.click, at: Point(x: 3, y: 5)), at: start).kind == .click)
    }
}
