import KubernetesModel
import KubernetesSemantics

extension ObjectDescription {
    mutating func volumes(_ volumes: FieldReader, depth: Int = 0) {
        guard !volumes.elements.isEmpty else { return outline.field("Volumes", "<none>", depth: depth) }
        outline.heading("Volumes", depth: depth)
        for volume in volumes.elements {
            outline.heading(volume.name.text, depth: depth + 1)
            volumeSource(volume, depth: depth + 2)
        }
    }

    /// Where the data of a volume, of a pod or of the cluster, come from.
    mutating func volumeSource(_ volume: FieldReader, depth: Int) {
        guard let kind = VolumeKind.all.first(where: { volume[$0.key].exists }) else { return outline.line("<unknown>", depth: depth) }
        let source = volume[kind.key]
        outline.field("Type", "\(kind.name) (\(kind.meaning))", depth: depth)
        for row in kind.rows {
            outline.field(row.title, row.text(source), depth: depth, link: row.kind.flatMap { link($0, source[row.field].text) })
        }
        switch kind.key {
        case "projected": projected(source, depth: depth)
        case "downwardAPI": downwardItems(source, depth: depth)
        case "csi": outline.pairs("VolumeAttributes", source.volumeAttributes.json, separator: "=", depth: depth)
        case "ephemeral": claimFields(source.volumeClaimTemplate, depth: depth, isWhole: false)
        default: break
        }
    }

    private mutating func projected(_ projected: FieldReader, depth: Int) {
        for source in projected.sources.elements {
            if source.secret.exists {
                outline.field("SecretName", source.secret.name.text, depth: depth, link: link("Secret", source.secret.name.text))
                outline.field("Optional", "\(source.secret.optional.flag)", depth: depth)
            } else if source.downwardAPI.exists {
                outline.field("DownwardAPI", "true", depth: depth)
            } else if source.configMap.exists {
                outline.field(
                    "ConfigMapName", source.configMap.name.text, depth: depth, link: link("ConfigMap", source.configMap.name.text))
                outline.field("Optional", "\(source.configMap.optional.flag)", depth: depth)
            } else if source.serviceAccountToken.exists {
                outline.field("TokenExpirationSeconds", "\(source.serviceAccountToken.expirationSeconds.number)", depth: depth)
            }
        }
    }

    private mutating func downwardItems(_ source: FieldReader, depth: Int) {
        outline.heading("Items", depth: depth)
        for item in source.items.elements {
            outline.line(
                LinkedText("\(item.fieldRef.fieldPath.text(or: item.resourceFieldRef.resource.text)) -> \(item.path.text)"),
                depth: depth + 1)
        }
    }
}

/// What is told of a kind of volume.
private struct VolumeKind {
    struct Row {
        let title: String
        let field: String
        /// The kind of the object that the field names.
        let kind: String?
        let absence: String

        func text(_ source: FieldReader) -> String {
            let field = source[field]
            if let value = field.json?.boolValue { return "\(value)" }
            if let values = field.json?.arrayValue { return values.compactMap(\.stringValue).joined(separator: ", ") }
            if let name = field.json?["name"]?.stringValue { return name }
            let text = field.textOrNumber
            return text.isEmpty ? absence : text
        }
    }

    let key: String
    let name: String
    let meaning: String
    let rows: [Row]

    private init(_ key: String, _ name: String, _ meaning: String, _ rows: [Row]) {
        self.key = key
        self.name = name
        self.meaning = meaning
        self.rows = rows
    }

    private static func row(_ title: String, _ field: String, kind: String? = nil, absence: String = "") -> Row {
        Row(title: title, field: field, kind: kind, absence: absence)
    }

    private static let readOnly = row("ReadOnly", "readOnly", absence: "false")
    private static let isOptional = row("Optional", "optional", absence: "false")
    private static let fileSystem = row("FSType", "fsType")
    private static let secret = row("SecretRef", "secretRef")

