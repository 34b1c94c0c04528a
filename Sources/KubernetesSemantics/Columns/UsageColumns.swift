import KubernetesModel

/// The columns of `metrics.k8s.io`, as the metrics server prints them.
enum UsageColumns {
    static func cells(_ metrics: KubernetesObject, now: Instant) -> [JSONValue] {
        let usages = metrics["usage"].map { [$0] } ?? (metrics["containers"]?.arrayValue ?? []).compactMap { $0["usage"] }
        func sum(_ name: String) -> JSONValue { usages.compactMap { Quantity($0[name]) }.reduce(.zero, +).json }
        return [.string(metrics.name), sum("cpu"), sum("memory"), metrics["window"] ?? ""]
    }
}
