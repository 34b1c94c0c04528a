import KubernetesModel

/// What the API server prints about the owners of pods.
enum WorkloadColumns {
    static func deployment(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let deployment = FieldReader(object)
        let status = deployment.status
        let containers = CellText.containers(deployment.spec.template)
        return [
            .string(object.name), .string("\(status.readyReplicas.number)/\(desired(deployment))"),
            JSONValue(status.updatedReplicas.number), JSONValue(status.availableReplicas.number), CellText.age(of: object, now: now),
            containers.names, containers.images, .string(CellText.selectorText(deployment.spec.selector)),
        ]
    }

    static func replicaSet(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let set = FieldReader(object)
        return replicas(set, of: object, now: now) + [.string(CellText.selector(set.spec.selector))]
    }

    static func replicationController(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let controller = FieldReader(object)
        return replicas(controller, of: object, now: now) + [.string(CellText.labels(controller.spec.selector))]
    }

    private static func replicas(_ owner: FieldReader, of object: KubernetesObject, now: Instant) -> [JSONValue] {
        let containers = CellText.containers(owner.spec.template)
        return [
            .string(object.name), JSONValue(desired(owner)), JSONValue(owner.status.replicas.number),
            JSONValue(owner.status.readyReplicas.number), CellText.age(of: object, now: now), containers.names, containers.images,
        ]
    }

    static func statefulSet(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let set = FieldReader(object)
        let containers = CellText.containers(set.spec.template)
        return [
            .string(object.name), .string("\(set.status.readyReplicas.number)/\(desired(set))"), CellText.age(of: object, now: now),
            containers.names, containers.images,
        ]
    }

    static func daemonSet(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let set = FieldReader(object)
        let status = set.status
        let containers = CellText.containers(set.spec.template)
        return [
            .string(object.name), JSONValue(status.desiredNumberScheduled.number), JSONValue(status.currentNumberScheduled.number),
            JSONValue(status.numberReady.number), JSONValue(status.updatedNumberScheduled.number),
            JSONValue(status.numberAvailable.number), .string(CellText.labels(set.spec.template.spec.nodeSelector)),
            CellText.age(of: object, now: now),
            containers.names, containers.images, .string(CellText.selector(set.spec.selector)),
        ]
    }

    static func controllerRevision(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        var controller = "<none>"
        if let owner = object.metadata.controller {
            let group = GroupVersion(apiVersion: owner.apiVersion).group
            let kind = group.isEmpty ? owner.kind : "\(owner.kind).\(group)"
            controller = "\(kind.lowercased())/\(owner.name)"
        }
        return [
            .string(object.name), .string(controller), JSONValue(FieldReader(object).revision.number), CellText.age(of: object, now: now),
        ]
    }

    static func desired(_ owner: FieldReader) -> Int {
        owner.spec.replicas.json?.intValue ?? 1
    }
}
