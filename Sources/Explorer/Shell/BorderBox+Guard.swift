import TextUI

extension BorderBox {
    /// A frame around what is done in a cluster: where that is guarded strictly it stands out, without colours too.
    /// - Parameter style: of the frame where it is not.
    static func guarding(_ level: GuardLevel, _ title: StyledText, _ note: StyledText, _ style: Style, _ theme: Theme) -> BorderBox {
        level == .strict
            ? BorderBox(title: title, note: note, style: theme[.guardedBorder], lines: .double)
            : BorderBox(title: title, note: note, style: style)
    }
}
