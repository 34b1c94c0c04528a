import KubernetesModel

extension Defaults {
    static func storageClass(_ json: inout JSONObject) {
        json.setDefaultText("reclaimPolicy", "Delete")
        json.setDefaultText("volumeBindingMode", "Immediate")
    }

    static func persistentVolumeClaim(_ json: inout JSONObject) {
        json.modifyOrCreate("spec") { $0.setDefaultText("volumeMode", "Filesystem") }
        json.modifyOrCreate("status") { $0.setDefaultText("phase", "Pending") }
    }

    static func persistentVolume(_ json: inout JSONObject) {
        json.modifyOrCreate("spec") { spec in
            spec.setDefaultText("persistentVolumeReclaimPolicy", "Retain")
            spec.setDefaultText("volumeMode", "Filesystem")
            volumeSource(&spec)
        }
        json.modifyOrCreate("status") { $0.setDefaultText("phase", "Pending") }
    }

    static func driver(_ spec: inout JSONObject) {
        spec.setDefault("attachRequired", true)
        spec.setDefault("podInfoOnMount", false)
        spec.setDefault("storageCapacity", false)
        spec.setDefaultText("fsGroupPolicy", "ReadWriteOnceWithFSType")
        if spec["volumeLifecycleModes"]?.arrayValue?.isEmpty ?? true { spec["volumeLifecycleModes"] = ["Persistent"] }
        spec.setDefault("requiresRepublish", false)
        spec.setDefault("seLinuxMount", false)
    }
}
