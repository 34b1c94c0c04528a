import KubernetesClient
import KubernetesModel
import ResourceTables

/// What a new object of a kind begins with: the fields that it needs, for a person to fill in.
enum ObjectTemplates {
    /// - Parameter namespace: nil for what belongs to none.
    static func template(of resource: APIResource, named name: String, namespace: String?) throws -> KubernetesObject {
        var metadata: JSONObject = ["name": .string(name)]
        if let namespace, resource.isNamespaced { metadata["namespace"] = .string(namespace) }
        var object: JSONObject = [
            "apiVersion": .string(resource.groupVersion.apiVersion), "kind": .string(resource.kind), "metadata": .object(metadata),
        ]
        let body = try bodies[resource.groupResource.description].map(YAML.parseOne)?.mapped { value, _ in
            value.stringValue.map { .string($0.replacing("NAME", with: name)) } ?? value
        }
        for (key, value) in body?.objectValue ?? [:] { object[key] = value }
        return KubernetesObject(object)
    }

    /// The resources of which more than names is known.
    static var kinds: Set<String> { Set(bodies.keys) }

    private static let workload = """
        spec:
          selector: {matchLabels: {app: NAME}}
          template:
            metadata: {labels: {app: NAME}}
            spec: {containers: [{name: NAME, image: "nginx:1.29"}]}
        """

    private static let job =
        "template: {spec: {restartPolicy: Never, containers: [{name: NAME, image: \"busybox:1.37\", command: [date]}]}}"

    private static let rules = "rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get, list, watch]}]"

    /// By resource; of the others only names are known.
    private static let bodies = [
        "pods": "spec: {containers: [{name: NAME, image: \"nginx:1.29\"}]}",
        "deployments.apps": workload + "\n  replicas: 1",
        "daemonsets.apps": workload,
        "statefulsets.apps": workload + "\n  replicas: 1\n  serviceName: NAME",
        "jobs.batch": "spec: {\(job)}",
        "cronjobs.batch": "spec: {schedule: \"0 * * * *\", jobTemplate: {spec: {\(job)}}}",
        "services": "spec: {selector: {app: NAME}, ports: [{name: http, port: 80, targetPort: 80}]}",
        "configmaps": "data: {key: value}",
        "secrets": "type: Opaque\nstringData: {key: value}",
        "persistentvolumeclaims": "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}",
        "ingresses.networking.k8s.io": """
        spec:
          rules:
          - host: NAME.example.com
            http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: NAME, port: {number: 80}}}}]}
        """,
        "networkpolicies.networking.k8s.io": "spec: {podSelector: {matchLabels: {app: NAME}}, policyTypes: [Ingress], ingress: []}",
        "horizontalpodautoscalers.autoscaling": """
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: NAME}
          minReplicas: 1
          maxReplicas: 3
          metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
        """,
        "poddisruptionbudgets.policy": "spec: {minAvailable: 1, selector: {matchLabels: {app: NAME}}}",
        "roles.rbac.authorization.k8s.io": rules,
        "clusterroles.rbac.authorization.k8s.io": rules,
        "rolebindings.rbac.authorization.k8s.io": """
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: NAME}
        subjects: [{kind: ServiceAccount, name: default}]
        """,
        "clusterrolebindings.rbac.authorization.k8s.io": """
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: NAME}
        subjects: [{kind: ServiceAccount, name: default, namespace: default}]
        """,
    ]
}

extension Shell {
    /// `:create KIND NAME`: a template in the person's editor, and what becomes of it in the cluster.
    func create(_ line: CommandLine) {
        if let obstacle = session.guardLevel.obstacle { return refuse(obstacle, .warning) }
        guard let kind = line.arguments.first, line.arguments.count <= 2 else { return refuse("Say what: create KIND NAME") }
        guard let resource = session.catalog.resource(named: kind) else { return refuse("Unknown resource: \(kind)") }
        guard resource.supports("create") else { return refuse("The server can't create \(resource.name)") }
        let name = line.arguments.dropFirst().first ?? "new-\(resource.singularName)"
        let namespace = resource.isNamespaced ? session.namespaces.single ?? session.configuration.namespace : nil
        do {
            let template = try ObjectTemplates.template(of: resource, named: name, namespace: namespace)
            EditAction.create(template, as: ObjectTarget(resource: resource, namespace: namespace, name: name), in: self)
        } catch {
            refuse(error)
        }
    }
}
