import KubernetesModel

extension Defaults {
    static func pod(_ json: inout JSONObject) {
        json.modifyOrCreate("spec") { spec in
            podSpec(&spec)
            spec.setDefault("enableServiceLinks", true)
            for list in ["containers", "initContainers"] {
                spec.modifyEach(list) { container in
                    container.modify("resources") { $0.fillResources("requests", from: "limits") }
                }
            }
            podResources(&spec)
            if spec.bool("hostNetwork") { hostPorts(&spec) }
        }
    }

    /// What a pod template gets: less than a pod, which the admission of its pods completes.
    static func podTemplate(_ json: inout JSONObject) {
        json.modifyOrCreate("spec") { podSpec(&$0) }
    }

    static func podSpec(_ spec: inout JSONObject) {
        spec.setDefaultText("restartPolicy", "Always")
        spec.setDefault("terminationGracePeriodSeconds", 30)
        spec.setDefaultText("dnsPolicy", "ClusterFirst")
        spec.setDefault("securityContext", .object([:]))
        spec.setDefaultText("schedulerName", "default-scheduler")
        // The old and the new name of one field: `serviceAccountName` wins.
        if spec.string("serviceAccountName").isEmpty, !spec.string("serviceAccount").isEmpty {
            spec["serviceAccountName"] = spec["serviceAccount"]
        } else if !spec.string("serviceAccountName").isEmpty {
            spec["serviceAccount"] = spec["serviceAccountName"]
        }
        for list in ["initContainers", "containers", "ephemeralContainers"] {
            spec.modifyEach(list) { container(&$0) }
        }
        spec.modifyEach("volumes") { volume(&$0) }
    }

    /// A request for the whole pod that is missing where there is a limit is that limit, but not below its containers' sum:
    /// containers state their own then.
    private static func podResources(_ spec: inout JSONObject) {
        spec.modify("resources") { $0.fillResources("requests", from: "limits") }
    }

    private static func hostPorts(_ spec: inout JSONObject) {
        for list in ["initContainers", "containers"] {
            spec.modifyEach(list) { container in
                container.modifyEach("ports") { port in
                    if port.int("hostPort") ?? 0 == 0, let number = port["containerPort"] { port["hostPort"] = number }
                }
            }
        }
    }
}
