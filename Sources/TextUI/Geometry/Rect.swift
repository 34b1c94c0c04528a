/// A rectangle of cells; an empty one has no width or no height.
package struct Rect: Sendable, Hashable {
    package let origin: Point
    package let size: Size

    package init(origin: Point, size: Size) {
        self.origin = origin
        self.size = size
    }

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.init(origin: Point(x: x, y: y), size: Size(width: width, height: height))
    }

    package static let zero = Rect(origin: .zero, size: .zero)

    package var width: Int { size.width }
    package var height: Int { size.height }
    package var minX: Int { origin.x }
    package var minY: Int { origin.y }
    /// The column after the last one.
    package var maxX: Int { origin.x + size.width }
    /// The row after the last one.
    package var maxY: Int { origin.y + size.height }
    package var isEmpty: Bool { width == 0 || height == 0 }

    package var columns: Range<Int> { minX..<maxX }
    package var rows: Range<Int> { minY..<maxY }

    package func contains(_ point: Point) -> Bool {
        columns.contains(point.x) && rows.contains(point.y)
    }

    package func intersection(_ other: Rect) -> Rect {
        let left = max(minX, other.minX)
        let top = max(minY, other.minY)
        return Rect(x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
    }

    /// The rectangle without `margin` cells on each side; empty when nothing is left.
    package func inset(by margin: Int = 1) -> Rect {
        inset(horizontally: margin, vertically: margin)
    }

    package func inset(horizontally: Int, vertically: Int) -> Rect {
        Rect(
            x: minX + horizontally,
            y: minY + vertically,
            width: width - 2 * horizontally,
            height: height - 2 * vertically
        )
    }

    /// A rectangle of `size`, at most as large as this one, in its middle.
    package func centered(_ wanted: Size) -> Rect {
        let fitting = Size(width: min(wanted.width, width), height: min(wanted.height, height))
        return Rect(
            x: minX + (width - fitting.width) / 2,
            y: minY + (height - fitting.height) / 2,
            width: fitting.width,
            height: fitting.height
        )
    }

    /// The row `offset` below the top, one cell high; empty when outside.
    package func row(_ offset: Int) -> Rect {
        guard (0..<height).contains(offset) else { return Rect(x: minX, y: minY, width: 0, height: 0) }
        return Rect(x: minX, y: minY + offset, width: width, height: 1)
    }
}
