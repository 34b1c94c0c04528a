package import TextUI

/// A key that runs a command of the `:` prompt; an entry of `hotkeys.yaml`.
package struct HotKey: Sendable, Hashable {
    package let id: String
    /// Where it is set: `hotkeys.yaml line 3`.
    var place = ""
    package let key: KeyPress
    package let description: String
    /// With variables as in plugins: `pods $NAMESPACE`.
    package let command: String
    /// Whether it wins over a key that Fathom has given to something else.
    package var overrides = false
    /// Whether Esc leads back to where the key was pressed.
    package var keepsHistory = false

    /// Nil when it can't be read; the reader then knows why.
    init?(_ reader: inout SettingsReader) {
        id = reader.name
        let key = reader.shortCut()
        description = reader.requiredText("description")
        command = reader.requiredText("command")
        overrides = reader.flag("override") ?? false
        keepsHistory = reader.flag("keepHistory") ?? false
        guard let key, reader.problems.isEmpty else { return nil }
        self.key = key
        reader.allow(["shortCut", "description", "command", "override", "keepHistory"])
    }

    var action: ActionID { ActionID("hotkey.\(id)") }
    var binding: Binding { Binding(action, key, title: description, section: .user) }
}
