import KubernetesClient
import KubernetesModel

/// Applying as `kubectl apply` does by itself, so that both go on working on one object: what was applied last stands in an annotation.
/// What the file says wins, what it said before and no longer says goes, and what others added stays.
enum KubectlApply {
    nonisolated static let annotation = "kubectl.kubernetes.io/last-applied-configuration"
    /// kubectl's own: a server that is asked to manage fields later finds one manager, not two.
    static let manager = "kubectl-client-side-apply"

    static func hasApplied(_ object: KubernetesObject?) -> Bool {
        object?.metadata.annotations[annotation] != nil
    }

    /// A merge patch that makes `current` what a file says; empty where it is that already.
    static func patch(_ object: KubernetesObject, of target: ObjectTarget, over current: KubernetesObject) -> JSONObject {
        let text = current.metadata.annotations[annotation]
        let former = text.flatMap { (try? JSONParser.parse(Array($0.utf8)))?.objectValue }
        let written = configuration(object, of: target)
        var modified = written
        // The same in another tool's hand is left as it stands.
        let copy = former == written ? text : goText(written)
        annotate(&modified) { $0[annotation] = copy.map(JSONValue.string) }
        let root = SchemaCatalog.builtIn.root(of: current.groupVersionKind) ?? .untyped
        let merged = ThreeWayMerge.merge(original: former ?? [:], modified: modified, current: current.json, root: root)
        return InverseChange.difference(from: current.json, to: merged)
    }

    /// What the annotation keeps: the file's words, with the namespace that is meant, and without the annotation itself.
    private static func configuration(_ object: KubernetesObject, of target: ObjectTarget) -> JSONObject {
        var json = object.json
        annotate(&json) { $0.removeValue(forKey: annotation) }
        guard target.resource.isNamespaced, let namespace = target.namespace, var metadata = json["metadata"]?.objectValue else {
            return json
        }
        metadata["namespace"] = .string(namespace)
        json["metadata"] = .object(metadata)
        return json
    }

    /// What Go writes as escapes for the sake of HTML and JavaScript.
    private static let goEscapes: [(character: String, escape: String)] = [
        ("&", "\\u0026"), ("<", "\\u003c"), (">", "\\u003e"), ("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029"),
    ]

    /// As kubectl writes it, which says of an object that it was changed where a letter differs.
    private static func goText(_ json: JSONObject) -> String {
        let text = String(decoding: JSONWriter.compact(sorted(.object(json))), as: UTF8.self)
        return goEscapes.reduce(text) { $0.replacing($1.character, with: $1.escape) } + "\n"
    }

    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            .object(
                object.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.reduce(into: [:]) { $0[$1.key] = sorted($1.value) })
        case .array(let elements): .array(elements.map(sorted))
        default: value
        }
    }

    private static func annotate(_ json: inout JSONObject, _ change: (inout JSONObject) -> Void) {
        var metadata = json["metadata"]?.objectValue ?? [:]
        var annotations = metadata["annotations"]?.objectValue ?? [:]
        change(&annotations)
        metadata["annotations"] = .object(annotations)
        json["metadata"] = .object(metadata)
    }

    /// Changes the object as it is at that moment: what somebody else changes in between is looked at again.
    /// - Parameter current: as it was read last.
    static func apply(
        _ object: KubernetesObject, to target: ObjectTarget, over current: KubernetesObject, isDryRun: Bool, client: ClusterClient
    ) async throws(ClientError) -> KubernetesObject {
        var current = current
        var triesLeft = 4
        while true {
            var patch = patch(object, of: target, over: current)
            if patch.isEmpty { return current }
            var metadata = patch["metadata"]?.objectValue ?? [:]
            metadata["resourceVersion"] = .string(current.metadata.resourceVersion)
            patch["metadata"] = .object(metadata)
            do throws(ClientError) {
                return try await client.patch(
                    target.resource.gvr, namespace: target.namespace, name: target.name, with: .merge(.object(patch)),
                    options: WriteOptions(isDryRun: isDryRun, fieldManager: manager))
            } catch {
                guard triesLeft > 0, error.statusCode == 409 else { throw error }
                triesLeft -= 1
                current = try await target.read(client)
            }
        }
    }
}
