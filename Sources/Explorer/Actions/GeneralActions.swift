import TextUI

/// What can be done anywhere.
enum GeneralActions {
    static let bindings: [Binding] = [
        Binding("command", ":", title: "command", section: .general, footer: true),
        Binding("filter", "/", title: "filter", section: .general, footer: true),
        Binding("help", "?", title: "help", section: .general, footer: true),
        Binding("why", "w", title: "why", section: .general, footer: true),
        Binding("back", "Esc", "q", title: "back", section: .general),
        Binding("history.back", "[", title: "previous command", section: .general),
        Binding("history.forward", "]", title: "next command", section: .general),
        Binding("history.last", "-", title: "last command", section: .general),
        Binding("undo", "Ctrl-U", title: "take back the last change", section: .general),
        Binding("redraw", "Ctrl-R", title: "draw again", section: .general),
        Binding("palette", "Ctrl-P", title: "all actions", section: .general),
        Binding("aliases", "Ctrl-A", title: "resources and their names", section: .general),
        Binding("quit", "Ctrl-C", title: "quit", section: .general),
    ]

    static func perform(_ action: ActionID, in shell: Shell) {
        switch action {
        case "command": shell.openCommandPrompt()
        case "filter": shell.openFilterPrompt()
        case "help": shell.toggleHelp()
        case "why": shell.push(WhyScreen(about: shell.screen?.targets.first, shell: shell))
        case "back": shell.goBack()
        case "history.back": shell.repeatCommand(shell.commandHistory.back())
        case "history.forward": shell.repeatCommand(shell.commandHistory.forward())
        case "history.last": shell.repeatCommand(shell.commandHistory.previous)
        case "undo": UndoAction.start(in: shell)
        case "redraw": shell.setNeedsDisplay()
        case "palette": shell.openPalette()
        case "aliases": shell.run(command: "aliases")
        case "quit": shell.onQuit()
        default: break
        }
    }
}
