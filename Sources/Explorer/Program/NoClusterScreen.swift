import CursesTerminal
import Foundation
import TextUI

/// What a person sees who has no cluster to explore: what was tried, and the simulated cluster one key away.
struct NoClusterScreen {
    enum Answer: Equatable {
        case simulate, leave
    }

    /// A sentence.
    let problem: String
    let theme: Theme

    func frame(size: Size) -> Frame {
        var frame = Frame(size: size, filledWith: Cell(" ", theme[.text]))
        let width = min(size.width - 4, 76)
        guard width >= 20 else { return frame }
        let lines: [StyledText] =
            [StyledText("No cluster to explore", theme[.flashWarning]), StyledText()]
            + Self.wrapped(SafeText.line(problem), width).map { StyledText($0, theme[.text]) }
            + [
                StyledText(), StyledText("s  explore the simulated cluster that is built in", theme[.text]),
                StyledText("q  leave", theme[.text]), StyledText(),
                StyledText("fathom --kubeconfig FILE, --context NAME and --server URL choose a cluster.", theme[.muted]),
            ]
        let top = max(0, (size.height - lines.count) / 2)
        for (row, line) in lines.enumerated() where top + row < size.height {
            frame.write(line, at: Point(x: (size.width - width) / 2, y: top + row))
        }
        return frame
    }

    /// Nil for keys that mean nothing here.
    static func answer(to event: InputEvent) -> Answer? {
        guard case .key(let press) = event else { return nil }
        switch press {
        case .character("s"), KeyPress(.enter): return .simulate
        case .character("q"), KeyPress(.escape), .control("c"): return .leave
        default: return nil
        }
    }

    private static func wrapped(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, TextWidth.of(last) + 1 + TextWidth.of(String(word)) <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(TextWidth.truncated(String(word), width))
            }
        }
        return lines
    }
}

extension Explorer {
    /// Says why there is no cluster to explore, and offers the simulated one.
    /// - Returns: whether the person takes it.
    /// - Throws: `TerminalError` without a usable terminal, `ThemeError` for a theme that can't be read.
    package static func offersSimulation(because problem: String, theme: String?, environment: [String: String]) async throws -> Bool {
        let themes = ThemeStore(folder: ConfigurationFolder.url(environment)?.appending(path: "themes"))
        let screen = NoClusterScreen(problem: problem, theme: try themes.load(theme ?? ThemeStore.defaultName).theme)
        let terminal = try CursesTerminal()
        defer { terminal.stop() }
        let (answers, continuation) = AsyncStream<NoClusterScreen.Answer>.makeStream()
        terminal.onEvent = { event in
            if let answer = NoClusterScreen.answer(to: event) { continuation.yield(answer) }
        }
        terminal.onHangUp = { continuation.yield(.leave) }
        terminal.onResize = { terminal.show(screen.frame(size: terminal.size)) }
        terminal.show(screen.frame(size: terminal.size))
        for await answer in answers { return answer == .simulate }
        return false
    }
}
