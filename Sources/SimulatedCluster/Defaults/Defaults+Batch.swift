import KubernetesModel

extension Defaults {
    static func job(_ json: inout JSONObject) {
        json.modifyOrCreate("spec") { spec in
            // A job without either number runs one pod once; with parallelism alone it is a work queue.
            if spec.present("completions") == nil, spec.present("parallelism") == nil { spec["completions"] = 1 }
            spec.setDefault("parallelism", 1)
            let backoffLimit: JSONValue = spec.present("backoffLimitPerIndex") == nil ? 6 : 2_147_483_647
            spec.setDefault("backoffLimit", backoffLimit)
            spec.setDefaultText("completionMode", "NonIndexed")
            spec.setDefault("suspend", false)
            spec.setDefault("manualSelector", false)
            let replacement = spec.present("podFailurePolicy") == nil ? "TerminatingOrFailed" : "Failed"
            spec.setDefaultText("podReplacementPolicy", replacement)
            spec.modify("podFailurePolicy") { policy in
                policy.modifyEach("rules") { rule in
                    rule.modifyEach("onPodConditions") { $0.setDefaultText("status", "True") }
                }
            }
            spec.modifyOrCreate("template") { podTemplate(&$0) }
        }
        // A job without labels of its own has those of its pods.
        let labels = json.object("spec")?.object("template")?.object("metadata")?.object("labels") ?? [:]
        guard !labels.isEmpty, json.object("metadata")?.object("labels")?.isEmpty ?? true else { return }
        json.modifyOrCreate("metadata") { $0["labels"] = .object(labels) }
    }

    static func cronJob(_ spec: inout JSONObject) {
        spec.setDefaultText("concurrencyPolicy", "Allow")
        spec.setDefault("suspend", false)
        spec.setDefault("successfulJobsHistoryLimit", 3)
        spec.setDefault("failedJobsHistoryLimit", 1)
        spec.modifyOrCreate("jobTemplate") { template in
            template.modifyOrCreate("spec") { job in
                job.modifyOrCreate("template") { podTemplate(&$0) }
            }
        }
    }

    static func autoscaler(_ json: inout JSONObject) {
        let isVersion1 = json.string("apiVersion") == "autoscaling/v1"
        json.modifyOrCreate("spec") { spec in
            spec.setDefault("minReplicas", 1)
            if isVersion1 {
                spec.setDefault("targetCPUUtilizationPercentage", 80)
                return
            }
            if spec["metrics"]?.arrayValue?.isEmpty ?? true { spec["metrics"] = [defaultMetric] }
            spec.modify("behavior") { behavior in
                behavior.modifyOrCreate("scaleUp") { scaling(&$0, window: 0, policies: scaleUpPolicies) }
                behavior.modifyOrCreate("scaleDown") { scaling(&$0, window: nil, policies: scaleDownPolicies) }
            }
        }
    }

    private static let defaultMetric: JSONValue = [
        "type": "Resource", "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 80]],
    ]
    private static let scaleUpPolicies: JSONValue = [
        ["type": "Pods", "value": 4, "periodSeconds": 15], ["type": "Percent", "value": 100, "periodSeconds": 15],
    ]
    private static let scaleDownPolicies: JSONValue = [["type": "Percent", "value": 100, "periodSeconds": 15]]

    private static func scaling(_ rules: inout JSONObject, window: Int?, policies: JSONValue) {
        if let window { rules.setDefault("stabilizationWindowSeconds", JSONValue(window)) }
        rules.setDefaultText("selectPolicy", "Max")
        if rules["policies"]?.arrayValue?.isEmpty ?? true { rules["policies"] = policies }
    }
}
