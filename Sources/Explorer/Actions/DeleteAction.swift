import KubernetesClient
import KubernetesModel

enum DeleteAction {
    /// What becomes of what the object owns, and how long it may take.
    private static let variants: [(title: String, options: DeleteOptions)] = [
        ("What it owns is deleted too, in the background", DeleteOptions(propagation: .background)),
        ("What it owns is deleted first", DeleteOptions(propagation: .foreground)),
        ("What it owns stays", DeleteOptions(propagation: .orphan)),
        ("At once, without asking whether it has ended", DeleteOptions(propagation: .background, gracePeriodSeconds: 0)),
    ]

    static func start(_ targets: [ObjectTarget], in shell: Shell) {
        let nameToType = nameToType(targets)
        shell.confirm(
            variants: variants.map { WriteChoice(title: $0.title, writes: writes(targets, $0.options)) }, verb: "Delete", done: "Deleted",
            text: ["Delete \(targets.what)?"] + (nameToType != nil ? ["All that is in it is deleted too."] : []),
            typedName: nameToType
        )
    }

    /// What must be typed wherever the guard is not open: with a namespace goes all that is in it. Nil where none is among them.
    static func nameToType(_ targets: [ObjectTarget]) -> String? {
        let namespaces = targets.filter { $0.resource.groupResource == GroupResource(resource: "namespaces") }
        return namespaces.isEmpty ? nil : namespaces.count == 1 ? namespaces[0].name : namespaces.what
    }

    /// With a second to end in.
    static func kill(_ targets: [ObjectTarget], in shell: Shell) {
        let options = DeleteOptions(propagation: .background, gracePeriodSeconds: 1)
        shell.confirm(
            writes(targets, options), verb: "Kill", done: "Killed", text: ["Delete \(targets.what) with a grace period of 1 s?"],
            isDestructive: true
        )
    }

    static func writes(_ targets: [ObjectTarget], _ options: DeleteOptions) -> [Write] {
        targets.map { target in
            var options = options
            options.uid = target.uid
            return Write(target: target, request: "DELETE \(target.path) \(options.json)", effect: .deletes) { [options] client in
                try await delete(target, options, client)
                return nil
            }
        }
    }

    /// What was selected, and not what has come in its place while the person was asked.
    private static func delete(_ target: ObjectTarget, _ options: DeleteOptions, _ client: ClusterClient) async throws {
        do throws(ClientError) {
            try await client.delete(target.resource.gvr, namespace: target.namespace, name: target.name, options: options)
        } catch {
            guard error.statusCode == 409, let uid = options.uid, let found = try? await target.read(client), found.uid != uid else {
                throw error
            }
            throw ExplorerError("\(target.text) was replaced by another of its name meanwhile, which was left alone")
        }
    }
}
