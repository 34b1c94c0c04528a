import TextUI

/// The last line: the keys that matter here, from the binding table.
struct FooterView {
    let shell: Shell

    private struct Hint {
        let text: StyledText
        let isEnabled: Bool
        let isGeneral: Bool
    }

    func draw(in line: Rect, on frame: inout Frame) {
        let hints = hints
        let general = hints.filter(\.isGeneral).map(\.text)
        // The ways out of every view stay when the line is short.
        let reserved = general.reduce(0) { $0 + $1.width + 2 }
        var x = line.minX + 1
        if let work = shell.workElsewhere.map({ StyledText($0, shell.theme[.stale]) }), x + work.width + 2 + reserved <= line.maxX {
            x = frame.write(work, at: Point(x: x, y: line.minY), in: line) + 2
        }
        for text in fitting(hints.filter { !$0.isGeneral }, width: line.maxX - x - reserved - 1) + general {
            x = frame.write(text, at: Point(x: x, y: line.minY), in: line) + 2
        }
    }

    private var hints: [Hint] {
        let targets = shell.screen?.targets ?? []
        return shell.bindings.reachable.filter { $0.isInFooter && !$0.keys.isEmpty }.map { binding in
            let isEnabled = shell.disabledReason(for: binding.action, on: targets) == nil
            return Hint(text: text(of: binding, isEnabled), isEnabled: isEnabled, isGeneral: binding.section == .general)
        }
    }

    /// As many as there is room for, in their order. What can't be used now takes nobody's place.
    private func fitting(_ hints: [Hint], width: Int) -> [StyledText] {
        var fitting: Set<Int> = []
        var space = width
        for index in hints.indices.filter({ hints[$0].isEnabled }) + hints.indices.filter({ !hints[$0].isEnabled }) {
            guard hints[index].text.width <= space else { break }
            space -= hints[index].text.width + 2
            fitting.insert(index)
        }
        return fitting.sorted().map { hints[$0].text }
    }

    private func text(of binding: Binding, _ isEnabled: Bool) -> StyledText {
        let key = shell.theme[isEnabled ? .menuKey : .menuDisabled]
        let title = shell.theme[isEnabled ? .menuText : .menuDisabled]
        return StyledText(symbol(binding.shortKeyText), key) + StyledText(" " + binding.title, title)
    }

    private func symbol(_ keys: String) -> String {
        keys == "Enter" ? "↵" : keys
    }
}

extension [Binding] {
    /// With the keys that earlier ones have not taken.
    var reachable: [Binding] {
        var taken: Set<[KeyPress]> = []
        return map { binding in
            var binding = binding
            binding.keys.removeAll { !taken.insert($0).inserted }
            return binding
        }
    }
}
