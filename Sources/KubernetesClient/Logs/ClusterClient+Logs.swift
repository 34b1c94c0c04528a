import AsyncHTTPClient
import KubernetesModel
import NIOHTTP1

extension ClusterClient {
    /// Opens the log of a pod's container.
    /// - Throws: when there is none to read: no such pod, a container that has not started, several to choose from.
    package func logs(
        pod: String, namespace: String, _ options: LogOptions = LogOptions()
    ) async throws(ClientError) -> LogStream {
        var call = call(.logs, .GET, GroupVersionResource(resource: "pods"), namespace, pod, "log")
        call.query = options.query
        call.accept = "text/plain, */*"
        call.isStream = true
        let opened = try await open(call)
        guard opened.status == .ok else { throw await failure(opened, of: call) }
        return LogStream(opened.response, of: call, client: self, options: options)
    }
}