    static let all: [VolumeKind] = [
        VolumeKind("hostPath", "HostPath", "bare host directory volume", [row("Path", "path"), row("HostPathType", "type")]),
        VolumeKind(
            "emptyDir", "EmptyDir", "a temporary directory that shares a pod's lifetime",
            [row("Medium", "medium"), row("SizeLimit", "sizeLimit", absence: "<unset>")]),
        VolumeKind("secret", "Secret", "a volume populated by a Secret", [row("SecretName", "secretName", kind: "Secret"), isOptional]),
        VolumeKind("configMap", "ConfigMap", "a volume populated by a ConfigMap", [row("Name", "name", kind: "ConfigMap"), isOptional]),
        VolumeKind(
            "persistentVolumeClaim", "PersistentVolumeClaim", "a reference to a PersistentVolumeClaim in the same namespace",
            [row("ClaimName", "claimName", kind: "PersistentVolumeClaim"), readOnly]),
        VolumeKind("projected", "Projected", "a volume that contains injected data from multiple sources", []),
        VolumeKind("downwardAPI", "DownwardAPI", "a volume populated by information about the pod", []),
        VolumeKind("ephemeral", "EphemeralVolume", "an inline specification for a volume that gets created and deleted with the pod", []),
        VolumeKind(
            "csi", "CSI", "a Container Storage Interface (CSI) volume source",
            [row("Driver", "driver"), fileSystem, row("VolumeHandle", "volumeHandle"), readOnly]),
        VolumeKind(
            "image", "Image", "a container image or OCI artifact", [row("Reference", "reference"), row("PullPolicy", "pullPolicy")]),
        VolumeKind("local", "LocalVolume", "a persistent volume backed by local storage on a node", [row("Path", "path")]),
        VolumeKind(
            "nfs", "NFS", "an NFS mount that lasts the lifetime of a pod", [row("Server", "server"), row("Path", "path"), readOnly]),
        VolumeKind(
            "iscsi", "ISCSI", "an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod",
            [
                row("TargetPortal", "targetPortal"), row("IQN", "iqn"), row("Lun", "lun"), row("ISCSIInterface", "iscsiInterface"),
                fileSystem,
                readOnly, row("Portals", "portals"), row("DiscoveryCHAPAuth", "chapAuthDiscovery", absence: "false"),
                row("SessionCHAPAuth", "chapAuthSession", absence: "false"), secret,
                row("InitiatorName", "initiatorName", absence: "<none>"),
            ]),
        VolumeKind(
            "fc", "FC", "a Fibre Channel disk",
            [row("TargetWWNs", "targetWWNs"), row("LUN", "lun", absence: "<none>"), fileSystem, readOnly]),
        VolumeKind(
            "rbd", "RBD", "a Rados Block Device mount on the host that shares a pod's lifetime",
            [
                row("CephMonitors", "monitors"), row("RBDImage", "image"), fileSystem, row("RBDPool", "pool"), row("RadosUser", "user"),
                row("Keyring", "keyring"), secret, readOnly,
            ]),
        VolumeKind(
            "cephfs", "CephFS", "a CephFS mount on the host that shares a pod's lifetime",
            [row("Monitors", "monitors"), row("Path", "path"), row("User", "user"), row("SecretFile", "secretFile"), secret, readOnly]),
        VolumeKind(
            "glusterfs", "Glusterfs", "a Glusterfs mount on the host that shares a pod's lifetime",
            [row("EndpointsName", "endpoints"), row("EndpointsNamespace", "endpointsNamespace"), row("Path", "path"), readOnly]),
        VolumeKind(
            "flexVolume", "FlexVolume", "a generic volume resource that is provisioned/attached using an exec based plugin",
            [row("Driver", "driver"), fileSystem, secret, readOnly]),
        VolumeKind(
            "cinder", "Cinder", "a Persistent Disk resource in OpenStack", [row("VolumeID", "volumeID"), fileSystem, readOnly, secret]),
        VolumeKind(
            "gcePersistentDisk", "GCEPersistentDisk", "a Persistent Disk resource in Google Compute Engine",
            [row("PDName", "pdName"), fileSystem, row("Partition", "partition", absence: "0"), readOnly]),
        VolumeKind(
            "awsElasticBlockStore", "AWSElasticBlockStore", "a Persistent Disk resource in AWS",
            [row("VolumeID", "volumeID"), fileSystem, row("Partition", "partition", absence: "0"), readOnly]),
        VolumeKind(
            "azureDisk", "AzureDisk", "an Azure Data Disk mount on the host and bind mount to the pod",
            [
                row("DiskName", "diskName"), row("DiskURI", "diskURI"), row("Kind", "kind"), fileSystem, row("CachingMode", "cachingMode"),
                readOnly,
            ]),
        VolumeKind(
            "azureFile", "AzureFile", "an Azure File Service mount on the host and bind mount to the pod",
            [
                row("SecretName", "secretName", kind: "Secret"), row("SecretNamespace", "secretNamespace"), row("ShareName", "shareName"),
                readOnly,
            ]),
        VolumeKind(
            "vsphereVolume", "vSphereVolume", "a Persistent Disk resource in vSphere",
            [row("VolumePath", "volumePath"), fileSystem, row("StoragePolicyName", "storagePolicyName")]),
        VolumeKind("portworxVolume", "PortworxVolume", "a Portworx Volume resource", [row("VolumeID", "volumeID")]),
        VolumeKind(
            "gitRepo", "GitRepo", "a volume that is pulled from git when the pod is created",
            [row("Repository", "repository"), row("Revision", "revision")]),
        VolumeKind(
            "quobyte", "Quobyte", "a Quobyte mount on the host that shares a pod's lifetime",
            [row("Registry", "registry"), row("Volume", "volume"), readOnly]),
        VolumeKind(
            "scaleIO", "ScaleIO", "a persistent volume backed by a block device in ScaleIO",
            [
                row("Gateway", "gateway"), row("System", "system"), row("Protection Domain", "protectionDomain"),
                row("Storage Pool", "storagePool"),
                row("Storage Mode", "storageMode"), row("VolumeName", "volumeName"), secret, fileSystem, readOnly,
            ]),
        VolumeKind(
            "storageos", "StorageOS", "a StorageOS Persistent Disk resource",
            [row("VolumeName", "volumeName"), row("VolumeNamespace", "volumeNamespace"), fileSystem, readOnly]),
        VolumeKind(
            "flocker", "Flocker", "a Flocker volume mounted by the Flocker agent",
            [row("DatasetName", "datasetName"), row("DatasetUUID", "datasetUUID")]),
        VolumeKind(
            "photonPersistentDisk", "PhotonPersistentDisk", "a Persistent Disk resource in photon platform",
            [row("PdID", "pdID"), fileSystem]),
    ]
}
