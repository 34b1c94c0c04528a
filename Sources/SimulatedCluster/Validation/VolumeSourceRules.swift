import KubernetesModel

/// Sources of volumes that say where the data are: those of pods and of persistent volumes.
enum VolumeSourceRules {
    /// The fields that a source must have; those of a secret's reference, too.
    private static let required: [String: [String]] = [
        "awsElasticBlockStore": ["volumeID"], "azureDisk": ["diskName", "diskURI"], "azureFile": ["secretName", "shareName"],
        "cephfs": [], "cinder": ["volumeID"], "configMap": ["name"], "flexVolume": ["driver"], "gcePersistentDisk": ["pdName"],
        "gitRepo": ["repository"], "glusterfs": ["endpoints", "path"], "hostPath": ["path"], "iscsi": ["targetPortal"], "local": ["path"],
        "nfs": ["server", "path"], "persistentVolumeClaim": ["claimName"], "photonPersistentDisk": ["pdID"],
        "portworxVolume": ["volumeID"], "scaleIO": ["gateway", "system", "volumeName"], "secret": ["secretName"],
        "vsphereVolume": ["volumePath"],
    ]

    /// - Parameter path: of the volume.
    static func validate(_ source: JSONObject, _ kind: String, at path: FieldPath, _ errors: inout [FieldError]) {
        // The path of this one leaves its maker out.
        let path = path[kind == "gcePersistentDisk" ? "persistentDisk" : kind]
        for field in required[kind] ?? [] { errors.checkRequired(source, field, at: path) }
        switch kind {
        case "hostPath": hostPath(source, at: path, &errors)
        case "local": noBacksteps(source.string("path"), at: path["path"], &errors)
        case "gitRepo": descending(source.string("directory"), at: path["directory"], &errors)
        case "gcePersistentDisk", "awsElasticBlockStore": errors.checkRange(source, "partition", 0...255, at: path, shown: 1...255)
        case "secret", "configMap":
            mode(source, "defaultMode", at: path, &errors)
            for (index, item) in source.objects("items").enumerated() { keyToPath(item, at: path["items"][index], &errors) }
        case "nfs":
            if !source.string("path").hasPrefix("/") { errors.invalid(path["path"], source["path"] ?? "", "must be an absolute path") }
        case "iscsi": iscsi(source, at: path, &errors)
        case "rbd":
            if source.strings("monitors").isEmpty { errors.required(path["monitors"]) }
            errors.checkRequired(source, "image", at: path)
        case "cephfs": if source.strings("monitors").isEmpty { errors.required(path["monitors"]) }
        case "fc": fibreChannel(source, at: path, &errors)
        case "flexVolume": flexOptions(source, at: path["options"], &errors)
        case "azureDisk": azureDisk(source, at: path, &errors)
        case "quobyte":
            errors.checkRequired(source, "registry", at: path, "must be a host:port pair or multiple pairs separated by commas")
            errors.checkRequired(source, "volume", at: path)
        case "storageos":
            errors.checkRequiredText(source, "volumeName", NameRules.label, at: path)
            errors.checkText(source, "volumeNamespace", NameRules.label, at: path)
        case "flocker": flocker(source, at: path, &errors)
        default: break
        }
        if ["cinder", "storageos"].contains(kind), let secret = source.object("secretRef") {
            errors.checkRequired(secret, "name", at: path["secretRef"])
        }
    }

    private static let hostPathTypes = [
        "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket",
    ]

    private static func hostPath(_ source: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        guard !source.string("path").isEmpty else { return }
        noBacksteps(source.string("path"), at: path["path"], &errors)
        errors.checkChoice(source, "type", hostPathTypes, at: path)
    }

    private static func iscsi(_ source: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkRequired(source, "iqn", at: path)
        let name = source.string("iqn")
        if !name.isEmpty, !["iqn", "eui", "naa"].contains(where: name.hasPrefix) {
            errors.invalid(path["iqn"], .string(name), "must be valid format starting with iqn, eui, or naa")
        }
        errors.checkRange(source, "lun", 0...255, at: path)
        let needsSecret = source.bool("chapAuthDiscovery") || source.bool("chapAuthSession")
        if needsSecret, source.object("secretRef") == nil { errors.required(path["secretRef"]) }
        let initiator = source.string("initiatorName")
        if !initiator.isEmpty, !["iqn", "eui", "naa"].contains(where: initiator.hasPrefix) {
            errors.invalid(path["initiatorname"], .string(initiator), "must be valid format starting with iqn, eui, or naa")
        }
    }

