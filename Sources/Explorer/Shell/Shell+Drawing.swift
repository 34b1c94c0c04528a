package import TextUI

/// Header, screen, why line and footer.
extension Shell {
    static let leastSize = Size(width: 40, height: 10)

    /// The whole screen at a size.
    package func frame(size: Size) -> Frame {
        lastSize = size
        var frame = Frame(size: size, filledWith: Cell(" ", theme[.text]))
        guard Self.hasRoom(in: size) else {
            frame.write("terminal too small", at: .zero, style: theme[.flashWarning])
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
            frame.write(crumbs, at: Point(x: line.minX + 1, y: line.minY), in: line)
            return
        }
        let count = why.affected > 0 ? "  → \(why.affected) affected" : ""
        let start = frame.write(" why ", at: line.origin, style: theme[.whyCause], in: line)
        let text = StyledText(" \(SafeText.line(why.title))", theme[.whyCause]) + StyledText(": \(SafeText.line(why.cause))", theme[.why])
        let space = line.maxX - start - TextWidth.of(count) - 1
        let end = frame.write(text.truncated(space), at: Point(x: start, y: line.minY), in: line)
        frame.write(count, at: Point(x: end, y: line.minY), style: theme[.muted], in: line)
    }

    /// The way here, as K9s shows it.
    private var crumbs: StyledText {
        var crumbs = StyledText()
        for (index, screen) in screens.enumerated() {
            let isLast = index == screens.count - 1
            crumbs.append(" \(screen.title) ", theme[isLast ? .activeCrumb : .crumb])
            if !isLast { crumbs.append(" ", theme[.text]) }
        }
        return crumbs
    }
}
