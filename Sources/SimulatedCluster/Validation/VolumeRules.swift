import KubernetesModel

/// The volumes of a pod.
struct VolumeRules {
    /// The name of the pod, which claims made for it begin with; empty in templates.
    let podName: String

    /// - Returns: the volumes with nothing wrong about them, by name.
    func validate(_ volumes: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) -> [String: JSONObject] {
        let made = podName.isEmpty ? [] : Set(volumes.filter { $0.object("ephemeral") != nil }.map { "\(podName)-\($0.string("name"))" })
        var byName: [String: JSONObject] = [:]
        for (index, volume) in volumes.enumerated() {
            let path = path[index]
            let name = volume.string("name")
            var problems: [FieldError] = []
            source(of: volume, at: path, &problems)
            problems.checkRequiredText(volume, "name", NameRules.label, at: path)
            if byName[name] != nil { problems.append(.duplicate(path["name"], .string(name))) }
            if problems.isEmpty { byName[name] = volume }
            errors += problems
            let claim = volume.object("persistentVolumeClaim")?.string("claimName") ?? ""
            if made.contains(claim) {
                errors.invalid(
                    path["persistentVolumeClaim"]["claimName"], .string(claim),
                    "must not reference a PVC that gets created for an ephemeral volume"
                )
            }
        }
        return byName
    }

    /// In the order in which a server looks at them.
    private static let kinds = [
        "emptyDir", "hostPath", "gitRepo", "gcePersistentDisk", "awsElasticBlockStore", "secret", "nfs", "iscsi", "glusterfs", "flocker",
        "persistentVolumeClaim", "rbd", "cinder", "cephfs", "quobyte", "downwardAPI", "fc", "flexVolume", "configMap", "azureFile",
        "vsphereVolume", "photonPersistentDisk", "portworxVolume", "azureDisk", "storageos", "projected", "scaleIO", "csi", "ephemeral",
        "image",
    ]

    private func source(of volume: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let kinds = Self.kinds.filter { volume.present($0) != nil }
        guard let first = kinds.first else { return errors.required(path, "must specify a volume type") }
        validate(volume.object(first) ?? [:], first, of: volume, at: path, &errors)
        for extra in kinds.dropFirst() { errors.forbidden(path[extra], "may not specify more than 1 volume type") }
        if let source = volume.object("iscsi") {
            VolumeSourceRules.checkInitiator(source, of: volume.string("name"), at: path["name"], value: volume.string("name"), &errors)
        }
    }

    private func validate(
        _ source: JSONObject, _ kind: String, of volume: JSONObject, at path: FieldPath, _ errors: inout [FieldError]
    ) {
        switch kind {
        case "emptyDir":
            if let limit = Quantity(source["sizeLimit"]), limit.isNegative {
                errors.forbidden(path[kind]["sizeLimit"], "SizeLimit field must be a valid resource quantity")
            }
        case "downwardAPI", "projected": ProjectionRules.validate(source, kind, at: path[kind], &errors)
        case "csi":
            VolumeSourceRules.driverName(source, "driver", at: path[kind], &errors)
            guard let secret = source.object("nodePublishSecretRef") else { return }
            errors.checkRequired(secret, "name", at: path[kind]["nodePublishSecretRef"])
            errors.checkText(secret, "name", NameRules.subdomain, at: path[kind])
        case "ephemeral": ephemeral(source, volume.string("name"), at: path, &errors)
        case "image":
            errors.checkRequired(source, "reference", at: path[kind])
            errors.checkChoice(source, "pullPolicy", ["Always", "IfNotPresent", "Never"], at: path[kind], isRequired: true)
        default: VolumeSourceRules.validate(source, kind, at: path, &errors)
        }
    }

    private func ephemeral(_ source: JSONObject, _ name: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let templatePath = path["ephemeral"]["volumeClaimTemplate"]
        if let template = source.object("volumeClaimTemplate") {
            PodRules.templateMetadata(template, at: templatePath["metadata"], &errors)
            ClaimRules.validate(template.object("spec") ?? [:], at: templatePath["spec"], &errors)
        } else {
            errors.required(templatePath)
        }
        guard !podName.isEmpty, !name.isEmpty else { return }
        let claim = "\(podName)-\(name)"
        errors.invalid(path["name"], .string(name), NameRules.subdomain(claim).map { "PVC name \(claim.goQuoted): \($0)" })
    }
}
