package import KubernetesModel

/// The kubelets, as the API server asks them: logs, processes and connections of containers.
package protocol NodeAgent {
    /// - Throws: Kubernetes's refusals: no such container, still waiting to start, the node is away.
    func logs(of pod: KubernetesObject, container: String, options: LogOptions) throws(StatusError) -> APIResponse.Body
    /// Runs a command in a container, or attaches to it when `command` is nil. What goes wrong is told within the session.
    func run(_ command: [String]?, in pod: KubernetesObject, container: String, options: StreamOptions) -> DuplexSession
    /// Whether a container is there for a command, or a client, to be connected to.
    func isRunning(_ container: String, of pod: KubernetesObject) -> Bool
    func forward(ports: [Int], to pod: KubernetesObject, over transport: SessionTransport) throws(StatusError) -> DuplexSession
    /// Sends an HTTP request to an address of the cluster's network, as the API server's proxy does.
    func proxy(_ request: ProxiedRequest, then answer: @escaping (ProxiedAnswer) -> Void)
    /// Passes a request on to a node's kubelet.
    /// - Parameter path: at the kubelet, without a leading slash.
    func serve(_ request: APIRequest, path: String, on node: String) throws(StatusError) -> APIResponse
    /// Switches a node's machine on or off; false when there is none of this name.
    func setPower(_ isOn: Bool, of node: String) -> Bool
    /// What `metrics.k8s.io` reports of a node or a pod (`containers`, `usage`, `window`); nil while nothing is measured.
    func metrics(of object: KubernetesObject) -> JSONObject?
}

/// The query of a request for logs.
package struct LogOptions: Sendable, Hashable {
    package var follow = false
    package var previous = false
    package var since: Instant?
    package var tailLines: Int?
    package var limitBytes: Int?
    package var timestamps = false

    package init() {}
}

/// What an exec or attach session connects.
package struct StreamOptions: Sendable, Hashable {
    package var stdin = false
    package var stdout = false
    package var stderr = false
    package var tty = false
    package var transport = SessionTransport.channels
    /// See `SessionProtocol.version`.
    package var version = 5

    package init() {}
}

/// How the streams of a session share its connection.
package enum SessionTransport: Sendable, Hashable {
    /// In messages that begin with the number of a channel.
    case channels
    case spdy
}

/// An HTTP request that the API server passes on into the cluster.
package struct ProxiedRequest: Sendable, Hashable {
    package var method: String
    /// With its query.
    package var path: String
    package var host: String
    package var port: Int
    package var fields: [HTTPField] = []
    package var body: [UInt8] = []
}

package enum ProxiedAnswer: Sendable, Hashable {
    case response(status: Int, fields: [HTTPField], body: [UInt8])
    /// Why there is none, as Go's network library says it.
    case failure(String)
}
