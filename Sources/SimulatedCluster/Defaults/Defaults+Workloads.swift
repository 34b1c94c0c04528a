import KubernetesModel

extension Defaults {
    static let workloadRules: [GroupKind: Rule] = [
        GroupKind(group: "apps", "Deployment"): { json in json.modifyOrCreate("spec") { deployment(&$0) } },
        GroupKind(group: "apps", "ReplicaSet"): { json in
            json.modifyOrCreate("spec") { spec in
                spec.setDefault("replicas", 1)
                spec.modifyOrCreate("template") { podTemplate(&$0) }
            }
        },
        GroupKind(group: "apps", "StatefulSet"): { json in json.modifyOrCreate("spec") { statefulSet(&$0) } },
        GroupKind(group: "apps", "DaemonSet"): { json in json.modifyOrCreate("spec") { daemonSet(&$0) } },
    ]

    private static func deployment(_ spec: inout JSONObject) {
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

    private static func statefulSet(_ spec: inout JSONObject) {
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

    private static func daemonSet(_ spec: inout JSONObject) {
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
