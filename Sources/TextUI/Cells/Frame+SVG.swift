extension Frame {
    /// The screen as a picture that a browser shows.
    package var svg: String {
        let (width, height) = (Double(size.width) * SVGRun.cell.width + 16, Double(size.height) * SVGRun.cell.height + 16)
        let ground = cells.first?.style.background.svg ?? SVGRun.standardGround
        let runs = (0..<size.height).flatMap(svgRuns)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width.svg) \(height.svg)" font-family="monospace" font-size="14">
            <rect width="100%" height="100%" fill="\(ground)"/>
            \(runs.map { $0.svg(on: ground) }.joined())</svg>

            """
    }

    private func svgRuns(in y: Int) -> [SVGRun] {
        var runs: [SVGRun] = []
        for x in 0..<size.width {
            let cell = self[Point(x: x, y: y)]
            if cell.isContinuation {
                runs[runs.count - 1].width += 1
            } else if let last = runs.last, last.takes(cell), marks[y * size.width + x] == nil {
                runs[runs.count - 1].width += 1
                runs[runs.count - 1].scalars.append(cell.scalar)
            } else {
                let scalars = [cell.scalar] + (marks[y * size.width + x] ?? [])
                runs.append(SVGRun(place: Point(x: x, y: y), scalars: scalars, style: cell.style))
            }
        }
        return runs
    }
}

/// Neighbouring cells that are one element of a picture: text of equal looks, or shapes.
private struct SVGRun {
    static let cell = (width: 8.4, height: 17.0)
    /// Of terminals whose own colours nobody knows.
    static let standardGround = "#1d2021"
    private static let standardText = "#d5c4a1"
    private static let margin = 8.0

    let place: Point
    var width = 1
    var scalars: [Unicode.Scalar]
    let style: Style

    private var isShape: Bool { CellShape.parts(of: scalars[0]) != nil }

    /// Other signs than ASCII's may come from another font, as wide as it likes: each keeps to a place of its own. So does what stands after
    /// blanks, for programs that pay no heed to the length of a text.
    func takes(_ cell: Cell) -> Bool {
        guard cell.style == style else { return false }
        if cell.scalar != " ", scalars.suffix(2).allSatisfy({ $0 == " " }) { return false }
        return isShape ? CellShape.parts(of: cell.scalar) != nil : cell.scalar.isASCII && scalars.allSatisfy(\.isASCII)
    }

    private var left: Double { Double(place.x) * Self.cell.width + Self.margin }
    private var top: Double { Double(place.y) * Self.cell.height + Self.margin }
    private var length: Double { Double(width) * Self.cell.width }
    private var isReversed: Bool { style.attributes.contains(.reverse) }
    private var foreground: String { isReversed ? style.background.svg ?? Self.standardGround : style.foreground.svg ?? Self.standardText }
    private var background: String? { isReversed ? style.foreground.svg ?? Self.standardText : style.background.svg }

    /// - Parameter ground: the colour behind the whole picture.
    func svg(on ground: String) -> String {
        var svg = ""
        if let background, background != ground { svg = rectangle(y: top, height: Self.cell.height, fill: background) }
        if style.attributes.contains(.underline) { svg += rectangle(y: top + Self.cell.height - 2, height: 1, fill: foreground) }
        return svg + (isShape ? shapes : text)
    }

    private func rectangle(y: Double, height: Double, fill: String) -> String {
        "<rect x=\"\(left.svg)\" y=\"\(y.svg)\" width=\"\(length.svg)\" height=\"\(height.svg)\" fill=\"\(fill)\"/>\n"
    }

    private var text: String {
        let blanks = scalars.reversed().prefix { $0 == " " }.count
        guard blanks < scalars.count else { return "" }
        let text = String(String.UnicodeScalarView(scalars.dropLast(blanks)))
        let length = Double(width - blanks) * Self.cell.width
        return
            "<text x=\"\(left.svg)\" y=\"\((top + 13).svg)\" textLength=\"\(length.svg)\" xml:space=\"preserve\" fill=\"\(foreground)\"\(attributes)>"
            + text.replacing("&", with: "&amp;").replacing("<", with: "&lt;") + "</text>\n"
    }

    private var attributes: String {
        var text = ""
        if style.attributes.contains(.bold) { text += " font-weight=\"bold\"" }
        if style.attributes.contains(.italic) { text += " font-style=\"italic\"" }
        if style.attributes.contains(.dim) { text += " opacity=\"0.6\"" }
        return text
    }

    private var shapes: String {
        let cell = Self.cell
        let path = scalars.enumerated().flatMap { offset, scalar in
            (CellShape.parts(of: scalar) ?? []).map { part in
                let (x, y) = (left + (Double(offset) + part.x) * cell.width, top + part.y * cell.height)
                return "M\(x.svg) \(y.svg)h\((part.width * cell.width).svg)v\((part.height * cell.height).svg)H\(x.svg)z"
            }
        }
        return "<path fill=\"\(foreground)\"\(style.attributes.contains(.dim) ? " opacity=\"0.6\"" : "") d=\"\(path.joined())\"/>\n"
    }
}

extension Double {
    /// In hundredths at most: what is finer can't be seen.
    fileprivate var svg: String {
        let hundredths = (self * 100).rounded() / 100
        return hundredths == hundredths.rounded() ? "\(Int(hundredths))" : "\(hundredths)"
    }
}

extension Color {
    /// `#rrggbb`; nil for the terminal's own.
    fileprivate var svg: String? {
        guard let (red, green, blue) = components else { return nil }
        return "#"
            + [red, green, blue].map { value in
                let digits = String(value, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
    }
}
