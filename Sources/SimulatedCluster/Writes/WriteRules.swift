package import KubernetesModel

/// A write on its way through the rules.
package struct WriteContext {
    package enum Operation: String, Sendable, Hashable {
        case create = "CREATE"
        case update = "UPDATE"
        case delete = "DELETE"
    }

    package let operation: Operation
    /// In the version of the request.
    package let resource: APIResource
    package let subresource: String?
    package let key: ObjectKey
    package let user: UserInfo
    package let isDryRun: Bool
    package let now: Instant
    package let view: ClusterView
    package let random: Randomness
    /// What the client is to be told beside the answer; nil for the cluster's own writes.
    package var warnings: WarningCollector?

    /// As messages name it: `pods`, `deployments.apps`.
    package var groupResource: GroupResource { resource.groupResource }
}

/// Judges whole objects.
package protocol Validator {
    /// What is wrong with an object that is to be created, or to replace `old`; in Kubernetes's order.
    func validate(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) -> [FieldError]
    /// What is doubtful about an object that is accepted.
    func warnings(about object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) -> [String]
}

/// Changes and refuses writes by the state of the cluster: service accounts, priorities, quotas, limit ranges, pod security,
/// addresses of services.
package protocol Admission {
    /// Before validation; `object` is nil for deletions.
    func admit(_ object: inout KubernetesObject?, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError)
    /// After validation, before the object is stored: addresses and ports are given out here, quotas are charged.
    func finish(_ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError)
}

/// The rules that writes go through besides `Defaults` and `ObjectStrategy`.
package struct WriteRules {
    package var validator: (any Validator)?
    package var admission: (any Admission)?

    package init(validator: (any Validator)? = nil, admission: (any Admission)? = nil) {
        self.validator = validator
        self.admission = admission
    }
}
