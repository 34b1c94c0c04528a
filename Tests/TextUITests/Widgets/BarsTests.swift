import Testing
import TextUI

@Suite("Bars")
struct BarsTests {
    @Test("a bar fills in eighths of a cell", arguments: [(0.0, "    "), (0.5, "██  "), (0.61, "██▌ "), (1.0, "████"), (7.0, "████")])
    func bar(fraction: Double, picture: String) {
        #expect(Bars.horizontal(fraction, width: 4) == picture)
    }

    @Test("a sparkline shows the newest values at the right")
    func sparkline() {
        #expect(Bars.sparkline([0, 0.5, 1], width: 5) == "  ▁▄█")
        #expect(Bars.sparkline([0.1, 0.2, 0.5, 1], width: 2) == "▄█")
        #expect(Bars.sparkline([.nan, -3], width: 2) == "▁▁")
    }
}
