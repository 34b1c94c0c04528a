import KubernetesModel

/// A kubeconfig as its owner wrote it: a change touches only the lines it is about. What can't be changed so is refused.
package struct KubeconfigText: Sendable, Hashable {
    package let text: String
    /// For messages.
    private let file: String
    private let json: JSONValue

    /// - Throws: `KubeconfigError` for a text that is no YAML.
    package init(_ text: String, file: String) throws(KubeconfigError) {
        self.text = text
        self.file = file
        do {
            json = try YAML.parse(text).first ?? .null
        } catch {
            throw KubeconfigError(file: file, "is not YAML: \(error)")
        }
    }

    /// The text with another name for a context, and for the current one where it is that.
    /// - Throws: `KubeconfigError` where the lines can't be changed without touching anything else.
    package func renamingContext(_ name: String, to new: String) throws(KubeconfigError) -> String {
        let index = try index(of: name)
        if names.contains(new) { throw KubeconfigError(file: file, "there is a context \"\(new)\" already") }
        var lines = lines
        try Self.replace(name, by: new, behind: "name", in: &lines, at: line(of: "contexts[\(index)].name"), file)
        var expected = json.objectValue ?? [:]
        expected["contexts"] = .array(contexts.enumerated().map { $0 == index ? Self.renamed($1, new) : $1 })
        if json["current-context"]?.stringValue == name {
            try Self.replace(name, by: new, behind: "current-context", in: &lines, at: line(of: "current-context"), file)
            expected["current-context"] = .string(new)
        }
        return try checked(lines, .object(expected))
    }

    /// The text without a context. Its cluster and user stay, as with kubectl.
    /// - Throws: `KubeconfigError`, as above.
    package func removingContext(_ name: String) throws(KubeconfigError) -> String {
        let index = try index(of: name)
        var lines = lines
        guard let start = line(of: "contexts[\(index)]"), let range = Self.item(at: start, in: lines) else { throw refusal }
        lines.removeSubrange(range)
        if contexts.count == 1 {
            guard let heading = line(of: "contexts"), lines[heading].hasPrefix("contexts:") else { throw refusal }
            lines[heading] = "contexts: []"
        }
        var expected = json.objectValue ?? [:]
        expected["contexts"] = .array(contexts.enumerated().filter { $0.offset != index }.map(\.element))
        return try checked(lines, .object(expected))
    }

    // MARK: Places

    private var contexts: [JSONValue] { json["contexts"]?.arrayValue ?? [] }
    private var names: [String] { contexts.compactMap { $0["name"]?.stringValue } }
    private var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

    private func index(of name: String) throws(KubeconfigError) -> Int {
        guard let index = contexts.firstIndex(where: { $0["name"]?.stringValue == name }) else {
            throw KubeconfigError(file: file, "there is no context \"\(name)\"")
        }
        return index
    }

    /// From 0.
    private func line(of path: String) -> Int? {
        YAMLPlaces(text).line(of: path).map { $0 - 1 }
    }

    /// The lines of an element that begins with a dash: up to the next line that stands no deeper than the dash.
    private static func item(at start: Int, in lines: [String]) -> Range<Int>? {
        guard lines.indices.contains(start), lines[start].drop(while: { $0 == " " }).hasPrefix("- ") else { return nil }
        let depth = lines[start].prefix { $0 == " " }.count
        var end = start + 1
        for index in lines.indices.dropFirst(start + 1) {
            let content = lines[index].drop { $0 == " " }
            if content.isEmpty || content.hasPrefix("#") { continue }
            if lines[index].count - content.count <= depth { break }
            // Blank lines and comments in between belong to it; those behind it do not.
            end = index + 1
        }
        return start..<end
    }

    // MARK: Changing

    private static func replace(
        _ old: String, by new: String, behind key: String, in lines: inout [String], at place: Int?, _ file: String
    ) throws(KubeconfigError) {
        guard let place, lines.indices.contains(place), let colon = lines[place].firstRange(of: "\(key):") else {
            throw KubeconfigError(file: file, "the line of \(key) is not found")
        }
        let line = lines[place]
        let value = line[colon.upperBound...].drop { $0 == " " }
        let forms = [old, "\"\(old)\"", "'\(old)'"]
        guard let form = forms.first(where: { value.hasPrefix($0) && isEnd(value.dropFirst($0.count)) }) else {
            throw KubeconfigError(file: file, "its \(key) is written in a way that can't be changed in place: edit the file by hand")
        }
        let quoted = String(decoding: JSONWriter.compact(.string(new)), as: UTF8.self)
        lines[place] = String(line[..<value.startIndex]) + quoted + String(value.dropFirst(form.count))
    }

    private static func isEnd(_ rest: Substring) -> Bool {
        let content = rest.drop { $0 == " " || $0 == "\r" }
        return content.isEmpty || content.hasPrefix("#") && content.count < rest.count
    }

    private static func renamed(_ context: JSONValue, _ name: String) -> JSONValue {
        var object = context.objectValue ?? [:]
        object["name"] = .string(name)
        return .object(object)
    }

    /// The new text, if it says exactly what is meant.
    private func checked(_ lines: [String], _ expected: JSONValue) throws(KubeconfigError) -> String {
        let text = lines.joined(separator: "\n")
        guard let parsed = try? YAML.parse(text).first, parsed == expected else { throw refusal }
        return text
    }

    private var refusal: KubeconfigError {
        KubeconfigError(file: file, "is written in a way that can't be changed without touching the rest: edit it by hand")
    }
}
