import KubernetesModel

/// One line of a watch.
enum WatchEvent: Sendable, Hashable {
    case added(KubernetesObject)
    case modified(KubernetesObject)
    case deleted(KubernetesObject)
    /// Nothing happened up to this version.
    case bookmark(resourceVersion: String, endsInitialEvents: Bool)
    case error(ServerStatus)
    /// A type this program does not know.
    case unknown

    /// Reads `{"type":"ADDED","object":{…}}`.
    /// - Throws: `JSONError`.
    init(line: [UInt8], parser: inout JSONParser) throws {
        let json = try parser.parse(line)
        guard let object = json["object"]?.objectValue else {
            self = .unknown
            return
        }
        switch json["type"]?.stringValue {
        case "ADDED": self = .added(KubernetesObject(object))
        case "MODIFIED": self = .modified(KubernetesObject(object))
        case "DELETED": self = .deleted(KubernetesObject(object))
        case "BOOKMARK":
            let metadata = ObjectMetadata(object["metadata"]?.objectValue ?? [:])
            self = .bookmark(
                resourceVersion: metadata.resourceVersion,
                endsInitialEvents: metadata.annotations["k8s.io/initial-events-end"] == "true"
            )
        case "ERROR": self = .error(ServerStatus(.object(object)))
        default: self = .unknown
        }
    }
}
