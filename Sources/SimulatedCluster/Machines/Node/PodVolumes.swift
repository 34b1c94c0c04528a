import KubernetesModel

/// A pod's volumes: what must be there before its containers start, and the trees they see.
struct PodVolumes {
    struct Failure: Error, Equatable {
        /// The event's message.
        let message: String
    }

    let view: ClusterView
    let pod: KubernetesObject
    /// The bytes of persistent volumes, which outlive pods.
    let storage: PersistentStorage
    /// The disk of the pod's node.
    let host: FileTree
    let tokens: ServiceAccountTokens
    let now: Instant

    private var namespace: String { pod.namespace ?? "default" }

    /// The tree of each volume by its name.
    /// - Parameter known: the trees of an earlier call; empty directories keep their content.
    func trees(known: [String: FileTree]) throws(Failure) -> [String: FileTree] {
        var trees: [String: FileTree] = [:]
        for volume in pod.spec["volumes"]?.arrayValue ?? [] {
            let name = volume["name"]?.stringValue ?? ""
            if let claim = volume["persistentVolumeClaim"]?["claimName"]?.stringValue {
                trees[name] = try persistent(claim)
            } else if let source = volume["hostPath"] {
                if let problem = host.prepare(hostPath: Self.hostPath(source), type: source["type"]?.stringValue ?? "") {
                    throw Failure(message: "MountVolume.SetUp failed for volume \"\(name)\" : \(problem)")
                }
                trees[name] = host
            } else if let files = try files(of: volume, name: name) {
                let tree = known[name] ?? FileTree()
                tree.replaceAll(with: files)
                trees[name] = tree
            } else {
                trees[name] = known[name] ?? FileTree(on: disk(of: volume))
            }
        }
        return trees
    }

    /// - Parameter expand: gives the value of a `subPathExpr`.
    func mounts(
        of container: JSONValue, trees: [String: FileTree], expand: (String) throws(ContainerEnvironment.Failure) -> String
    ) throws(ContainerEnvironment.Failure) -> [FileSystem.Mount] {
        var mounts: [FileSystem.Mount] = []
        for mount in container["volumeMounts"]?.arrayValue ?? [] {
            guard let name = mount["name"]?.stringValue, let path = mount["mountPath"]?.stringValue, let tree = trees[name] else {
                continue
            }
            let volume = pod.spec["volumes"]?.arrayValue?.first { $0["name"]?.stringValue == name }
            let isFixed = ["configMap", "secret", "projected", "downwardAPI"].contains { volume?[$0] != nil }
            var below = mount["subPath"]?.stringValue
            if let expression = mount["subPathExpr"]?.stringValue, !expression.isEmpty { below = try expand(expression) }
            let parts = [volume?["hostPath"].map(Self.hostPath), below].compactMap(\.self).filter { !$0.isEmpty }
            mounts.append(
                FileSystem.Mount(
                    path: FileSystem.normalized(path), tree: tree, subPath: parts.joined(separator: "/"),
                    isReadOnly: isFixed || mount["readOnly"]?.boolValue == true))
        }
        return mounts
    }

    /// Without the leading slash.
    private static func hostPath(_ source: JSONValue) -> String {
        String(FileSystem.normalized(source["path"]?.stringValue ?? "").dropFirst())
    }

    private func persistent(_ claim: String) throws(Failure) -> FileTree {
        guard let object = view.get(Resource.persistentVolumeClaims, ObjectKey(namespace: namespace, name: claim)),
            let volume = object.spec["volumeName"]?.stringValue, object.status["phase"]?.stringValue == "Bound"
        else { throw Failure(message: "Unable to attach or mount volumes: error processing PVC \(namespace)/\(claim): PVC is not bound") }
        let capacity = view.get(Resource.persistentVolumes, ObjectKey(name: volume))?.spec["capacity"]?["storage"]
        return storage.tree(of: volume, capacity: Quantity(capacity)?.value ?? 0)
    }

    /// A volume in memory is as large as it may be; others lie on the node's disk, whose kubelet looks after their limits.
    private func disk(of volume: JSONValue) -> Disk? {
        guard volume["emptyDir"]?["medium"] == "Memory", let limit = Quantity(volume["emptyDir"]?["sizeLimit"])?.value else {
            return host.disk
        }
        return Disk(capacity: limit, within: host.disk)
    }

