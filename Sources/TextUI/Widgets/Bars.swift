/// Small charts made of block characters.
package enum Bars {
    private static let eighthsOfWidth: [Unicode.Scalar] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
    private static let eighthsOfHeight: [Unicode.Scalar] = ["▁", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// A bar `width` cells long of which `fraction` (0…1) is filled, in steps of an eighth of a cell.
    package static func horizontal(_ fraction: Double, width: Int) -> String {
        let eighths = Int((clamped(fraction) * Double(width * 8)).rounded())
        var bar = String.UnicodeScalarView()
        for cell in 0..<max(0, width) {
            bar.append(eighthsOfWidth[max(0, min(8, eighths - cell * 8))])
        }
        return String(bar)
    }

    /// The last `width` of `values` (each 0…1) as columns; missing older ones are blank.
    package static func sparkline(_ values: [Double], width: Int) -> String {
        let shown = values.suffix(max(0, width))
        let columns = shown.map { eighthsOfHeight[Int((clamped($0) * 8).rounded())] }
        return String(repeating: " ", count: max(0, width) - shown.count) + String(String.UnicodeScalarView(columns))
    }

    private static func clamped(_ fraction: Double) -> Double {
        fraction.isNaN ? 0 : max(0, min(1, fraction))
    }
}
