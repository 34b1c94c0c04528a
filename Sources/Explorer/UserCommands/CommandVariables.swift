/// What `$NAME` stands for in a person's own commands: `$NAMESPACE`, `${COL-STATUS}`, `$!INPUT_DRY` for the opposite of a yes or no.
struct CommandVariables {
    private var values: [String: String]

    init(_ values: [String: String] = [:]) {
        self.values = values
    }

    subscript(name: String) -> String? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// Whether cells of the selected row are named.
    static func namesColumn(_ text: String) -> Bool { text.contains("$COL-") || text.contains("${COL-") }

    /// The text with the values filled in. Names that stand for nothing stay: a script may have variables of its own.
    func substituted(_ text: String) -> String {
        substituted(text) { $0 }
    }

    /// - Parameter write: how a value appears in the text.
    func substituted<Failure: Error>(_ text: String, _ write: (String) throws(Failure) -> String) throws(Failure) -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[dollar...]
            if let (value, length) = variable(at: rest) {
                result += try write(value)
                rest = rest.dropFirst(length)
            } else {
                result += "$"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }

    /// The variable that the text begins with, and how many characters name it.
    private func variable(at text: Substring) -> (value: String, length: Int)? {
        var rest = text.dropFirst()
        let isBraced = rest.first == "{"
        if isBraced { rest = rest.dropFirst() }
        let isNegated = rest.first == "!"
        if isNegated { rest = rest.dropFirst() }
        guard let name = isBraced ? bracedName(rest) : longestName(rest), let value = values[name] else { return nil }
        let length = 1 + (isBraced ? 2 : 0) + (isNegated ? 1 : 0) + name.count
        return (isNegated ? (value == "true" ? "false" : "true") : value, length)
    }

    private func bracedName(_ text: Substring) -> String? {
        text.firstIndex(of: "}").map { String(text[..<$0]) }
    }

    /// Names may hold dashes, and a dash may follow one: the longest name that is known counts.
    private func longestName(_ text: Substring) -> String? {
        var name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        while !name.isEmpty, values[String(name)] == nil { name = name.dropLast() }
        return name.isEmpty ? nil : String(name)
    }
}
