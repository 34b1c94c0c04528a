/// A key pressed together with modifiers. Its text form is K9s's: `Ctrl-A`, `Shift-N`, `Alt-1`, `Shift-Tab`, `F5`, `:`.
package struct KeyPress: Sendable, Hashable {
    package struct Modifiers: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let shift = Modifiers(rawValue: 1)
        package static let alt = Modifiers(rawValue: 2)
        package static let control = Modifiers(rawValue: 4)
    }

    package let key: Key
    package let modifiers: Modifiers

    /// Letters are normalised to what terminals can tell apart: Ctrl ignores case, Shift is the upper case.
    package init(_ key: Key, _ modifiers: Modifiers = []) {
        guard case .character(let scalar) = key else {
            self.key = key
            self.modifiers = modifiers
            return
        }
        if modifiers.contains(.control) {
            self.key = .character(Self.lowercase(scalar))
            self.modifiers = modifiers
        } else {
            self.key = .character(modifiers.contains(.shift) ? Self.uppercase(scalar) : scalar)
            self.modifiers = modifiers.subtracting(.shift)
        }
    }

    package static func character(_ scalar: Unicode.Scalar) -> KeyPress { KeyPress(.character(scalar)) }
    package static func control(_ scalar: Unicode.Scalar) -> KeyPress { KeyPress(.character(scalar), .control) }

    /// What typing this key adds to a text field; nil for keys that only command.
    package var typed: Unicode.Scalar? {
        guard case .character(let scalar) = key, modifiers.isEmpty else { return nil }
        return scalar
    }

    private static func lowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("A"..."Z").contains(scalar) ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar
    }

    private static func uppercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("a"..."z").contains(scalar) ? Unicode.Scalar(scalar.value - 32) ?? scalar : scalar
    }
}

// MARK: - Text form

extension KeyPress: CustomStringConvertible, ExpressibleByStringLiteral {
    package var description: String {
        var text = ""
        if modifiers.contains(.control) { text += "Ctrl-" }
        if modifiers.contains(.alt) { text += "Alt-" }
        if modifiers.contains(.shift) { text += "Shift-" }
        switch key {
        case .function(let number): return text + "F\(number)"
        case .character(let scalar) where ("A"..."Z").contains(scalar): return text + "Shift-\(scalar)"
        case .character(let scalar) where scalar != " ":
            let letter = modifiers.contains(.control) ? Self.uppercase(scalar) : scalar
            return text + String(letter)
        default: return text + (Key.names.first { $0.key == key }?.name ?? "?")
        }
    }

    /// Reads a key as people write it in `keys.yaml`; nil when it names no key.
    package init?(_ text: String) {
        var rest = Substring(text)
        var modifiers: Modifiers = []
        let prefixes: [(String, Modifiers)] = [("ctrl-", .control), ("alt-", .alt), ("shift-", .shift)]
        while let (prefix, modifier) = prefixes.first(where: { rest.lowercased().hasPrefix($0.0) && rest.count > $0.0.count }) {
            modifiers.insert(modifier)
            rest = rest.dropFirst(prefix.count)
        }
        if rest.unicodeScalars.count == 1, let scalar = rest.unicodeScalars.first {
            self.init(.character(scalar), modifiers)
        } else if let named = Key.names.first(where: { $0.name.lowercased() == rest.lowercased() }) {
            self.init(named.key, modifiers)
        } else if rest.first == "F" || rest.first == "f", let number = Int(rest.dropFirst()), (1...24).contains(number) {
            self.init(.function(number), modifiers)
        } else {
            return nil
        }
    }

    /// For binding tables in code; a text that names no key is shown as `?` by every test of the table.
    package init(stringLiteral text: String) {
        self = KeyPress(text) ?? KeyPress(.character("\u{FFFD}"))
    }
}
