import KubernetesModel
import KubernetesSemantics

/// An object from JSON; the reader of a test sees a typo at once, as the object is empty then.
func object(_ json: String) -> KubernetesObject {
    KubernetesObject(compactJSON: Array(json.utf8)).parsed()
}

/// Ten minutes after `created`.
let now = Instant(seconds: 1_800_000_600)
let created = KubernetesTime.seconds(Instant(seconds: 1_800_000_000))

/// What the server prints, separated by bars as in a table.
func row(_ resource: String, _ group: String, _ object: KubernetesObject) -> String {
    ServerColumns.cells(for: object, resource: GroupResource(group: group, resource: resource), now: now)
        .map { $0.stringValue ?? $0.description }.joined(separator: " | ")
}
