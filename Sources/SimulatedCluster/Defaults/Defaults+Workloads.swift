import KubernetesModel

extension Defaults {
    static func replicaSet(_ spec: inout JSONObject) {
        spec.setDefault("replicas", 1)
        spec.modifyOrCreate("template", podTemplate)
    }

    static func deployment(_ spec: inout JSONObject) {
        spec.setDefault("replicas", 1)
        spec.modifyOrCreate("strategy") { strategy in
            strategy.setDefaultText("type", "RollingUpdate")
            guard strategy.string("type") == "RollingUpdate" else { return }
            strategy.modifyOrCreate("rollingUpdate") { update in
                update.setDefault("maxUnavailable", "25%")
                update.setDefault("maxSurge", "25%")
            }
        }
        spec.setDefault("revisionHistoryLimit", 10)
        spec.setDefault("progressDeadlineSeconds", 600)
        spec.modifyOrCreate("template") { podTemplate(&$0) }
    }

    static func statefulSet(_ spec: inout JSONObject) {
        spec.setDefault("replicas", 1)
        spec.setDefaultText("podManagementPolicy", "OrderedReady")
        spec.modifyOrCreate("updateStrategy") { strategy in
            strategy.setDefaultText("type", "RollingUpdate")
            guard strategy.string("type") == "RollingUpdate" else { return }
            strategy.modifyOrCreate("rollingUpdate") { $0.setDefault("partition", 0) }
        }
        spec.modifyOrCreate("persistentVolumeClaimRetentionPolicy") { policy in
            policy.setDefaultText("whenDeleted", "Retain")
            policy.setDefaultText("whenScaled", "Retain")
        }
        spec.setDefault("revisionHistoryLimit", 10)
        spec.modifyOrCreate("template") { podTemplate(&$0) }
        spec.modifyEach("volumeClaimTemplates") { template in
            template.setDefaultText("apiVersion", "v1")
            template.setDefaultText("kind", "PersistentVolumeClaim")
            persistentVolumeClaim(&template)
            template.modifyOrCreate("status") { $0.setDefaultText("phase", "Pending") }
        }
    }

    static func daemonSet(_ spec: inout JSONObject) {
        spec.modifyOrCreate("updateStrategy") { strategy in
            strategy.setDefaultText("type", "RollingUpdate")
            guard strategy.string("type") == "RollingUpdate" else { return }
            strategy.modifyOrCreate("rollingUpdate") { update in
                update.setDefault("maxUnavailable", 1)
                update.setDefault("maxSurge", 0)
            }
        }
        spec.setDefault("revisionHistoryLimit", 10)
        spec.modifyOrCreate("template") { podTemplate(&$0) }
    }
}
