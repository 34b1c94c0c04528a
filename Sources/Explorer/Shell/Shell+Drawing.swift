package import TextUI

/// Header, screen, why line and footer.
extension Shell {
    static let leastSize = Size(width: 40, height: 10)

    /// The whole screen at a size.
    package func frame(size: Size) -> Frame {
        lastSize = size
        var frame = Frame(size: size, filledWith: Cell(" ", theme[.text]))
        guard Self.hasRoom(in: size) else {
            let note = runningDrains.isEmpty ? "" : ": nodes are being drained"
            frame.write("terminal too small" + note, at: .zero, style: theme[.flashWarning])
            return frame
        }
        compositor.draw(on: &frame)
        return frame
    }

    package func draw(in area: Rect, on frame: inout Frame) {
        followSelection()
        let (top, rest) = area.cuttingTop(hidesHeader ? 0 : 1)
        let (upper, footer) = rest.cuttingBottom(1)
        let (body, why) = upper.cuttingBottom(hidesCrumbs ? 0 : 1)
        if !hidesHeader { HeaderView(shell: self).draw(in: top, on: &frame) }
        screen?.draw(in: body, on: &frame)
        if !hidesCrumbs { drawWhy(in: why.row(0), on: &frame) }
        if let flash {
            frame.write(TextWidth.truncated(" " + flash.text, area.width), at: footer.row(0).origin, style: theme[flash.role])
        } else {
            FooterView(shell: self).draw(in: footer.row(0), on: &frame)
        }
    }

    private func drawWhy(in line: Rect, on frame: inout Frame) {
        guard let why = whyWatch.line(for: screen?.targets.first) else {
            frame.write(crumbs(width: line.width - 2), at: Point(x: line.minX + 1, y: line.minY), in: line)
            return
        }
        let count = why.affected > 0 ? "  → \(why.affected) affected" : ""
        let start = frame.write(" why ", at: line.origin, style: theme[.whyCause], in: line)
        let text = StyledText(" \(why.title)", theme[.whyCause]) + StyledText(": \(why.cause)", theme[.why])
        let space = line.maxX - start - TextWidth.of(count) - 1
        let end = frame.write(text.truncated(space), at: Point(x: start, y: line.minY), in: line)
        frame.write(count, at: Point(x: end, y: line.minY), style: theme[.muted], in: line)
    }

    /// The way here, as K9s shows it; of a long one the end.
    private func crumbs(width: Int) -> StyledText {
        let titles = screens.map { " \($0.title) " }
        var (first, needed) = (titles.count, -1)
        while first > 0, needed + TextWidth.of(titles[first - 1]) + 1 <= width - (first > 1 ? 2 : 0) {
            first -= 1
            needed += TextWidth.of(titles[first]) + 1
        }
        var crumbs = StyledText(first > 0 ? "… " : "", theme[.muted])
        for index in titles.indices.dropFirst(min(first, max(0, titles.count - 1))) {
            let isLast = index == titles.count - 1
            crumbs.append(titles[index], theme[isLast ? .activeCrumb : .crumb])
            if !isLast { crumbs.append(" ", theme[.text]) }
        }
        return crumbs
    }
}
