package import TextUI

/// A key that runs a program on the selected object; an entry of `plugins.yaml`, or a file of the `plugins` folder.
package struct Plugin: Sendable, Hashable {
    /// A value asked for before the program runs; known to it as `$INPUT_NAME`.
    package struct Input: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable, CaseIterable {
            case string, number, bool, dropdown
        }

        package let name: String
        package let label: String
        package let kind: Kind
        package var isRequired = false
        package var standard = ""
        package var options: [String] = []
    }

    package let id: String
    /// Where it is set: `plugins.yaml line 3`.
    var place = ""
    package let key: KeyPress
    package let description: String
    /// Names of resources, or `all`.
    package let scopes: [String]
    package let command: String
    package var arguments: [String] = []
    /// Programs that read what the one before wrote.
    package var pipes: [String] = []
    package var inputs: [Input] = []
    package var asks = false
    package var runsInBackground = false
    package var overrides = false
    /// Whether it changes something: not offered where the cluster is read-only.
    package var isDangerous = false
    /// Whether what it writes is shown as a message.
    package var showsOutput = false

    /// Nil when it can't be read; the reader then knows why.
    init?(_ reader: inout SettingsReader, inputs: [Input]) {
        id = reader.name
        let key = reader.shortCut()
        description = reader.requiredText("description")
        scopes = reader.texts("scopes").map { $0.lowercased() }
        command = reader.requiredText("command")
        arguments = reader.texts("args")
        pipes = reader.texts("pipes")
        self.inputs = inputs
        asks = reader.flag("confirm") ?? !inputs.isEmpty
        runsInBackground = reader.flag("background") ?? false
        overrides = reader.flag("override") ?? false
        isDangerous = reader.flag("dangerous") ?? false
        showsOutput = reader.flag("overwriteOutput") ?? false
        guard let key, reader.problems.isEmpty else { return nil }
        self.key = key
        reader.allow([
            "shortCut", "description", "scopes", "command", "args", "confirm", "background", "dangerous", "override", "overwriteOutput",
            "pipes", "inputs",
        ])
    }

    var action: ActionID { ActionID("plugin.\(id)") }
    var binding: Binding { Binding(action, key, title: description, section: .user) }

    /// Whether there is nothing to do without an object: its scopes are kinds, or its words name something of one.
    var isAboutObject: Bool {
        let names = CommandVariables([
            "NAME": "", "POD": "", "CONTAINER": "", "RESOURCE_NAME": "", "RESOURCE_GROUP": "", "RESOURCE_VERSION": "",
        ])
        return !scopes.contains("all")
            || (arguments + pipes).contains { names.substituted($0) != $0 || CommandVariables.namesColumn($0) }
    }
}

extension Plugin.Input {
    init?(_ reader: inout SettingsReader) {
        name = reader.requiredText("name")
        let kind = Kind(rawValue: reader.text("type") ?? "string")
        label = reader.text("label") ?? reader.text("name") ?? ""
        isRequired = reader.flag("required") ?? false
        standard = kind == .bool ? String(reader.flag("default") ?? false) : reader.text("default") ?? ""
        options = reader.texts("options")
        guard reader.problems.isEmpty, let kind, kind != .dropdown || !options.isEmpty else { return nil }
        self.kind = kind
        reader.allow(["name", "label", "type", "required", "default", "options"])
    }
}
