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
