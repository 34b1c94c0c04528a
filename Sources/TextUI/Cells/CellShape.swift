/// Characters that are drawn as shapes where a picture is made: in no font do they join from cell to cell without gaps.
enum CellShape {
    /// A part of a cell; the whole cell is from 0 to 1 in both directions.
    struct Part: Equatable {
        var x, y, width, height: Double
    }

    /// How much of a cell's width, and of its height, a line takes.
    private static let line = (width: 0.14, height: 0.07)

    /// What of the cell is filled; nil for characters that are text.
    static func parts(of scalar: Unicode.Scalar) -> [Part]? {
        switch scalar.value {
        // Lower eighths up to the whole block, then left eighths down from seven.
        case 0x2581...0x2588:
            let height = Double(scalar.value - 0x2580) / 8
            return [Part(x: 0, y: 1 - height, width: 1, height: height)]
        case 0x2589...0x258F: return [Part(x: 0, y: 0, width: Double(0x2590 - scalar.value) / 8, height: 1)]
        default: return arms[scalar].map(parts(of:))
        }
    }

    /// The sides to which a line leads from the middle of a cell.
    private struct Arms: OptionSet {
        let rawValue: UInt8
        static let left = Arms(rawValue: 1)
        static let right = Arms(rawValue: 2)
        static let up = Arms(rawValue: 4)
        static let down = Arms(rawValue: 8)
    }

    private static let arms: [Unicode.Scalar: Arms] = [
        "─": [.left, .right], "│": [.up, .down], "┌": [.right, .down], "┐": [.left, .down], "└": [.right, .up], "┘": [.left, .up],
        "├": [.up, .down, .right], "┤": [.up, .down, .left], "┬": [.left, .right, .down], "┴": [.left, .right, .up],
        "┼": [.left, .right, .up, .down],
    ]

    private static func parts(of arms: Arms) -> [Part] {
        let (left, right) = (arms.contains(.left) ? 0 : 0.5 - line.width / 2, arms.contains(.right) ? 1 : 0.5 + line.width / 2)
        let (top, bottom) = (arms.contains(.up) ? 0 : 0.5 - line.height / 2, arms.contains(.down) ? 1 : 0.5 + line.height / 2)
        var parts: [Part] = []
        if !arms.isDisjoint(with: [.left, .right]) {
            parts.append(Part(x: left, y: 0.5 - line.height / 2, width: right - left, height: line.height))
        }
        if !arms.isDisjoint(with: [.up, .down]) {
            parts.append(Part(x: 0.5 - line.width / 2, y: top, width: line.width, height: bottom - top))
        }
        return parts
    }
}
