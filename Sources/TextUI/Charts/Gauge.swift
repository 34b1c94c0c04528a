/// A bar of blocks, filled in eighths of a cell.
package enum Gauge {
    private static let parts: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

    /// - Parameter share: 0...1; what is beyond fills the bar.
    /// - Returns: `width` cells.
    package static func text(_ share: Double, width: Int) -> String {
        let eighths = Int((max(0, min(1, share)) * Double(width * 8)).rounded())
        let full = String(repeating: "█", count: eighths / 8)
        let rest = eighths % 8 == 0 ? "" : String(parts[eighths % 8 - 1])
        return (full + rest).padded(to: width)
    }
}

extension String {
    /// With blanks behind it, to so many cells.
    package func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - TextWidth.of(self)))
    }
}
