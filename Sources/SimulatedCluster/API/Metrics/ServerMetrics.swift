import Foundation
import KubernetesModel

/// `/metrics` of the API server: what there is to count here, under the names by which a real one counts it.
struct ServerMetrics {
    let parts: ClusterParts
    let hub: WatchHub

    func respond() -> APIResponse {
        var text = PrometheusText()
        let requests = parts.requests.counts.sorted { $0.key < $1.key }
        text.add(
            "apiserver_request_total", .counter,
            "Counter of apiserver requests broken out for each verb, dry run value, group, version, "
                + "resource, scope, component, and HTTP response code.", requests.map { (Self.labels($0.key), String($0.value)) })
        let watches = hub.counts.sorted { $0.key.description < $1.key.description }
        text.add(
            "apiserver_longrunning_requests", .gauge,
            "Gauge of all active long-running apiserver requests broken out by verb, group and "
                + "resource.",
            watches.map {
                ([("component", "apiserver"), ("group", $0.key.group), ("resource", $0.key.resource), ("verb", "WATCH")], String($0.value))
            })
        text.add(
            "apiserver_storage_objects", .gauge, "Number of stored objects at the time of last check split by kind.",
            parts.store.resources.map { ([("resource", $0.description)], String(parts.store.count(of: $0))) })
        text.add(
            "kubernetes_build_info", .gauge, "A metric with a constant '1' value labeled by the version from which Kubernetes was built.",
            [([("git_version", RootPaths.kubernetesVersion), ("major", "1"), ("minor", "36"), ("platform", "linux/amd64")], "1")])
        addProcess(to: &text)
        return text.response
    }

    /// The process is the one that simulates; it began when the cluster's clock did.
    private func addProcess(to text: inout PrometheusText) {
        text.add(
            "process_start_time_seconds", .gauge, "Start time of the process since unix epoch in seconds.",
            String(parts.requests.start.seconds))
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return }
        let times = [usage.ru_utime, usage.ru_stime]
        let seconds = times.reduce(0.0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
        text.add(
            "process_cpu_seconds_total", .counter, "Total user and system CPU time spent in seconds.", String(format: "%.2f", seconds))
        // The first two numbers of this file are sizes in pages: of all, and of what is in memory.
        let pages = FileManager.default.contents(atPath: "/proc/self/statm")?.split(separator: UInt8(ascii: " "))
        guard let pages, pages.count > 1, let resident = Int(String(decoding: pages[1], as: UTF8.self)) else { return }
        text.add(
            "process_resident_memory_bytes", .gauge, "Resident memory size in bytes.", String(resident * Int(sysconf(Int32(_SC_PAGESIZE)))))
    }

    private static func labels(_ labels: RequestCounter.Labels) -> [(name: String, value: String)] {
        [
            ("code", String(labels.code)), ("component", "apiserver"), ("dry_run", labels.dryRun), ("group", labels.group),
            ("resource", labels.resource), ("scope", labels.scope), ("subresource", labels.subresource), ("verb", labels.verb),
            ("version", labels.version),
        ]
    }
}
