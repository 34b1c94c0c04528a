extension ClusterClient {
    /// Opens a WebSocket; credentials that the server rejects are renewed once, where they can be.
    /// - Returns: the socket, and which of `subprotocols` the server chose.
    func openSocket(_ call: APICall, subprotocols: [String]) async throws(ClientError) -> (WebSocketConnector.Socket, subprotocol: String?)
    {
        do throws(ClientError.Cause) {
            let credentials = credentials
            let authorization = try await credentials.current()
            var answer = try await open(call, subprotocols, authorization)
            if case .refused(let status) = answer, status.code == 401, let renewed = try await credentials.renewed(after: authorization) {
                answer = try await open(call, subprotocols, renewed)
            }
            switch answer {
            case .refused(let status): throw .status(status)
            case .opened(let socket, let subprotocol): return (socket, subprotocol)
            }
        } catch {
            throw call.error(error)
        }
    }

    private func open(
        _ call: APICall, _ subprotocols: [String], _ authorization: Authorization
    ) async throws(ClientError.Cause) -> WebSocketConnector.Answer {
        do {
            return try await WebSocketConnector(configuration: configuration).open(
                call.pathAndQuery, subprotocols: subprotocols, headers: headers(authorization), certificate: authorization.certificate
            )
        } catch {
            throw cause(of: error)
        }
    }
}
