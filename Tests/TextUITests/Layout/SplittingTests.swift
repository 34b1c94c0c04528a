import Testing
import TextUI

@Suite("Splitting a rectangle")
struct SplittingTests {
    @Test("fixed parts are served first and shares divide the rest without a gap")
    func shares() {
        let parts = Rect(x: 2, y: 0, width: 20, height: 3).split(.horizontal, [.share(2), .cells(5), .share(1)])
        #expect(parts.map(\.minX) == [2, 12, 17])
        #expect(parts.map(\.width) == [10, 5, 5])
    }

    @Test("what does not divide evenly goes to the first shares", arguments: 0..<40)
    func noCellIsLost(width: Int) {
        let parts = Rect(x: 0, y: 0, width: width, height: 1).split(.horizontal, [.share(1), .cells(3), .share(1), .share(1)])
        #expect(parts.reduce(0) { $0 + $1.width } == width)
        #expect(parts.allSatisfy { $0.width >= 0 })
    }

    @Test("without room a fixed part gets what is there")
    func noRoom() {
        #expect(Rect(x: 0, y: 0, width: 4, height: 5).split(.vertical, [.cells(3), .cells(3), .share(1)]).map(\.height) == [3, 2, 0])
    }
}
