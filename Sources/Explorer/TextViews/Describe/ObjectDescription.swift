import KubernetesClient
import KubernetesModel
import KubernetesSemantics
import TextUI

/// An object told for reading, as `kubectl describe` tells it: what it is, how it is, what belongs to it, and its events.
struct ObjectDescription {
    let object: KubernetesObject
    let fields: FieldReader
    let now: Instant
    let beside: (ReflectorScope) -> ObjectMirror
    var outline: Outline
    private let resource: APIResource

    /// - Parameter beside: what is known of the scopes that `scopes(of:resource:)` names.
    init(_ object: KubernetesObject, resource: APIResource, theme: Theme, now: Instant, beside: @escaping (ReflectorScope) -> ObjectMirror)
    {
        self.object = object.withoutManagedFields.parsed()
        fields = FieldReader(self.object)
        self.resource = resource
        self.now = now
        self.beside = beside
        outline = Outline(theme: theme)
    }

    mutating func told() -> Outline {
        switch resource.groupResource.description {
        case "pods": pod()
        case "replicationcontrollers": replicationController()
        case "deployments.apps": deployment()
        case "replicasets.apps": replicaSet()
        case "statefulsets.apps": statefulSet()
        case "daemonsets.apps": daemonSet()
        case "jobs.batch": job()
        case "cronjobs.batch": cronJob()
        case "services": service()
        case "endpoints": endpoints()
        case "endpointslices.discovery.k8s.io": endpointSlice()
        case "ingresses.networking.k8s.io": ingress()
        case "ingressclasses.networking.k8s.io": ingressClass()
        case "networkpolicies.networking.k8s.io": networkPolicy()
        case "servicecidrs.networking.k8s.io": serviceCIDR()
        case "ipaddresses.networking.k8s.io": ipAddress()
        case "configmaps": configMap()
        case "secrets": secret()
        case "serviceaccounts": serviceAccount()
        case "persistentvolumes": persistentVolume()
        case "persistentvolumeclaims": persistentVolumeClaim()
        case "storageclasses.storage.k8s.io": storageClass()
        case "volumeattributesclasses.storage.k8s.io": volumeAttributesClass()
        case "csinodes.storage.k8s.io": csiNode()
        case "nodes": node()
        case "namespaces": namespace()
        case "resourcequotas": resourceQuota()
        case "limitranges": limitRange()
        case "poddisruptionbudgets.policy": podDisruptionBudget()
        case "horizontalpodautoscalers.autoscaling": autoscaler()
        case "priorityclasses.scheduling.k8s.io": priorityClass()
        case "roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io": role()
        case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io": roleBinding()
        case "certificatesigningrequests.certificates.k8s.io": certificateSigningRequest()
        default: anything()
        }
        events()
        return outline
    }

    // MARK: What all kinds share

    mutating func name() {
        outline.field("Name", object.name)
        if let namespace = object.namespace { outline.field("Namespace", namespace, link: .builtIn("Namespace", namespace)) }
        if let deleted = object.metadata.deletionRequest { outline.field("Deletion asked for", time(deleted)) }
    }

    mutating func labelsAndAnnotations() {
        outline.pairs("Labels", fields.metadata.labels.json, separator: "=")
        outline.pairs("Annotations", annotations(fields.metadata), separator: ": ")
    }

    /// All but the copy of the object that `kubectl apply` keeps: of a Secret it holds the values.
    func annotations(_ metadata: FieldReader) -> JSONValue {
        .object(metadata.annotations.members.filter { key, _ in key != KubectlApply.annotation })
    }

    mutating func created(_ title: String = "CreationTimestamp") {
        outline.field(title, time(object.metadata.creationTimestamp))
    }

    mutating func controller() {
        guard let owner = object.metadata.controller else { return }
        let reference = ObjectReference(apiVersion: owner.apiVersion, kind: owner.kind, namespace: object.namespace, name: owner.name)
        outline.field("Controlled By", "\(owner.kind)/\(owner.name)", link: reference)
    }

    /// What is true of the object, with the reasons where there are any.
    mutating func conditions(_ conditions: FieldReader? = nil) {
        let conditions = (conditions ?? fields.status.conditions).elements
        guard !conditions.isEmpty else { return }
        outline.heading("Conditions")
        outline.table(
            ["Type", "Status", "Since", "Reason", "Message"],
            conditions.map { condition in
                let since = condition.lastTransitionTime.text(or: condition.lastProbeTime.text)
                return [
                    LinkedText(condition.type.text), LinkedText(condition.status.text), LinkedText(since.isEmpty ? "" : age(since)),
                    LinkedText(condition.reason.text), LinkedText(condition.message.text),
                ]
            })
    }

    // MARK: Texts

    func time(_ text: String?) -> String {
        guard let text, let instant = KubernetesTime.parse(text) else { return text ?? "<unset>" }
        return time(instant)
    }

    func time(_ instant: Instant) -> String {
        "\(KubernetesTime.rfc1123(instant)) (\(HumanDuration.text(since: instant, now: now)) ago)"
    }

    func age(_ text: String) -> String {
        CellText.age(since: text, now: now)
    }

    func link(_ kind: String, _ name: String) -> ObjectReference? {
        name.isEmpty ? nil : .builtIn(kind, namespace: object.namespace, name)
    }

    func selector(_ selector: FieldReader) -> String {
        let text = CellText.selectorText(selector)
        return text.isEmpty ? "<none>" : text
    }

    // MARK: Events

    private mutating func events() {
        let mirrors = Self.eventScopes(of: object).map(beside)
        if let problem = mirrors.compactMap(\.problem).first, mirrors.allSatisfy({ $0.objects.isEmpty }) {
            outline.add(
                StyledText("Events", outline.theme[.yamlKey]) + StyledText(":  \(problem)", outline.theme[.flashError]))
            return
        }
        let events = mirrors.flatMap(\.objects).map(Event.init).sorted { ($0.lastSeen ?? now, $0.name) < ($1.lastSeen ?? now, $1.name) }
        guard !events.isEmpty else { return outline.field("Events", mirrors.allSatisfy(\.isComplete) ? "<none>" : "…") }
        outline.heading("Events")
        let rows = events.map { event in
            [event.type, event.reason, seen(event), event.sourceComponent, event.message].map { LinkedText($0) }
        }
        outline.table(["Type", "Reason", "Age", "From", "Message"], rows) { events[$0].isWarning ? .statusPending : .yamlValue }
    }

    private func seen(_ event: Event) -> String {
        let last = event.lastSeen.map { HumanDuration.text(since: $0, now: now) } ?? "<unknown>"
        guard event.count > 1, let first = event.firstSeen else { return last }
        return "\(last) (x\(event.count) over \(HumanDuration.text(since: first, now: now)))"
    }
}
