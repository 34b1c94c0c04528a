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
        for binding in own {
            let text = text(of: binding)
            guard x + text.width + reserved + 1 <= line.maxX else { break }
            x = frame.write(text, at: Point(x: x, y: line.minY), in: line) + 2
        }
        for binding in general {
            x = frame.write(text(of: binding), at: Point(x: x, y: line.minY), in: line) + 2
        }
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
