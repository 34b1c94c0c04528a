import KubernetesModel
import NIOHTTP1

extension ClusterClient {
    /// Asks the cluster what it serves: in two requests, or in one for each group's version where the server is old.
    package func discover() async throws(ClientError) -> Discovery {
        var discovered = try await discover(at: "/api")
        discovered.add(try await discover(at: "/apis"))
        let version = try? await document(discoveryCall("/version"))
        return Discovery(
            catalog: discovered.catalog(),
            serverVersion: version?["gitVersion"]?.stringValue ?? "",
            unavailable: discovered.unavailable
        )
    }

    private func discover(at path: String) async throws(ClientError) -> DiscoveredResources {
        let document = try await document(discoveryCall(path, accept: AggregatedDiscovery.accept))
        if let discovered = AggregatedDiscovery.read(document) { return discovered }
        var discovered = DiscoveredResources(groupVersions: LegacyDiscovery.groupVersions(document))
        for groupVersion in discovered.groupVersions {
            do throws(ClientError) {
                let list = try await self.document(discoveryCall(groupVersion.path))
                discovered.resources += LegacyDiscovery.resources(list, in: groupVersion)
            } catch {
                // One aggregated API that is down must not hide the others; a lost connection is another matter.
                guard error.statusCode != nil else { throw error }
                discovered.unavailable.append(groupVersion)
            }
        }
        return discovered
    }

    private func discoveryCall(_ path: String, accept: String = "application/json") -> APICall {
        APICall(operation: .discover, target: .init(path: path), method: .GET, path: path, accept: accept)
    }
}
