import Foundation
import KubernetesModel

/// Replaces what changes from run to run, so that two clusters' answers can be compared.
struct Placeholders {
    private typealias Rule = (pattern: NSRegularExpression, word: String)

    private let rules: [Rule]
    private let age = Self.pattern(#"(?<![\w.=-])(?:\d+[smhdy]){1,3}(?![\w.-])|<unknown>"#)
    /// `10m` of processor, and the seconds of a toleration.
    private let noAge = Self.pattern(#"^\s*(?:cpu|memory|ephemeral-storage|requests\.cpu)\b|\bfor \d+s$"#)
    private let printed: [Rule] = [
        (Self.pattern(#" \(x\d+ over [^)]*\)"#), ""),
        (Self.pattern(#"((?:Image|Container) ID: +)\S+"#), "$1<id>"),
        (Self.pattern(#"endpoints\.kubernetes\.io/last-change-trigger-time: \S+"#), "<none>"),
    ]
    private let gap = Self.pattern(#"\s{2,}"#)

    private static let volatile: Set<String> = [
        "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "clusterIP", "nodePort", "healthCheckNodePort", "continue",
        "pod-template-hash", "controller-revision-hash", "pod-template-generation",
    ]
    private static let dropped: Set<String> = ["managedFields", "selfLink", "endpoints.kubernetes.io/last-change-trigger-time"]

    /// - Parameter node: the name of the cluster's node.
    init(node: String) {
        let texts: [(String, String)] = [
            (#"(?<![\w-])"# + NSRegularExpression.escapedPattern(for: node) + #"(?![\w-])"#, "<node>"),
            (#"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"#, "<uid>"),
            (#"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d| [+-]\d{4} UTC)"#, "<time>"),
            (#"(?<=-)(?:2\d|3[0-6])\d{6}\b"#, "<minute>"),
            (#"\b(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}"#, "<time>"),
            (#"\b(?!9\.9\.9\.9\b|10\.1\.2\.3\b|10\.[01]\.0\.0/)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b"#, "<ip>"),
            (#"-----BEGIN[\s\S]*?-----END[^-]*-----\n?"#, "<pem>"),
            (#"\b0/\d+ nodes"#, "0/<n> nodes"),
            (#"\bdefault-scheduler-[\w.-]+"#, "default-scheduler-<host>"),
            (#"(?<=pod-template-hash[=:])\w+"#, "<hash>"),
            (#"(?<=-)(?:[bcdfghjklmnpqrstvwxz2456789]{8,10})(?=(?:-|\b))"#, "<hash>"),
            (#"(?<=-)(?:[bcdfghjklmnpqrstvwxz2456789]{5})\b"#, "<rand>"),
            (#"(?<![a-z0-9-])c-[a-z0-9-]+-[0-9a-f]{6}(?![0-9a-f])"#, "<ns>"),
            (#"\b[0-9a-f]{64}\b"#, "<id>"),
            (#"(?<=back-off )[0-9ms]+"#, "<delay>"),
            (#"(?<=\.)[0-9a-f]{16}\b"#, "<event>"),
            (#"(?<=resourceVersion: ")\d+|(?<=\()\d{3,}(?=\))|(?<=current: )\d+"#, "<version>"),
            (#"(?<=:)3[0-2]\d{3}(?=/(?:TCP|UDP|SCTP))|(?<=<unset>  )3[0-2]\d{3}"#, "<nodePort>"),
        ]
        rules = texts.map { (Self.pattern($0.0), $0.1) }
    }

    private static func pattern(_ text: String) -> NSRegularExpression {
        do {
            return try NSRegularExpression(pattern: text)
        } catch {
            preconditionFailure("the pattern \(text) of this file is wrong: \(error)")
        }
    }

    func put(into value: JSONValue, under key: String? = nil) -> JSONValue {
        switch value {
        case .object(let object): .object(put(into: object))
        case .array(let elements): .array(inOrder(elements, under: key).map { put(into: $0, under: key) })
        case _ where Self.isVolatile(value, under: key): .string("<\(key ?? "")>")
        case .string(let text): .string(put(into: text, isCell: key == "cells"))
        default: value
        }
    }

    /// What a program printed: ages, and as many blanks as a column happens to need.
    func put(intoPrinted text: String) -> String {
        let text = printed.reduce(put(into: text, isCell: false)) { Self.replace($1, in: $0) }
        let lines = text.hasSuffix("\n") ? text.dropLast() : text[...]
        return lines.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let line = String(line)
            let aged = Self.matches(noAge, line) ? line : Self.replace((age, "<age>"), in: line)
            return Self.replace((gap, "  "), in: aged).trimmingEndBlanks()
        }.joined(separator: "\n")
    }

    private func put(into object: JSONObject) -> JSONObject {
        let isColumn = ["format", "priority", "type"].allSatisfy { object[$0] != nil }
        // The controller's writes to a slice are batched: their number says nothing.
        let isSlice = object["addressType"] != nil
        var result = JSONObject()
        for (key, value) in object where !Self.dropped.contains(key) && !(isColumn && key == "description") {
            var value = value
            if isSlice, key == "metadata" { value["generation"] = nil }
            let replaced = put(into: value, under: key)
            if key == "annotations", replaced.objectValue?.isEmpty ?? replaced.isNull { continue }
            result[put(into: key, isCell: false)] = replaced
        }
        return result
    }

    /// Conditions are compared in the order of their types.
    private func inOrder(_ elements: [JSONValue], under key: String?) -> [JSONValue] {
        guard key == "conditions", elements.allSatisfy({ $0["type"] != nil }) else { return elements }
        return elements.sorted { ($0["type"]?.stringValue ?? "") < ($1["type"]?.stringValue ?? "") }
    }

    private static func isVolatile(_ value: JSONValue, under key: String?) -> Bool {
        guard let key, volatile.contains(key) else { return false }
        return ![.null, "", "None", 0, false].contains(value)
    }

    private func put(into text: String, isCell: Bool) -> String {
        // No rule applies to a text without either of these.
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "<") || (48...57).contains($0) }) else {
            return text
        }
        let result = rules.reduce(text) { Self.replace($1, in: $0) }
        let isAge = isCell && age.rangeOfFirstMatch(in: result, range: Self.range(result)) == Self.range(result)
        return isAge ? "<age>" : result
    }

    private static func replace(_ rule: Rule, in text: String) -> String {
        rule.pattern.stringByReplacingMatches(in: text, range: range(text), withTemplate: rule.word)
    }

    private static func matches(_ pattern: NSRegularExpression, _ text: String) -> Bool {
        pattern.firstMatch(in: text, range: range(text)) != nil
    }

    private static func range(_ text: String) -> NSRange {
        NSRange(location: 0, length: text.utf16.count)
    }
}

extension String {
    fileprivate func trimmingEndBlanks() -> String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
