import TextUI

/// The last line: the keys that matter here, from the binding table.
struct FooterView {
    let shell: Shell

    func draw(in line: Rect, on frame: inout Frame) {
        let shown = reachable.filter { $0.isInFooter && !$0.keys.isEmpty }
        let general = shown.filter { $0.section == .general }
        let own = shown.filter { $0.section != .general }
        // The ways out of every view stay when the line is short.
        let reserved = general.reduce(0) { $0 + text(of: $1).width + 2 }
        var x = line.minX + 1
        for text in fitting(own, width: line.width - reserved - 2) + general.map(text(of:)) {
            x = frame.write(text, at: Point(x: x, y: line.minY), in: line) + 2
        }
    }

    /// As many as there is room for, in their order. What can't be used now takes nobody's place.
    private func fitting(_ bindings: [Binding], width: Int) -> [StyledText] {
        let enabled = bindings.map { shell.disabledReason(for: $0.action) == nil }
        let texts = bindings.map(text(of:))
        var fitting: Set<Int> = []
        var space = width
        for index in texts.indices.filter({ enabled[$0] }) + texts.indices.filter({ !enabled[$0] }) {
            guard texts[index].width <= space else { break }
            space -= texts[index].width + 2
            fitting.insert(index)
        }
        return fitting.sorted().map { texts[$0] }
    }

    /// Bindings with the keys that earlier ones have not taken.
    private var reachable: [Binding] {
        var taken: Set<[KeyPress]> = []
        return shell.bindings.map { binding in
            var binding = binding
            binding.keys.removeAll { !taken.insert($0).inserted }
            return binding
        }
    }

    private func text(of binding: Binding) -> StyledText {
        let isEnabled = shell.disabledReason(for: binding.action) == nil
        let key = shell.theme[isEnabled ? .menuKey : .menuDisabled]
        let title = shell.theme[isEnabled ? .menuText : .menuDisabled]
        return StyledText(symbol(binding.shortKeyText), key) + StyledText(" " + binding.title, title)
    }

    private func symbol(_ keys: String) -> String {
        keys == "Enter" ? "↵" : keys
    }
}