    /// Nil for volumes that begin empty.
    private func files(of volume: JSONValue, name: String) throws(Failure) -> [String: String]? {
        if let source = volume["configMap"] { return try items(source, Resource.configMaps, "configmap", source["name"], volume: name) }
        if let source = volume["secret"] { return try items(source, Resource.secrets, "secret", source["secretName"], volume: name) }
        if let source = volume["downwardAPI"] { return downward(source) }
        guard let sources = volume["projected"]?["sources"]?.arrayValue else { return nil }
        var files: [String: String] = [:]
        for source in sources {
            var part: [String: String] = [:]
            if let source = source["configMap"] {
                part = try items(source, Resource.configMaps, "configmap", source["name"], volume: name)
            } else if let source = source["secret"] {
                part = try items(source, Resource.secrets, "secret", source["name"], volume: name)
            } else if let source = source["downwardAPI"] {
                part = downward(source)
            } else if let token = source["serviceAccountToken"] {
                part = [token["path"]?.stringValue ?? "token": try self.token(token, volume: name)]
            }
            files.merge(part) { _, last in last }
        }
        return files
    }

    /// Good for a year, as a server makes those that pods have by themselves, whatever they ask for.
    private func token(_ source: JSONValue, volume: String) throws(Failure) -> String {
        let account = pod.spec["serviceAccountName"]?.stringValue ?? "default"
        func failure(_ problem: String) -> Failure {
            Failure(message: "MountVolume.SetUp failed for volume \"\(volume)\" : failed to fetch token: \(problem)")
        }
        guard let object = view.get(Resource.serviceAccounts, ObjectKey(namespace: namespace, name: account)) else {
            throw failure("serviceaccounts \"\(account)\" not found")
        }
        let audience = source["audience"]?.stringValue ?? ""
        do throws(StatusError) {
            return try tokens.issue(
                for: object, audiences: [audience.isEmpty ? ServiceAccountTokens.audience : audience], pod: pod, from: now,
                until: now + ServiceAccountTokens.longestLife)
        } catch {
            throw failure(error.message)
        }
    }

    private func items(
        _ source: JSONValue, _ resource: GroupResource, _ word: String, _ name: JSONValue?, volume: String
    ) throws(Failure) -> [String: String] {
        let name = name?.stringValue ?? ""
        guard let object = view.get(resource, ObjectKey(namespace: namespace, name: name)) else {
            if source["optional"]?.boolValue == true { return [:] }
            throw Failure(message: "MountVolume.SetUp failed for volume \"\(volume)\" : \(word) \"\(name)\" not found")
        }
        let texts = ConfigurationData(object).texts
        guard let items = source["items"]?.arrayValue else { return texts }
        var files: [String: String] = [:]
        for item in items {
            guard let key = item["key"]?.stringValue, let path = item["path"]?.stringValue else { continue }
            guard let text = texts[key] else {
                if source["optional"]?.boolValue == true { continue }
                throw Failure(message: "MountVolume.SetUp failed for volume \"\(volume)\" : references non-existent \(word) key: \(key)")
            }
            files[path] = text
        }
        return files
    }

    private func downward(_ source: JSONValue) -> [String: String] {
        var files: [String: String] = [:]
        for item in source["items"]?.arrayValue ?? [] {
            guard let path = item["path"]?.stringValue else { continue }
            let reference = item["resourceFieldRef"] ?? .null
            let container = pod.spec["containers"]?.arrayValue?.first { $0["name"] == reference["containerName"] } ?? .null
            let environment = ContainerEnvironment(view: view, pod: pod, container: container, address: "", nodeAddress: "")
            if let field = item["fieldRef"]?["fieldPath"]?.stringValue {
                files[path] = environment.field(field)
            } else if reference.objectValue != nil {
                files[path] = environment.resource(reference)
            }
        }
        return files
    }
}

/// The bytes of persistent volumes, by the volume's name.
final class PersistentStorage {
    private var trees: [String: FileTree] = [:]
    private let store: Disk

    init(within store: Disk) {
        self.store = store
    }

    /// - Parameter capacity: of the volume by now, for volumes grow.
    func tree(of volume: String, capacity: Int) -> FileTree {
        let tree = trees[volume] ?? FileTree(on: Disk(capacity: capacity, within: store))
        tree.disk?.capacity = capacity
        trees[volume] = tree
        return tree
    }
}
