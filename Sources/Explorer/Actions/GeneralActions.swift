import TextUI

/// What can be done anywhere.
enum GeneralActions {
    static let bindings: [Binding] =
        [
            Binding("command", ":", title: "command", section: .general, footer: true),
            Binding("filter", "/", title: "filter", section: .general, footer: true),
            Binding("help", "?", title: "help", section: .general, footer: true),
            Binding("why", "w", title: "why", section: .general, footer: true),
            Binding("back", "Esc", "q", title: "back", section: .general),
            Binding("history.back", "[", title: "previous command", section: .general),
            Binding("history.forward", "]", title: "next command", section: .general),
            Binding("history.last", "-", title: "last command", section: .general),
            Binding("copy", "c", title: "copy", section: .general),
            Binding("save", "Ctrl-S", title: "save to a file", section: .general),
            Binding("picture", "Ctrl-Y", title: "save a picture", section: .general),
            Binding("undo", "Ctrl-U", title: "take back the last change", section: .general),
            Binding("header", "Ctrl-E", title: "show or hide the header", section: .general),
            Binding("crumbs", "Ctrl-G", title: "show or hide the crumbs", section: .general),
            Binding("redraw", "Ctrl-R", title: "draw again, ask again", section: .general),
            Binding("palette", "Ctrl-P", title: "all actions", section: .general),
            Binding("aliases", "Ctrl-A", title: "resources and their names", section: .general),
            Binding("quit", "Ctrl-C", title: "quit", section: .general),
        ] + Shell.tabBindings

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
        case "copy": shell.copyDocument()
        case "save": shell.saveDocument()
        case "picture": shell.savePicture()
        case "undo": UndoAction.start(in: shell)
        case "header": shell.hidesHeader.toggle()
        case "crumbs": shell.hidesCrumbs.toggle()
        case "redraw": shell.askAgain()
        case "palette": shell.openPalette()
        case "aliases": shell.run(command: "aliases")
        case "quit": shell.quit()
        case "tab.new": shell.openTab(nil)
        case "tab.close": shell.closeTab()
        case "tab.next": shell.moveTab(by: 1)
        case "tab.previous": shell.moveTab(by: -1)
        default: break
        }
    }
}
