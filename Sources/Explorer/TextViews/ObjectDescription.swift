import KubernetesModel
import TextUI

/// An object told for reading: its metadata, its specification and status as an outline, and its events.
struct ObjectDescription {
    private let object: KubernetesObject
    private let resource: APIResource
    private let events: [KubernetesObject]
    private let eventsProblem: String?
    private let now: Instant

    /// - Parameter eventsProblem: why the events are not known; nil when they are.
    init(_ object: KubernetesObject, resource: APIResource, events: [KubernetesObject], eventsProblem: String? = nil, now: Instant) {
        self.object = object
        self.resource = resource
        self.events = events
        self.eventsProblem = eventsProblem
        self.now = now
    }

    func lines(theme: Theme) -> [StyledText] {
        var outline = Outline(theme: theme)
        outline.field("Name", object.name)
        if let namespace = object.namespace { outline.field("Namespace", namespace) }
        outline.field("Kind", "\(object.kind) (\(object.apiVersion))")
        outline.pairs("Labels", object["metadata"]?["labels"], separator: "=")
        outline.pairs("Annotations", annotations, separator: ": ")
        if let created = object["metadata"]?["creationTimestamp"]?.stringValue { outline.field("Created", age(created)) }
        if let deleted = object["metadata"]?["deletionTimestamp"]?.stringValue { outline.field("Deletion asked for", age(deleted)) }
        addOwners(to: &outline)
        for (key, value) in object.json where !["apiVersion", "kind", "metadata"].contains(key) {
            outline.value(Self.words(key), value, depth: 0, isSecret: resource.name == "secrets" && key == "data")
        }
        return outline.lines + eventLines(theme)
    }

    /// All but the copy of the object that `kubectl apply` keeps: of a Secret it holds the values.
    private var annotations: JSONValue? {
        guard case .object(var annotations)? = object["metadata"]?["annotations"] else { return nil }
        annotations["kubectl.kubernetes.io/last-applied-configuration"] = nil
        return .object(annotations)
    }

    private func age(_ time: String) -> String {
        guard let instant = KubernetesTime.parse(time) else { return time }
        return "\(time) (\(HumanDuration.text(since: instant, now: now)) ago)"
    }

    private func addOwners(to outline: inout Outline) {
        let owners = object["metadata"]?["ownerReferences"]?.arrayValue ?? []
        let texts = owners.map { "\($0["kind"]?.stringValue ?? "")/\($0["name"]?.stringValue ?? "")" }
        if !texts.isEmpty { outline.field("Controlled by", texts.joined(separator: ", ")) }
    }

    /// `restartPolicy` becomes `Restart policy`.
    static func words(_ key: String) -> String {
        var words = ""
        var previous: Character?
        for character in key {
            if character.isUppercase, let last = previous, last.isLowercase {
                words += " " + character.lowercased()
            } else {
                words.append(words.isEmpty ? Character(character.uppercased()) : character)
            }
            previous = character
        }
        return words
    }

    // MARK: Events

    private func eventLines(_ theme: Theme) -> [StyledText] {
        if let eventsProblem {
            return [StyledText("Events", theme[.yamlKey]) + StyledText(":  \(SafeText.line(eventsProblem))", theme[.flashError])]
        }
        guard !events.isEmpty else { return [StyledText("Events", theme[.yamlKey]) + StyledText(":  none", theme[.yamlValue])] }
        let rows = events.sorted { Self.lastSeen($0) > Self.lastSeen($1) }.map(cells)
        let widths = (0..<4).map { column in rows.map { TextWidth.of($0[column]) }.max() ?? 0 }
        let lines = rows.map { row in
            let style = theme[row[0] == "Normal" ? .yamlValue : .statusPending]
            let columns = zip(row, widths).map { text, width in text + String(repeating: " ", count: width - TextWidth.of(text) + 2) }
            return StyledText("  " + columns.joined() + row[4], style)
        }
        return [StyledText("Events", theme[.yamlKey]) + StyledText(":", theme[.yamlColon])] + lines
    }

    private func cells(_ event: KubernetesObject) -> [String] {
        let seen = KubernetesTime.parse(Self.lastSeen(event)).map { HumanDuration.text(since: $0, now: now) } ?? "<unknown>"
        let count = event["count"]?.intValue ?? event["series"]?["count"]?.intValue ?? 1
        let source = event["source"]?["component"]?.stringValue ?? event["reportingComponent"]?.stringValue ?? ""
        return [
            event["type"]?.stringValue ?? "", event["reason"]?.stringValue ?? "", count > 1 ? "\(seen) (x\(count))" : seen, source,
            event["message"]?.stringValue ?? "",
        ].map { SafeText.line($0) }
    }

    private static func lastSeen(_ event: KubernetesObject) -> String {
        for time in [event["series"]?["lastObservedTime"], event["lastTimestamp"], event["eventTime"], event["metadata"]?["creationTimestamp"]] {
            if let text = time?.stringValue { return text }
        }
        return ""
    }
}
