package import KubernetesModel

/// A fact about the cluster that can be asked through its API.
package struct LabCheck: Sendable, Hashable {
    package enum Question: Sendable, Hashable {
        /// All replicas are ready, and there is at least one. Without a name: all workloads of the kind in the namespace.
        case ready(LabObject)
        /// A claim has its volume.
        case bound(LabObject)
        /// A name is found from inside a pod.
        case resolves(from: LabPods, name: String)
        /// A TCP connection opens from inside a pod.
        case connects(from: LabPods, host: String, port: Int)
        /// No pod has written a text in the last seconds.
        case quiet(LabPods, text: String, seconds: Int)
        case exists(LabObject)
        case missing(LabObject)
        /// A field has, or has not, a value.
        case field(LabObject, path: [String], value: JSONValue?)
    }

    /// For people: what is so when the check holds.
    package var says: String
    package var question: Question

    init(_ json: JSONValue) throws(LabError) {
        guard let says = json["says"]?.stringValue, !says.isEmpty else { throw LabError("says is missing") }
        self.says = says
        let questions = json.objectValue?.filter { key, _ in key != "says" } ?? [:]
        guard let (kind, value) = questions.first(where: { _ in true }), questions.count == 1 else {
            throw LabError("it needs exactly one of \(Self.kinds.joined(separator: ", "))")
        }
        question = try Self.question(kind, value)
    }

    private static let kinds = ["ready", "bound", "resolves", "connects", "quiet", "exists", "missing", "field"]

    private static func question(_ kind: String, _ json: JSONValue) throws(LabError) -> Question {
        switch kind {
        case "ready": return .ready(try LabObject(json, needsName: false))
        case "bound": return .bound(try LabObject(json, kind: "PersistentVolumeClaim"))
        case "resolves": return .resolves(from: try LabPods(json), name: try text(json, "name"))
        case "connects":
            guard let port = json["port"]?.intValue else { throw LabError("port is missing") }
            return .connects(from: try LabPods(json), host: try text(json, "host"), port: port)
        case "quiet": return .quiet(try LabPods(json), text: try text(json, "text"), seconds: json["seconds"]?.intValue ?? 20)
        case "exists": return .exists(try LabObject(json))
        case "missing": return .missing(try LabObject(json))
        case "field":
            let path = try text(json, "path").split(separator: ".").map(String.init)
            return .field(try LabObject(json), path: path, value: json["value"])
        default: throw LabError("there is no check \(kind); there are \(kinds.joined(separator: ", "))")
        }
    }

    private static func text(_ json: JSONValue, _ field: String) throws(LabError) -> String {
        guard let text = json[field]?.stringValue, !text.isEmpty else { throw LabError("\(field) is missing") }
        return text
    }
}

/// An object that a check is about.
package struct LabObject: Sendable, Hashable {
    package var resource: APIResource
    package var namespace: String?
    /// Nil for all objects of the namespace.
    package var name: String?

    init(_ json: JSONValue, kind: String? = nil, needsName: Bool = true) throws(LabError) {
        guard let kind = kind ?? json["kind"]?.stringValue else { throw LabError("kind is missing") }
        guard let resource = ResourceCatalog.builtIn.resource(named: kind.lowercased()) else {
            throw LabError("there is no kind \(kind)")
        }
        self.resource = resource
        namespace = json["namespace"]?.stringValue
        name = json["name"]?.stringValue
        if resource.isNamespaced, namespace == nil { throw LabError("namespace is missing") }
        if needsName, name == nil { throw LabError("name is missing") }
    }
}

/// The pods that a question is asked of, or from.
package struct LabPods: Sendable, Hashable {
    package var namespace: String
    /// As `kubectl -l` takes it; nil for all of the namespace.
    package var selector: String?

    init(_ json: JSONValue) throws(LabError) {
        guard let namespace = json["namespace"]?.stringValue else { throw LabError("namespace is missing") }
        self.namespace = namespace
        selector = json["selector"]?.stringValue
    }
}
