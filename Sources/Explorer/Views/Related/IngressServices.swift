import KubernetesModel

nonisolated extension KubernetesObject {
    /// The Services that an Ingress's rules and its default send requests to, each once.
    var ingressServices: [String] {
        let paths = (spec["rules"]?.arrayValue ?? []).flatMap { $0[path: ["http", "paths"]]?.arrayValue ?? [] }
        let backends = paths.map { $0["backend"] } + [spec["defaultBackend"]]
        return Set(backends.compactMap { $0?[path: ["service", "name"]]?.stringValue }).sorted()
    }
}
