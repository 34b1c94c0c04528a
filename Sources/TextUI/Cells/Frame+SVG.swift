extension Frame {
    /// The screen as a picture that a browser shows: one text for each run of equal looks.
    package var svg: String {
        let cell = (width: 8.4, height: 17.0)
        let total = (width: Double(size.width) * cell.width + 16, height: Double(size.height) * cell.height + 16)
        var svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(total.width) \(total.height)" font-family="monospace" font-size="14">
            <rect width="100%" height="100%" fill="#1d2021"/>

            """
        for y in 0..<size.height {
            for run in runs(in: y) {
                let x = Double(run.start) * cell.width + 8
                let top = Double(y) * cell.height + 8
                let width = Double(run.width) * cell.width
                if let fill = run.background { svg += "<rect x=\"\(x)\" y=\"\(top)\" width=\"\(width)\" height=\"\(cell.height)\" fill=\"\(fill)\"/>\n" }
                guard run.text.contains(where: { $0 != " " }) else { continue }
                svg += "<text x=\"\(x)\" y=\"\(top + 13)\" textLength=\"\(width)\" xml:space=\"preserve\" fill=\"\(run.foreground)\"\(run.attributes)>"
                svg += run.text.replacing("&", with: "&amp;").replacing("<", with: "&lt;") + "</text>\n"
            }
        }
        return svg + "</svg>\n"
    }

    private struct SVGRun {
        let start: Int
        var width: Int
        var text: String
        let style: Style

        private var isReversed: Bool { style.attributes.contains(.reverse) }
        var foreground: String {
            isReversed ? style.background.svg ?? "#1d2021" : style.foreground.svg ?? "#d5c4a1"
        }
        var background: String? {
            isReversed ? style.foreground.svg ?? "#d5c4a1" : style.background.svg
        }
        var attributes: String {
            var text = ""
            if style.attributes.contains(.bold) { text += " font-weight=\"bold\"" }
            if style.attributes.contains(.italic) { text += " font-style=\"italic\"" }
            if style.attributes.contains(.underline) { text += " text-decoration=\"underline\"" }
            if style.attributes.contains(.dim) { text += " opacity=\"0.6\"" }
            return text
        }
    }

    private func runs(in y: Int) -> [SVGRun] {
        var runs: [SVGRun] = []
        for x in 0..<size.width {
            let cell = self[Point(x: x, y: y)]
            let text = cell.isContinuation ? "" : String(cell.scalar)
            if let last = runs.last, last.style == cell.style {
                runs[runs.count - 1].width += 1
                runs[runs.count - 1].text += text
            } else {
                runs.append(SVGRun(start: x, width: 1, text: text, style: cell.style))
            }
        }
        return runs
    }
}

extension Color {
    /// `#rrggbb`; nil for the terminal's own.
    fileprivate var svg: String? {
        guard let (red, green, blue) = components else { return nil }
        return "#" + [red, green, blue].map { value in
            let digits = String(value, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
