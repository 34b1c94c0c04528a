import Testing
import TextUI

@Suite("Charts")
struct ChartTests {
    @Test(
        "a gauge is filled in eighths and never leaves its width",
        arguments: [
            (0, "    "), (0.5, "██  "), (0.61, "██▌ "), (1, "████"), (1.7, "████"), (-1, "    "), (0.03, "▏   "),
        ])
    func gauge(share: Double, expected: String) {
        #expect(Gauge.text(share, width: 4) == expected)
    }

    @Test("a sparkline shows the newest values, each against the top")
    func sparkline() {
        #expect(Sparkline.text([0.9, 0, 0.5, 1], top: 1, width: 3) == "▁▅█")
        #expect(Sparkline.text([2, 4], width: 8) == "▅█")
        #expect(Sparkline.text([0, 0], width: 8) == "▁▁")
        #expect(Sparkline.text([], width: 8) == "")
    }
}
