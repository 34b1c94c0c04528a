import KubernetesModel

extension Defaults {
    private static let admission = "admissionregistration.k8s.io"

    static let registrationRules: [GroupKind: Rule] = [
        GroupKind(group: admission, "ValidatingWebhookConfiguration"): { json in
            json.modifyEach("webhooks") { webhook(&$0) }
        },
        GroupKind(group: admission, "MutatingWebhookConfiguration"): { json in
            json.modifyEach("webhooks") { hook in
                webhook(&hook)
                hook.setDefaultText("reinvocationPolicy", "Never")
            }
        },
        GroupKind(group: admission, "ValidatingAdmissionPolicy"): { json in
            json.modifyOrCreate("spec") { spec in
                spec.setDefaultText("failurePolicy", "Fail")
                spec.modify("matchConstraints") { matching(&$0) }
            }
        },
        GroupKind(group: "apiextensions.k8s.io", "CustomResourceDefinition"): { json in
            json.modifyOrCreate("spec") { customResourceDefinition(&$0) }
        },
        GroupKind(group: "apiregistration.k8s.io", "APIService"): { json in
            json.modify("spec") { spec in
                spec.modify("service") { $0.setDefault("port", 443) }
            }
        },
    ]

    private static func webhook(_ webhook: inout JSONObject) {
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

    private static func customResourceDefinition(_ spec: inout JSONObject) {
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
