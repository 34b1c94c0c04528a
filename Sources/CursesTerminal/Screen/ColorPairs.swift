import CNcurses
import TextUI

/// ncurses shows colours in numbered pairs; this gives each pair of colours in use its number.
struct ColorPairs {
    private struct Key: Hashable {
        let foreground: Int32
        let background: Int32
    }

    private struct Colors: Hashable {
        let foreground: Color
        let background: Color
    }

    let depth: ColorDepth
    private let limit: Int32
    private var numbers: [Key: Int32] = [:]
    /// By what was asked for: finding the nearest colour that a terminal shows takes longer than all other drawing of a cell.
    private var known: [Colors: Int32] = [:]
    private static let mostKnown = 4096
    /// Set when all numbers were given away and giving began anew: what is on the screen has to be drawn again.
    private(set) var hasStartedOver = false

    init() {
        let colors = fathom_colors()
        limit = fathom_color_pairs()
        depth =
            if colors < 8 || limit < 64 { .monochrome } else if fathom_has_direct_color() { .trueColor } else if colors >= 256 {
                .palette256
            } else {
                .sixteen
            }
        colorCount = colors
    }

    private let colorCount: Int32

    mutating func number(_ style: Style) -> Int32 {
        if depth == .monochrome { return 0 }
        let colors = Colors(foreground: style.foreground, background: style.background)
        if let number = known[colors] { return number }
        let number = number(Key(foreground: code(style.foreground), background: code(style.background)))
        if known.count >= Self.mostKnown { known = [:] }
        known[colors] = number
        return number
    }

    private mutating func number(_ key: Key) -> Int32 {
        if let number = numbers[key] { return number }
        if numbers.count + 1 >= limit {
            numbers = [:]
            known = [:]
            hasStartedOver = true
        }
        let number = Int32(numbers.count + 1)
        fathom_define_pair(number, key.foreground, key.background)
        numbers[key] = number
        return number
    }

    mutating func acknowledgeStart() {
        hasStartedOver = false
    }

    private func code(_ color: Color) -> Int32 {
        switch color.reduced(to: depth) {
        case .terminal: return -1
        case .indexed(let index):
            if depth == .trueColor, index >= 8, let parts = color.components { return Self.direct(parts) }
            // Eight-colour terminals: the bright ones lose their brightness.
            return colorCount < 16 && index < 16 ? Int32(index % 8) : Int32(index)
        case .rgb(let red, let green, let blue): return Self.direct((red, green, blue))
        }
    }

    private static func direct(_ parts: (red: UInt8, green: UInt8, blue: UInt8)) -> Int32 {
        let value = Int32(parts.red) << 16 | Int32(parts.green) << 8 | Int32(parts.blue)
        // The first eight numbers are the terminal's palette; the nearest other one is a shade of blue away.
        return value < 8 ? (value == 0 ? 0 : 8) : value
    }
}
