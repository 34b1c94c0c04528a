/// A row of small columns, one for each value, the newest at the right.
package enum Sparkline {
    private static let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// - Parameters:
    ///   - values: 0 or more.
    ///   - top: what the highest column stands for; nil for the largest value.
    /// - Returns: at most `width` cells.
    package static func text(_ values: [Double], top: Double? = nil, width: Int) -> String {
        let shown = values.suffix(width)
        guard let highest = top ?? shown.max(), highest > 0 else { return String(repeating: "▁", count: shown.count) }
        return String(shown.map { levels[max(0, min(7, Int($0 / highest * 8)))] })
    }
}
