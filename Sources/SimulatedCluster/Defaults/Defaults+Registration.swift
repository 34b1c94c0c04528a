import KubernetesModel

extension Defaults {
    static func mutatingWebhooks(_ json: inout JSONObject) {
        json.modifyEach("webhooks") { hook in
            webhook(&hook)
            hook.setDefaultText("reinvocationPolicy", "Never")
        }
    }

    static func validatingPolicy(_ json: inout JSONObject) {
        json.modifyOrCreate("spec") { spec in
            spec.setDefaultText("failurePolicy", "Fail")
            spec.modify("matchConstraints", matching)
        }
    }

    static func policyBinding(_ json: inout JSONObject) {
        json.modify("spec") { spec in spec.modify("matchResources", matching) }
    }

    static func apiService(_ json: inout JSONObject) {
        json.modify("spec") { spec in
            spec.modify("service") { $0.setDefault("port", 443) }
        }
    }

    static func webhook(_ webhook: inout JSONObject) {
        webhook.setDefaultText("failurePolicy", "Fail")
        matching(&webhook)
        webhook.setDefault("timeoutSeconds", 10)
        webhook.modify("clientConfig") { config in
            config.modify("service") { $0.setDefault("port", 443) }
        }
        webhook.modifyEach("rules") { $0.setDefaultText("scope", "*") }
    }

    private static func matching(_ rules: inout JSONObject) {
        rules.setDefaultText("matchPolicy", "Equivalent")
        rules.setDefault("namespaceSelector", .object([:]))
        rules.setDefault("objectSelector", .object([:]))
        for list in ["resourceRules", "excludeResourceRules"] {
            rules.modifyEach(list) { $0.setDefaultText("scope", "*") }
        }
    }

    static func customResourceDefinition(_ spec: inout JSONObject) {
        spec.modifyOrCreate("names") { names in
            let kind = names.string("kind")
            guard !kind.isEmpty else { return }
            names.setDefaultText("singular", kind.lowercased())
            names.setDefaultText("listKind", kind + "List")
        }
        spec.modifyOrCreate("conversion") { conversion in
            conversion.setDefaultText("strategy", "None")
            conversion.modify("webhook") { webhook in
                webhook.modify("clientConfig") { config in
                    config.modify("service") { $0.setDefault("port", 443) }
                }
            }
        }
    }
}
