import TextUI

extension Screen {
    /// What the mouse means where a screen has no meaning of its own for it: a click selects, the wheel is a few presses of an arrow.
    func point(_ mouse: MouseEvent) -> Bool {
        if handle(.mouse(mouse)) { return true }
        guard let arrow = mouse.kind.arrow else { return select(at: mouse.position) }
        guard let action = bindings.first(where: { $0.section == .navigation && $0.keys.contains([arrow]) })?.action else {
            return handle(.key(arrow))
        }
        for _ in 0..<3 { _ = perform(action) }
        return true
    }
}

extension Shell {
    /// A tab's name leads to it; what is clicked twice is opened.
    func handle(_ mouse: MouseEvent) {
        if mouse.kind.isClick, let tab = tab(at: mouse.position) { return moveTab(to: tab) }
        guard let screen else { return }
        let isPointed = screen.point(mouse)
        guard mouse.kind == .doubleClick, isPointed, screen.select(at: mouse.position) else { return }
        followSelection()
        if case .action(let action) = keyMap.lookup([KeyPress(.enter)]) { perform(action) }
    }
}
