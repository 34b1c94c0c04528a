import TextUI
import Troubleshooting

/// A difference as lines to read on a dialog.
struct DiffText {
    let theme: Theme

    func lines(_ diff: [LineDiff.Line]) -> [StyledText] {
        diff.map { StyledText(SafeText.line($0.text), style(of: $0)) }
    }

    private func style(of line: LineDiff.Line) -> Style {
        switch line {
        case .same, .gap: theme[.dialog].with(.dim)
        case .removed: theme[.dialog].with(foreground: theme[.statusError].foreground)
        case .added: theme[.dialog].with(foreground: theme[.live].foreground).with(.bold)
        }
    }
}