    /// An initiator's name leaves little room for those of the volume and its portal.
    static func checkInitiator(
        _ source: JSONObject, of volume: String, at path: FieldPath, value: String, _ errors: inout [FieldError]
    ) {
        guard source.present("initiatorName") != nil, "\(volume):\(source.string("targetPortal"))".utf8.count > 64 else { return }
        errors.invalid(
            path, .string(value),
            "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified."
        )
    }

    private static func fibreChannel(_ source: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let (targets, identifiers) = (source.strings("targetWWNs"), source.strings("wwids"))
        if targets.isEmpty, identifiers.isEmpty {
            errors.required(path["targetWWNs"], "must specify either targetWWNs or wwids, but not both")
        }
        if !targets.isEmpty, !identifiers.isEmpty {
            errors.invalid(path["targetWWNs"], JSONValue(targets), "targetWWNs and wwids can not be specified simultaneously")
        }
        guard !targets.isEmpty else { return }
        if source.int("lun") == nil { errors.required(path["lun"], "lun is required if targetWWNs is specified") }
        errors.checkRange(source, "lun", 0...255, at: path)
    }

    private static func flexOptions(_ source: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in (source.object("options") ?? [:]).keys.sorted() {
            let domain = "." + (key.split(separator: "/", maxSplits: 1).first ?? "").lowercased()
            guard domain.hasSuffix(".kubernetes.io") || domain.hasSuffix(".k8s.io") else { continue }
            errors.invalid(path.key(key), .string(key), "kubernetes.io and k8s.io namespaces are reserved")
        }
    }

    private static func azureDisk(_ source: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkChoice(source, "cachingMode", ["None", "ReadOnly", "ReadWrite"], at: path)
        errors.checkChoice(source, "kind", ["Dedicated", "Managed", "Shared"], at: path)
        let address = source.string("diskURI")
        let isManaged = source.string("kind") == "Managed"
        guard !address.hasPrefix(isManaged ? "/subscriptions/" : "https://"), source.present("kind") != nil else { return }
        let form =
            isManaged
            ? "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"
            : "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"
        errors.append(.notSupported(path["diskURI"], .string(address), [form]))
    }

    private static func flocker(_ source: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let (name, identifier) = (source.string("datasetName"), source.string("datasetUUID"))
        if name.isEmpty, identifier.isEmpty { errors.required(path, "one of datasetName and datasetUUID is required") }
        if !name.isEmpty, !identifier.isEmpty {
            errors.invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously")
        }
        if name.contains("/") { errors.invalid(path["datasetName"], .string(name), "must not contain '/'") }
    }

    /// The name of a CSI driver.
    static func driverName(_ json: JSONObject, _ key: String, at path: FieldPath, _ errors: inout [FieldError]) {
        driverName(json.string(key), at: path[key], &errors)
    }

    static func driverName(_ name: String, at path: FieldPath, _ errors: inout [FieldError]) {
        if name.isEmpty { errors.required(path) }
        if name.utf8.count > 63 { errors.append(.tooLong(path, maximumBytes: 63)) }
        errors.invalid(path, .string(name), NameRules.subdomain(name.lowercased()))
    }

    // MARK: Files

    static func keyToPath(_ item: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkRequired(item, "key", at: path)
        errors.checkRequired(item, "path", at: path)
        unreserved(item.string("path"), at: path["path"], &errors)
        mode(item, "mode", at: path, &errors)
    }

    static func mode(_ source: JSONObject, _ key: String, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let mode = source.int(key), !(0...0o777).contains(mode) else { return }
        errors.invalid(path[key], JSONValue(mode), "must be a number between 0 and 0777 (octal), both inclusive")
    }

    static func noBacksteps(_ text: String, at path: FieldPath, _ errors: inout [FieldError]) {
        if text.split(separator: "/").contains("..") { errors.invalid(path, .string(text), "must not contain '..'") }
    }

    /// A path inside a volume, which must not leave it.
    static func descending(_ text: String, at path: FieldPath, _ errors: inout [FieldError]) {
        if text.hasPrefix("/") { errors.invalid(path, .string(text), "must be a relative path") }
        noBacksteps(text, at: path, &errors)
    }

    /// A path of a file that a kubelet writes, which keeps names that begin with two dots to itself.
    static func unreserved(_ text: String, at path: FieldPath, _ errors: inout [FieldError]) {
        descending(text, at: path, &errors)
        if text.hasPrefix(".."), !text.hasPrefix("../") { errors.invalid(path, .string(text), "must not start with '..'") }
    }
}
