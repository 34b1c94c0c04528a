package struct Ingress: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var className: String? { spec.string("ingressClassName") ?? annotations["kubernetes.io/ingress.class"] }
    package var rules: [JSONValue] { spec.elements("rules") }
    package var defaultBackend: JSONValue? { spec["defaultBackend"] }
    package var hosts: [String] { rules.compactMap { $0.string("host") } }
    package var tls: [JSONValue] { spec.elements("tls") }
    package var loadBalancerIngress: [JSONValue] { status.elements("loadBalancer", "ingress") }

    /// The services that rules and the default send requests to, each once.
    package var serviceNames: [String] {
        var names = rules.flatMap { $0.elements("http", "paths") }.compactMap { $0.string("backend", "service", "name") }
        if let name = defaultBackend?.string("service", "name") { names.append(name) }
        return Set(names).sorted()
    }
}

package struct NetworkPolicy: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    /// A missing selector chooses every pod of the namespace, as an empty one does; nil when it is malformed.
    package var podSelector: LabelSelector? { try? LabelSelector(object: spec["podSelector"] ?? [:]) }
    /// `Ingress`, `Egress` or both; when nothing is said, ingress, and egress where there are rules for it.
    package var policyTypes: [String] {
        let types = spec.strings("policyTypes")
        guard types.isEmpty else { return types }
        return spec.elements("egress").isEmpty ? ["Ingress"] : ["Ingress", "Egress"]
    }
    package var ingress: [JSONValue] { spec.elements("ingress") }
    package var egress: [JSONValue] { spec.elements("egress") }
}

package struct HorizontalPodAutoscaler: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var targetKind: String { spec.string("scaleTargetRef", "kind") ?? "" }
    package var targetName: String { spec.string("scaleTargetRef", "name") ?? "" }
    package var minReplicas: Int { spec.int("minReplicas") ?? 1 }
    package var maxReplicas: Int { spec.int("maxReplicas") ?? 0 }
    package var currentReplicas: Int { status.int("currentReplicas") ?? 0 }
    package var desiredReplicas: Int { status.int("desiredReplicas") ?? 0 }
}

package struct PodDisruptionBudget: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var selector: LabelSelector? { spec.labelSelector("selector") }
    package var minAvailable: IntOrString? { IntOrString(spec["minAvailable"]) }
    package var maxUnavailable: IntOrString? { IntOrString(spec["maxUnavailable"]) }
    package var disruptionsAllowed: Int { status.int("disruptionsAllowed") ?? 0 }
    package var currentHealthy: Int { status.int("currentHealthy") ?? 0 }
    package var desiredHealthy: Int { status.int("desiredHealthy") ?? 0 }
    package var expectedPods: Int { status.int("expectedPods") ?? 0 }
}
