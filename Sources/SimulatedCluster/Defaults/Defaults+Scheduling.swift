import KubernetesModel

extension Defaults {
    static let schedulingRules: [GroupKind: Rule] = [
        GroupKind(group: "scheduling.k8s.io", "PriorityClass"): { $0.setDefaultText("preemptionPolicy", "PreemptLowerPriority") },
        GroupKind(group: "flowcontrol.apiserver.k8s.io", "FlowSchema"): { json in
            json.modifyOrCreate("spec") { $0.setDefault("matchingPrecedence", 1000) }
        },
        GroupKind(group: "flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration"): { json in
            json.modifyOrCreate("spec") { priorityLevel(&$0) }
        },
    ]

    private static func priorityLevel(_ spec: inout JSONObject) {
        spec.modify("limited") { limited in
            limited.setDefault("nominalConcurrencyShares", 30)
            limited.setDefault("lendablePercent", 0)
            limited.modify("limitResponse") { response in
                response.modify("queuing") { queuing in
                    queuing.setDefault("queues", 64)
                    queuing.setDefault("handSize", 8)
                    queuing.setDefault("queueLengthLimit", 50)
                }
            }
        }
        spec.modify("exempt") { exempt in
            exempt.setDefault("nominalConcurrencyShares", 0)
            exempt.setDefault("lendablePercent", 0)
        }
    }
}
