import KubernetesModel

/// The two fields that say what a claim's volume is filled with: an older one for claims and snapshots, and a newer one for
/// anything. A server keeps them alike.
enum ClaimSources {
    static func prepare(_ spec: inout JSONObject) {
        if let old = spec.object("dataSource"), !isClassic(old) { spec.removeValue(forKey: "dataSource") }
        switch (spec.present("dataSource"), spec.object("dataSourceRef")) {
        case (let old?, nil): spec["dataSourceRef"] = old
        case (nil, let new?):
            if new.string("namespace").isEmpty { spec["dataSource"] = .object(new.filter { key, _ in key != "namespace" }) }
        default: break
        }
    }

    private static func isClassic(_ source: JSONObject) -> Bool {
        switch (source.string("apiGroup"), source.string("kind")) {
        case ("", "PersistentVolumeClaim"), ("snapshot.storage.k8s.io", "VolumeSnapshot"): true
        default: false
        }
    }
}
