import Testing
import TextUI

@Suite("TableView")
struct TableViewTests {
    private static let columns = [
        TableView.Column(title: StyledText("NAME"), naturalWidth: 20, leastWidth: 18, isName: true),
        TableView.Column(title: StyledText("READY"), naturalWidth: 5),
        TableView.Column(title: StyledText("RST"), alignment: .right, naturalWidth: 3),
    ]
    private static let rows = [
        TableView.Row(cells: ["checkout-7d9f4-x2k4q", "1/2", "14"].map { StyledText($0) }, marker: "▸"),
        TableView.Row(cells: ["db-0", "0/1", "0"].map { StyledText($0) }),
    ]

    private func picture(width: Int, height: Int = 3, columnOffset: Int = 0) -> String {
        var frame = Frame(size: Size(width: width, height: height))
        TableView(columns: Self.columns, rows: Self.rows, columnOffset: columnOffset).draw(in: frame.bounds, on: &frame)
        return frame.picture
    }

    @Test("with room to spare the columns move apart, numbers to the right")
    func wide() {
        #expect(
            picture(width: 40) == """
                 NAME                   READY   RST
                ▸checkout-7d9f4-x2k4q   1/2      14
                 db-0                   0/1       0
                """)
    }

    @Test("without room the columns that may shrink give way first, and show that they did")
    func shrunk() {
        #expect(
            picture(width: 29) == """
                 NAME               READY RST
                ▸checkout-7d9f4-x2… 1/2    14
                 db-0               0/1     0
                """)
    }

    @Test("what still does not fit is announced at the right edge")
    func cut() {
        #expect(
            picture(width: 25) == """
                 NAME               READ›
                ▸checkout-7d9f4-x2… 1/2
                 db-0               0/1
                """)
    }

    @Test("scrolled to the right the first column stays, and a sign says that others stand to the left")
    func scrolled() {
        #expect(
            picture(width: 24, columnOffset: 1) == """
                ‹NAME                RST
                ▸checkout-7d9f4-x2k…  14
                 db-0                  0
                """)
    }

    @Test("columns give up width cell by cell, always the widest and the first of those", arguments: 1...40)
    func shrinking(seed: Int) {
        var random = seed
        func next(_ limit: Int) -> Int {
            random = (random &* 1_103_515_245 &+ 12345) & 0x7FFF_FFFF
            return (random >> 8) % limit
        }
        let columns = (0..<next(6) + 2).map { index in
            let width = next(seed.isMultiple(of: 5) ? 3000 : 40) + 1
            return TableView.Column(
                title: StyledText("T"), naturalWidth: width, leastWidth: next(2) == 0 ? nil : next(width) + 1, isName: index == 1)
        }
        let width = next(90) + 4
        var widths = columns.map(\.naturalWidth)
        for isName in [false, true] {
            while widths.reduce(0, +) + widths.count - 1 > width {
                let open = columns.indices.filter { columns[$0].isName == isName && widths[$0] > columns[$0].leastWidth }
                guard let widest = open.max(by: { widths[$0] < widths[$1] }) else { break }
                widths[widest] -= 1
            }
        }
        let places = TableLayout(columns: columns, columnOffset: 0, width: width).places
        #expect(places.prefix { !$0.isCut }.map(\.width) == Array(widths.prefix(places.prefix { !$0.isCut }.count)))
    }

    @Test("no size breaks it", arguments: 0..<8)
    func tiny(size: Int) {
        #expect(picture(width: size, height: size).split(separator: "\n").allSatisfy { TextWidth.of($0) <= size })
    }
}
