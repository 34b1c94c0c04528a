import KubernetesModel
import NIOCore
import NIOHTTP1

extension ClusterClient {
    /// Starts a command in a pod's container.
    /// - Throws: when it can't be started: no such pod or container, or no right to.
    package func exec(pod: String, namespace: String, _ options: ExecOptions) async throws(ClientError) -> ExecSession {
        var call = call(.exec, .GET, GroupVersionResource(resource: "pods"), namespace, pod, "exec")
        call.query = options.query
        do throws(ClientError.Cause) {
            let authorization = try await credentials.current()
            var answer = try await open(call, authorization)
            if case .refused(let status) = answer, status.code == 401, let renewed = try await credentials.renewed(after: authorization) {
                answer = try await open(call, renewed)
            }
            switch answer {
            case .refused(let status): throw .status(status)
            case .opened(let socket, let subprotocol):
                guard let version = subprotocol.flatMap({ ChannelMachine.Version(rawValue: $0) }) else {
                    try? await socket.executeThenClose { _, _ in }
                    throw .notUnderstood("it speaks another protocol for running commands (\(subprotocol ?? "none"))")
                }
                return ExecSession(socket, version: version, options: options)
            }
        } catch {
            throw call.error(error)
        }
    }

    /// Runs a command to its end, and returns all it wrote.
    package func run(
        _ command: [String], pod: String, namespace: String, container: String? = nil, input: [UInt8]? = nil
    ) async throws(ClientError) -> ExecResult {
        let options = ExecOptions(command, container: container, hasInput: input != nil)
        let session = try await exec(pod: pod, namespace: namespace, options)
        if let input {
            await session.write(input)
            await session.closeInput()
        }
        var result = ExecResult()
        while let events = await session.next() {
            for event in events {
                switch event {
                case .output(let bytes): result.output += bytes
                case .error(let bytes): result.error += bytes
                case .ended(let end): result.end = end
                }
            }
        }
        session.close()
        return result
    }

    private func open(_ call: APICall, _ authorization: Authorization) async throws(ClientError.Cause) -> WebSocketConnector.Answer {
        do {
            return try await WebSocketConnector(configuration: configuration).open(
                call.pathAndQuery, subprotocols: ChannelMachine.Version.allCases.map(\.rawValue), headers: headers(authorization),
                certificate: authorization.certificate
            )
        } catch {
            throw cause(of: error)
        }
    }
}
