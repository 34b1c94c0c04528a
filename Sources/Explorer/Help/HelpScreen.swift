import TextUI

/// Every key of the view below, from the binding table.
final class HelpScreen: Screen {
    private let listed: [Binding]
    /// What the keys would be about.
    private let objects: [ObjectTarget]
    private unowned let shell: Shell
    private var top = 0
    private var lastHeight = 1

    init(bindings: [Binding], about objects: [ObjectTarget], shell: Shell) {
        listed = bindings
        self.objects = objects
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
        let columns = columns(in: inside.size)
        let height = columns.map(\.count).max() ?? 0
        lastHeight = max(1, inside.height - 1)
        top = max(0, min(top, height - inside.height))
        var x = inside.minX
        for lines in columns {
            for (row, line) in lines.dropFirst(top).prefix(inside.height).enumerated() {
                frame.write(line, at: Point(x: x, y: inside.minY + row), in: inside)
            }
            x += Self.width(of: lines) + Self.gap
        }
        if top + inside.height < height {
            frame.write(" ▼ more ", at: Point(x: area.maxX - 10, y: area.maxY - 1), style: theme[.muted])
        }
    }

    private static let gap = 3

    private static func width(of lines: [StyledText]) -> Int {
        lines.map(\.width).max() ?? 0
    }

    /// The sections one after the other in columns as high as the screen where that many fit beside each other, in higher ones where not.
    private func columns(in size: Size) -> [[StyledText]] {
        let sections = Binding.Section.allCases.map(lines).filter { !$0.isEmpty }
        let total = sections.reduce(0) { $0 + $1.count + 1 }
        for height in max(1, size.height)...max(total, size.height, 1) {
            let columns = Self.filled(sections, height: height)
            let needed = columns.reduce(-Self.gap) { $0 + Self.width(of: $1) + Self.gap }
            if needed <= size.width { return columns }
        }
        return [Self.filled(sections, height: total).flatMap { $0 }.flatMap { $0.wrapped(size.width) }]
    }

    /// As in a newspaper; no heading stands alone at the end of a column.
    private static func filled(_ sections: [[StyledText]], height: Int) -> [[StyledText]] {
        var columns: [[StyledText]] = [[]]
        for section in sections {
            if columns[columns.count - 1].count + 3 > height, !columns[columns.count - 1].isEmpty { columns.append([]) }
            if !columns[columns.count - 1].isEmpty { columns[columns.count - 1].append(StyledText()) }
            for line in section {
                if columns[columns.count - 1].count >= height { columns.append([]) }
                columns[columns.count - 1].append(line)
            }
        }
        return columns
    }

    private func lines(_ section: Binding.Section) -> [StyledText] {
        let theme = shell.theme
        let members = listed.filter { $0.section == section && !$0.keys.isEmpty }
        guard let widest = members.map({ TextWidth.of($0.keyText) }).max() else { return [] }
        let title = StyledText(section.rawValue, theme[.helpSection])
        return [title]
            + members.map { binding in
                let padding = String(repeating: " ", count: widest - TextWidth.of(binding.keyText) + 2)
                // Pressed, they say why they do nothing.
                let isEnabled = ObjectActions.disabledReason(for: binding.action, on: objects, in: shell) == nil
                return StyledText(binding.keyText + padding, theme[isEnabled ? .helpKey : .menuDisabled])
                    + StyledText(binding.title, theme[isEnabled ? .helpText : .menuDisabled])
            }
    }
}
