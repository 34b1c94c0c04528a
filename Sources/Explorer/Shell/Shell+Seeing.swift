package import TextUI

/// What was clicked: a layer, and the screen that is open.
struct Clicked {
    private(set) weak var layer: AnyObject?
    private(set) weak var screen: AnyObject?

    /// Neither stands for one that has gone since.
    func isSame(as other: Clicked) -> Bool { layer === other.layer && screen === other.screen }
}

/// Keys act on what is selected: where nobody can see what that is, they do nothing.
extension Shell {
    /// Whether the latest frame showed more than that there is no room; false before the first one.
    package var isVisible: Bool { Self.hasRoom(in: lastSize) }

    static func hasRoom(in size: Size) -> Bool {
        size.width >= leastSize.width && size.height >= leastSize.height
    }

    /// Takes what the terminal tells.
    /// - Parameter wasSeen: false for what was typed before there was anything to see.
    package func receive(_ event: InputEvent, wasSeen: Bool = true) {
        goOn()
        if isVisible, isBehind || !deferred.isEmpty {
            deferred.append(event)
        } else if isVisible, wasSeen || isTypedAhead(event) {
            handleOnce(event)
        } else if action(of: event) == "quit", !hasUnfinishedWork {
            onQuit()
        }
    }

    /// Whether keys would act on what a filter is about to leave out.
    private var isBehind: Bool { compositor.top === self && screen?.isBehind == true }

    /// Takes what was typed while rows were still to come.
    func goOn() {
        while !deferred.isEmpty, !isBehind { handleOnce(deferred.removeFirst()) }
    }

    /// The second press of a double click was meant for what the first one was on, not for what that has opened.
    private func handleOnce(_ event: InputEvent) {
        let here = Clicked(layer: compositor.top, screen: screen)
        if case .mouse(let mouse) = event {
            if mouse.kind == .doubleClick, let clicked, !clicked.isSame(as: here) { return }
            if mouse.kind == .click { clicked = here }
        }
        compositor.handle(event)
    }

    /// A command says itself what it is about: it may be typed before the first frame.
    private func isTypedAhead(_ event: InputEvent) -> Bool {
        compositor.top is PromptLayer || compositor.top === self && action(of: event) == "command"
    }

    private func action(of event: InputEvent) -> ActionID? {
        guard case .key(let key) = event, case .action(let action) = keyMap.lookup([key]) else { return nil }
        return action
    }
}
