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

    @Test("no size breaks it", arguments: 0..<8)
    func tiny(size: Int) {
        #expect(picture(width: size, height: size).split(separator: "\n").allSatisfy { TextWidth.of($0) <= size })
    }
}
