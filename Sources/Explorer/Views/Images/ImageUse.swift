import KubernetesModel

/// An image with the containers that run it.
nonisolated struct ImageUse: Equatable, Sendable {
    struct Place: Equatable, Sendable {
        let pod: ObjectKey
        let container: String
        let node: String
        let state: String
        /// `sha256:…`, as the runtime reports it; empty while nothing has been pulled.
        let digest: String
    }

    let image: String
    let places: [Place]

    var pods: Int { Set(places.map(\.pod)).count }
    var nodes: Int { Set(places.map(\.node).filter { !$0.isEmpty }).count }
    /// More than one means that the same name has been different images at different times.
    var digests: [String] { Set(places.map(\.digest).filter { !$0.isEmpty }).sorted() }

    /// Ordered by name.
    static func all(of pods: [KubernetesObject]) -> [ImageUse] {
        let places = pods.map(Pod.init).flatMap { pod in
            pod.allContainers.map { container in (container.image, place(of: container, in: pod)) }
        }
        return Dictionary(grouping: places) { $0.0 }.map { image, places in
            ImageUse(image: image, places: places.map(\.1).sorted { ($0.pod, $0.container) < ($1.pod, $1.container) })
        }.sorted { $0.image < $1.image }
    }

    private static func place(of container: Container, in pod: Pod) -> Place {
        let status = pod.containerStatus(container.name)
        let state = status.map { $0.state.isRunning ? "Running" : $0.state.reason ?? "Waiting" } ?? "Waiting"
        // `docker.io/library/redis@sha256:…`, or the digest alone.
        let digest = status?.imageID.split(separator: "@").last.map(String.init) ?? ""
        return Place(pod: pod.key, container: container.name, node: pod.nodeName ?? "", state: state, digest: digest)
    }
}
