package import KubernetesClient
package import ResourceTables

/// What the command line decided.
nonisolated package struct ExplorerOptions: Sendable {
    /// A context of the kubeconfig, as the list of contexts shows it.
    package struct Context: Sendable, Hashable {
        package let name: String
        package let cluster: String
        package let user: String
        package let namespace: String

        package init(name: String, cluster: String, user: String, namespace: String) {
            self.name = name
            self.cluster = cluster
            self.user = user
            self.namespace = namespace
        }
    }

    package var configuration: ClusterConfiguration
    /// All contexts there are, in the kubeconfig's order.
    package var contexts: [Context] = []
    /// The file in which a context stands; nil where none does.
    package var fileOfContext: @Sendable (String) -> String? = { _ in nil }
    /// The contexts, where the kubeconfig has changed since it was last asked; nil where it has not.
    package var changedContexts: @Sendable () throws -> [Context]? = { nil }
    /// Resolves another context of the kubeconfig, as it is now, with the same overrides from the command line.
    package var configurationOfContext: @Sendable (String) throws -> ClusterConfiguration
    /// Run instead of opening the overview: `pods kube-system`, with or without the colon.
    package var command: String?
    package var namespaces: NamespaceChoice?
    package var theme: String?
    package var isReadOnly = false
    /// For a cluster in which nothing can come to harm; nil lets the configuration and the context's name decide.
    package var guardLevel: GuardLevel?
    /// Nil keeps no log.
    package var log: MessageLog.Settings?
    package var environment: [String: String]

    package init(
        configuration: ClusterConfiguration,
        contexts: [Context] = [],
        environment: [String: String] = [:],
        configurationOfContext: @escaping @Sendable (String) throws -> ClusterConfiguration
    ) {
        self.configuration = configuration
        self.contexts = contexts
        self.environment = environment
        self.configurationOfContext = configurationOfContext
    }
}
