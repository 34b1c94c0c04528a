/// How much of a rectangle one part of it wants.
package enum LayoutLength: Sendable, Hashable {
    /// So many cells, or what is left of them.
    case cells(Int)
    /// A share of what the fixed parts leave, in proportion to the other shares.
    case share(Int)
}

extension Rect {
    package enum Axis: Sendable {
        /// Parts stand beside each other.
        case horizontal
        /// Parts stand below each other.
        case vertical
    }

    /// Cuts the rectangle into parts without gaps. Fixed lengths are served first, in order; what shares can't divide evenly goes
    /// cell by cell to the first ones.
    package func split(_ axis: Axis, _ lengths: [LayoutLength]) -> [Rect] {
        let total = axis == .horizontal ? width : height
        var start = axis == .horizontal ? minX : minY
        return Self.resolve(lengths, total: total).map { length in
            defer { start += length }
            switch axis {
            case .horizontal: return Rect(x: start, y: minY, width: length, height: height)
            case .vertical: return Rect(x: minX, y: start, width: width, height: length)
            }
        }
    }

    private static func resolve(_ lengths: [LayoutLength], total: Int) -> [Int] {
        var left = total
        var resolved = lengths.map { length -> Int in
            guard case .cells(let wanted) = length else { return 0 }
            let granted = min(max(0, wanted), left)
            left -= granted
            return granted
        }
        let shares = lengths.map { length -> Int in
            guard case .share(let share) = length else { return 0 }
            return max(0, share)
        }
        let sum = shares.reduce(0, +)
        guard sum > 0 else { return resolved }
        var spare = left
        for (index, share) in shares.enumerated() where share > 0 {
            resolved[index] = left * share / sum
            spare -= resolved[index]
        }
        for (index, share) in shares.enumerated() where share > 0 && spare > 0 {
            resolved[index] += 1
            spare -= 1
        }
        return resolved
    }

    /// The first `height` rows, and the rest.
    package func cuttingTop(_ height: Int) -> (top: Rect, rest: Rect) {
        let parts = split(.vertical, [.cells(height), .share(1)])
        return (parts[0], parts[1])
    }

    /// The last `height` rows, and what is above them.
    package func cuttingBottom(_ height: Int) -> (rest: Rect, bottom: Rect) {
        let granted = min(max(0, height), self.height)
        let parts = split(.vertical, [.cells(self.height - granted), .cells(granted)])
        return (parts[0], parts[1])
    }
}
