import KubernetesModel

extension Defaults {
    private static let fileMode: JSONValue = 420

    static func volume(_ volume: inout JSONObject) {
        // A volume without a source is an empty directory.
        if volume.keys.allSatisfy({ $0 == "name" || volume.present($0) == nil }) { volume["emptyDir"] = .object([:]) }
        for source in ["secret", "configMap", "downwardAPI", "projected"] {
            volume.modify(source) { $0.setDefault("defaultMode", fileMode) }
        }
        volume.modify("downwardAPI") { downwardItems(&$0) }
        volume.modify("projected") { projected in
            projected.modifyEach("sources") { source in
                source.modify("serviceAccountToken") { $0.setDefault("expirationSeconds", 3600) }
                source.modify("downwardAPI") { downwardItems(&$0) }
            }
        }
        volume.modify("ephemeral") { ephemeral in
            ephemeral.modify("volumeClaimTemplate") { template in
                template.modify("spec") { $0.setDefaultText("volumeMode", "Filesystem") }
            }
        }
        volume.modify("image") { image in
            let policy = ImageTag.isLatest(image.string("reference")) ? "Always" : "IfNotPresent"
            image.setDefaultText("pullPolicy", policy)
        }
        volumeSource(&volume)
    }

    /// The sources that pods and persistent volumes have in common.
    static func volumeSource(_ volume: inout JSONObject) {
        volume.modify("hostPath") { $0.setDefault("type", "") }
        volume.modify("iscsi") { $0.setDefaultText("iscsiInterface", "default") }
        volume.modify("rbd") { source in
            source.setDefaultText("pool", "rbd")
            source.setDefaultText("user", "admin")
            source.setDefaultText("keyring", "/etc/ceph/keyring")
        }
        volume.modify("azureDisk") { source in
            source.setDefaultText("cachingMode", "ReadWrite")
            source.setDefaultText("kind", "Shared")
            source.setDefaultText("fsType", "ext4")
            source.setDefault("readOnly", false)
        }
        volume.modify("scaleIO") { source in
            source.setDefaultText("storageMode", "ThinProvisioned")
            source.setDefaultText("fsType", "xfs")
        }
    }

    private static func downwardItems(_ source: inout JSONObject) {
        source.modifyEach("items") { item in
            item.modify("fieldRef") { $0.setDefaultText("apiVersion", "v1") }
            item.modify("resourceFieldRef") { $0.setDefault("divisor", "0") }
        }
    }
}
