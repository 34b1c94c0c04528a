/// One entry of an `Accept` header, or a `Content-Type`.
struct MediaType: Hashable {
    /// In lower case: `application/json`, `*/*`.
    let name: String
    let parameters: [String: String]

    init(_ text: String) {
        let parts = text.split(separator: ";").map { Self.trimmed($0) }
        name = parts.first?.lowercased() ?? ""
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { Self.trimmed($0) }
            parameters[pair[0].lowercased()] = pair.count > 1 ? pair[1] : ""
        }
        self.parameters = parameters
    }

    /// The entries of an `Accept` header in the order of preference.
    static func list(_ header: String) -> [MediaType] {
        let types = header.split(separator: ",").map { MediaType(String($0)) }.filter { !$0.name.isEmpty }
        return types.enumerated().sorted { left, right in
            let (first, second) = (left.element.quality, right.element.quality)
            return first == second ? left.offset < right.offset : first > second
        }.map(\.element)
    }

    var quality: Double { parameters["q"].flatMap(Double.init) ?? 1 }

    /// Whether a server that offers `name` satisfies this entry.
    func accepts(_ offered: String) -> Bool {
        if name == "*/*" || name == offered { return true }
        guard name.hasSuffix("/*") else { return false }
        return offered.hasPrefix(name.dropLast())
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
        while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
        return String(text)
    }
}
