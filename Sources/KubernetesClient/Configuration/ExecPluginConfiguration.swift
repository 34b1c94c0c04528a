package import KubernetesModel

/// The `exec` part of a kubeconfig's user: a program that prints credentials, as `aws eks get-token` does.
package struct ExecPluginConfiguration: Sendable, Hashable {
    package enum InteractiveMode: String, Sendable, Hashable {
        case never = "Never"
        case ifAvailable = "IfAvailable"
        case always = "Always"
    }

    /// `client.authentication.k8s.io/v1` or `…/v1beta1`; the answer must have the same.
    package var apiVersion: String
    package var command: String
    package var arguments: [String]
    /// Added to this process's environment.
    package var environment: [String: String]
    package var interactiveMode: InteractiveMode
    /// What to tell people who do not have the program.
    package var installHint: String?
    /// The `cluster` to put into `KUBERNETES_EXEC_INFO`; nil unless the user entry asks for it.
    package var clusterInfo: JSONValue?

    package init(
        apiVersion: String, command: String, arguments: [String] = [], environment: [String: String] = [:],
        interactiveMode: InteractiveMode = .ifAvailable, installHint: String? = nil, clusterInfo: JSONValue? = nil
    ) {
        self.apiVersion = apiVersion
        self.command = command
        self.arguments = arguments
        self.environment = environment
        self.interactiveMode = interactiveMode
        self.installHint = installHint
        self.clusterInfo = clusterInfo
    }

    /// What errors call it: the words up to the first option, since options may carry secrets.
    package var name: String { ([command] + arguments.prefix { !$0.hasPrefix("-") }).joined(separator: " ") }
}
