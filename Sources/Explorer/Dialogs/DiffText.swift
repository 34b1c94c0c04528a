import TextUI
import Troubleshooting

/// A difference as lines to read, on a dialog unless it is said otherwise.
struct DiffText {
    let theme: Theme
    /// How what surrounds the lines looks.
    var ground = StyleRole.dialog

    func lines(_ diff: [LineDiff.Line]) -> [StyledText] {
        diff.map { StyledText($0.text, style(of: $0)) }
    }

    private func style(of line: LineDiff.Line) -> Style {
        switch line {
        case .same, .gap: theme[ground].with(.dim)
        case .removed: theme[ground].with(foreground: theme[.statusError].foreground)
        case .added: theme[ground].with(foreground: theme[.live].foreground).with(.bold)
        }
    }
}
