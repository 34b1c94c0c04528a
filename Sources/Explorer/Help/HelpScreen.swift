import TextUI

/// Every key of the view below, from the binding table.
final class HelpScreen: Screen {
    private let listed: [Binding]
    private unowned let shell: Shell
    private var top = 0
    private var lastHeight = 1

    init(bindings: [Binding], shell: Shell) {
        listed = bindings
        self.shell = shell
    }

    var title: String { "help" }
    var command: String? { "help" }

    func handle(_ event: InputEvent) -> Bool {
        guard case .key(let key) = event else { return false }
        switch key {
        case KeyPress(.down), "j": top += 1
        case KeyPress(.up), "k": top -= 1
        case KeyPress(.pageDown), .control("f"), "Space": top += lastHeight
        case KeyPress(.pageUp), .control("b"): top -= lastHeight
        case KeyPress(.home), "g": top = 0
        default: return false
        }
        return true
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let box = BorderBox(title: StyledText("Help", theme[.title]), style: theme[.focusedBorder])
        let inside = box.draw(in: area, on: &frame).inset(horizontally: 1, vertically: 0)
        let columns = columns(for: inside.width)
        let height = columns.map(\.count).max() ?? 0
        lastHeight = max(1, inside.height - 1)
        top = max(0, min(top, height - inside.height))
        let width = inside.width / max(1, columns.count)
        for (index, lines) in columns.enumerated() {
            let column = Rect(x: inside.minX + index * width, y: inside.minY, width: width - 1, height: inside.height)
            for (row, line) in lines.dropFirst(top).prefix(column.height).enumerated() {
                frame.write(line, at: Point(x: column.minX, y: column.minY + row), in: column)
            }
        }
        if top + inside.height < height {
            frame.write(" ▼ more ", at: Point(x: area.maxX - 10, y: area.maxY - 1), style: theme[.muted])
        }
    }

    /// Sections beside each other where there is room, below each other where not.
    private func columns(for width: Int) -> [[StyledText]] {
        let sections = Binding.Section.allCases.map(lines).filter { !$0.isEmpty }
        let count = max(1, min(sections.count, width / 38))
        var columns = Array(repeating: [StyledText](), count: count)
        for section in sections {
            guard let shortest = columns.indices.min(by: { columns[$0].count < columns[$1].count }) else { break }
            if !columns[shortest].isEmpty { columns[shortest].append(StyledText()) }
            columns[shortest] += section
        }
        return columns
    }

    private func lines(_ section: Binding.Section) -> [StyledText] {
        let theme = shell.theme
        let members = listed.filter { $0.section == section && !$0.keys.isEmpty }
        guard let widest = members.map({ TextWidth.of($0.keyText) }).max() else { return [] }
        let title = StyledText(section.rawValue, theme[.helpSection])
        return [title] + members.map { binding in
            let padding = String(repeating: " ", count: widest - TextWidth.of(binding.keyText) + 2)
            return StyledText(binding.keyText + padding, theme[.helpKey]) + StyledText(binding.title, theme[.helpText])
        }
    }
}
