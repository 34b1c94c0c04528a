import KubernetesModel

@testable import SimulatedCluster

/// The parts of a furnished cluster with the rules in force, for tests that write through the pipeline.
struct TestCluster {
    let parts = ClusterParts(seed: 1, clock: Instant(seconds: 1_800_000_000))

    /// - Parameter namespaces: made beside the usual ones, each with the service account `default`.
    init(namespaces: [String] = ["shop"]) {
        Furniture.load(into: parts)
        for name in namespaces {
            apply(#"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"\#(name)"}}"#)
            apply(#"{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default","namespace":"\#(name)"}}"#)
        }
    }

    /// Creates an object as an administrator, whom nothing but the rules of objects stop.
    @discardableResult
    func apply(_ text: String) -> KubernetesObject? {
        try? create(text)
    }

    func create(_ text: String, as user: UserInfo = UserInfo(name: "admin", groups: ["system:masters"])) throws(StatusError)
        -> KubernetesObject
    {
        try parts.pipeline.perform(.create(object(text)), by: Writer(user: user, fieldManager: "test"), at: parts.timeline.now)
    }

    /// The message of a refused creation; nil when it was accepted.
    func refusal(_ text: String, as user: UserInfo = UserInfo(name: "admin", groups: ["system:masters"])) -> String? {
        do throws(StatusError) {
            _ = try create(text, as: user)
            return nil
        } catch {
            return error.message
        }
    }

    /// What is wrong with a new object called `x`, as its refusal lists it; `nothing` when it was accepted.
    ///
    /// - Parameter rest: its members besides kind, version and metadata.
    func problems(_ kind: String, _ apiVersion: String, _ rest: String, metadata: String = "") -> String {
        let metadata = #"{"name":"x","namespace":"shop"\#(metadata.isEmpty ? "" : ",")\#(metadata)}"#
        return Self.problems(refusal(#"{"apiVersion":"\#(apiVersion)","kind":"\#(kind)","metadata":\#(metadata),\#(rest)}"#))
    }

    /// The part of a refusal that lists what is wrong.
    static func problems(_ refusal: String?) -> String {
        guard let refusal else { return "nothing" }
        return refusal.firstRange(of: "is invalid: ").map { String(refusal[$0.upperBound...]) } ?? refusal
    }

    /// The message of a refused merge patch; nil when it was accepted.
    func refusal(patching resource: String, group: String = "", _ name: String, _ patch: String) -> String? {
        let namespace = ["namespaces", "nodes", "persistentvolumes"].contains(resource) ? nil : "shop"
        let write = Write.patch(GroupResource(group: group, resource: resource), ObjectKey(namespace: namespace, name: name), json(patch))
        do throws(StatusError) {
            _ = try parts.pipeline.perform(write, by: .system("test"), at: parts.timeline.now)
            return nil
        } catch {
            return error.message
        }
    }

    func get(_ resource: String, group: String = "", _ name: String, namespace: String? = "shop") -> KubernetesObject? {
        parts.view.get(GroupResource(group: group, resource: resource), ObjectKey(namespace: namespace, name: name))
    }
}
