import KubernetesModel

/// The `scale` subresource: a workload's number of replicas as an `autoscaling/v1 Scale`, whatever its kind.
struct ScaleHandler {
    let handler: ObjectHandler

    private static let kind = GroupVersionKind(group: "autoscaling", version: "v1", kind: "Scale")
    private var call: APICall { handler.call }
    private var parts: ClusterParts { handler.parts }

    func respond() throws(StatusError) -> APIResponse {
        let form = try ResponseForm.negotiate(call.request)
        switch call.verb {
        case "get": return respond(parts.view.object(try handler.stored()), form)
        case "update":
            let parameters = try WriteParameters(call.request, kind: "UpdateOptions")
            let scale = try RequestBody(request: call.request, expected: Self.kind, isCustom: false).object().object
            return respond(try change(parameters) { _ in scale }, form)
        case "patch":
            let patch = try PatchRequest(call.request, isCustom: handler.custom != nil)
            let parameters = try WriteParameters(call.request, kind: "PatchOptions", isApply: patch.kind == .apply)
            return respond(
                try change(parameters) { present throws(StatusError) in
                    KubernetesObject(try patch.apply(to: present.value, kind: Self.kind)) ?? present
                }, form)
        default: throw .methodNotAllowed
        }
    }

    private func respond(_ object: KubernetesObject, _ form: ResponseForm) -> APIResponse {
        var scale = scale(of: object)
        guard case .table = form.shape else { return ResponseWriter(form: form).respond(scale.value) }
        let version = scale.metadata.resourceVersion
        scale["spec", default: [:]]["replicas"] = scale.spec["replicas"] ?? 0
        let rows = ObjectForm(resource: Self.columns.resource, custom: Self.columns, shape: form.shape, now: parts.timeline.now)
        return ResponseWriter(form: form).respond(TableForm(rows).table(of: [scale], version: version, isHeaded: true))
    }

    /// What the server's tables show of a Scale, said as for a custom resource.
    private static let columns = CustomResource(
        resource: APIResource(
            groupVersion: GroupVersion(group: kind.group, version: kind.version), name: "scales", kind: kind.kind, isNamespaced: true,
            columns: [
                PrinterColumn(name: "Name", format: "name"), PrinterColumn(name: "Desired", type: .integer),
                PrinterColumn(name: "Available", type: .integer), PrinterColumn(name: "Age", type: .date),
            ]),
        storageVersion: kind.version, schema: [:], patterns: SchemaPatterns(of: [:]), scale: nil,
        columnPaths: [".spec.replicas", ".status.replicas", ".metadata.creationTimestamp"], listKind: "ScaleList", selectableFields: [],
        deprecationWarning: nil
    )

    private func change(
        _ parameters: WriteParameters, _ makeScale: (KubernetesObject) throws(StatusError) -> KubernetesObject
    ) throws(StatusError) -> KubernetesObject {
        let key = try handler.key()
        return try parts.pipeline.update(
            handler.resource, key, options: WriteOptions(isDryRun: parameters.isDryRun, subresource: "scale"),
            by: handler.writer(parameters), at: parts.timeline.now
        ) { current throws(StatusError) in
            var scale = try makeScale(self.scale(of: current))
            _ = try FieldCheck(kind: Self.kind, custom: nil).check(&scale, duplicates: [], .ignore, isPatch: call.verb == "patch")
            try handler.checkName(of: scale, key: key)
            let replicas = scale.spec["replicas"]?.intValue ?? 0
            guard replicas >= 0 else {
                throw .invalid(
                    Self.kind, key.name,
                    [.invalid(FieldPath("spec.replicas"), JSONValue(replicas), "must be greater than or equal to 0")]
                )
            }
            var changed = current
            var value = changed.value
            value[path: paths.specReplicasPath] = JSONValue(replicas)
            changed = KubernetesObject(value) ?? changed
            changed["metadata", default: [:]]["resourceVersion"] = scale["metadata"]?["resourceVersion"]
            return changed
        }
    }

    private var paths: CustomResource.ScalePaths { handler.custom?.scale ?? .builtIn }

    private func scale(of object: KubernetesObject) -> KubernetesObject {
        var metadata: JSONObject = [:]
        for key in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] { metadata[key] = object["metadata"]?[key] }
        let replicas = object.value[path: paths.specReplicasPath]?.intValue ?? 0
        return KubernetesObject([
            "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": .object(metadata),
            "spec": replicas == 0 ? [:] : ["replicas": JSONValue(replicas)], "status": status(of: object),
        ])
    }

    private func status(of object: KubernetesObject) -> JSONValue {
        var status: JSONObject = ["replicas": JSONValue(object.value[path: paths.statusReplicasPath]?.intValue ?? 0)]
        if let selector = selector(of: object), !selector.isEmpty { status["selector"] = .string(selector) }
        return .object(status)
    }

    private func selector(of object: KubernetesObject) -> String? {
        if let scale = handler.custom?.scale {
            return scale.selectorPath.flatMap { object.value[path: $0]?.stringValue }
        }
        let selector = object.spec["selector"]
        if handler.resource.kind == "ReplicationController" {
            return LabelSelector(matchLabels: selector?.stringMap ?? [:]).description
        }
        return (try? LabelSelector(object: selector))?.description
    }
}
