import KubernetesModel

/// Tells where an answer differs from the recorded one, a line for each place.
struct Comparison {
    /// Paths that are not compared; `*` stands for one element.
    let ignored: [String]

    func differences(wanted: JSONValue, got: JSONValue, at path: String = "") -> [String] {
        if isIgnored(path) { return [] }
        switch (wanted, got) {
        case (.object(let wanted), .object(let got)): return members(wanted, got, path)
        case (.array(let wanted), .array(let got)): return elements(wanted, got, path)
        case (.number(let one), .number(let other)) where one.doubleValue == other.doubleValue: return []
        case (.string(let wanted), .string(let got)) where wanted != got && wanted.contains("\n"):
            let (wanted, got) = (DataSection.sorted(wanted), DataSection.sorted(got))
            return wanted == got ? [] : ["\(path): lines differ (- wanted, + got):"] + Self.changes(from: wanted, to: got)
        default: return wanted == got ? [] : ["\(path): \(Self.text(got)), wanted \(Self.text(wanted))"]
        }
    }

    private func members(_ wanted: JSONObject, _ got: JSONObject, _ path: String) -> [String] {
        Set(wanted.keys).union(got.keys).sorted().flatMap { key -> [String] in
            let inner = path.isEmpty ? key : "\(path).\(key)"
            if isIgnored(inner) { return [] }
            guard let mine = got[key] else { return ["\(inner): missing, wanted \(Self.text(wanted[key] ?? .null))"] }
            guard let theirs = wanted[key] else { return ["\(inner): unexpected \(Self.text(mine))"] }
            return differences(wanted: theirs, got: mine, at: inner)
        }
    }

    private func elements(_ wanted: [JSONValue], _ got: [JSONValue], _ path: String) -> [String] {
        let count = wanted.count == got.count ? [] : ["\(path): \(got.count) elements, wanted \(wanted.count)"]
        return count
            + zip(wanted, got).enumerated().flatMap { index, pair in
                differences(wanted: pair.0, got: pair.1, at: path.isEmpty ? "\(index)" : "\(path).\(index)")
            }
    }

    private func isIgnored(_ path: String) -> Bool {
        ignored.contains { Self.matches($0[...], path[...]) }
    }

    /// A star stands for any text without a dot.
    private static func matches(_ pattern: Substring, _ path: Substring) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == "*" {
            let rest = pattern.dropFirst()
            let element = path.prefix { $0 != "." }
            return (0...element.count).contains { matches(rest, path.dropFirst($0)) }
        }
        return first == path.first && matches(pattern.dropFirst(), path.dropFirst())
    }

    private static func text(_ value: JSONValue) -> String {
        let text = String(decoding: JSONWriter.compact(value), as: UTF8.self)
        return text.count > 300 ? text.prefix(300) + "…" : text
    }

    private static func changes(from wanted: String, to got: String) -> [String] {
        let (wanted, got) = (wanted.split(separator: "\n"), got.split(separator: "\n"))
        return got.difference(from: wanted).map { change in
            switch change {
            case .remove(_, let line, _): "    - \(line)"
            case .insert(_, let line, _): "    + \(line)"
            }
        }
    }
}
