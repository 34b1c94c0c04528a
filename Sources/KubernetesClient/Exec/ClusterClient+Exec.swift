import KubernetesModel
import NIOCore
import NIOHTTP1

extension ClusterClient {
    /// Starts a command in a pod's container.
    /// - Throws: when it can't be started: no such pod or container, or no right to.
    package func exec(pod: String, namespace: String, _ options: ExecOptions) async throws(ClientError) -> ExecSession {
        try await session(.exec, "exec", pod, namespace, options)
    }

    /// Connects to what a container runs already: the command of `options` is not used.
    package func attach(pod: String, namespace: String, _ options: ExecOptions) async throws(ClientError) -> ExecSession {
        try await session(.attach, "attach", pod, namespace, options)
    }

    private func session(
        _ operation: ClientError.Operation, _ subresource: String, _ pod: String, _ namespace: String, _ options: ExecOptions
    ) async throws(ClientError) -> ExecSession {
        var call = call(operation, .GET, GroupVersionResource(resource: "pods"), namespace, pod, subresource)
        call.query = options.query
        let (socket, subprotocol) = try await openSocket(call, subprotocols: ChannelMachine.Version.allCases.map(\.rawValue))
        guard let version = subprotocol.flatMap({ ChannelMachine.Version(rawValue: $0) }) else {
            try? await socket.executeThenClose { _, _ in }
            throw call.error(.notUnderstood("it speaks another protocol for running commands (\(subprotocol ?? "none"))"))
        }
        return ExecSession(socket, version: version, options: options)
    }

    /// Runs a command to its end, and returns all it wrote.
    /// - Parameter limit: the number of bytes that it may write; when it writes more, it is not read to its end.
    package func run(
        _ command: [String], pod: String, namespace: String, container: String? = nil, limit: Int = 1 << 20
    ) async throws(ClientError) -> ExecResult {
        let options = ExecOptions(command, container: container)
        let session = try await exec(pod: pod, namespace: namespace, options)
        defer { session.close() }
        var result = ExecResult()
        while let events = await session.next() {
            for event in events where !result.take(event, limit: limit) { return result }
        }
        return result
    }
}
