import KubernetesModel
import KubernetesSemantics

/// What the containers of a pod use now, as the metrics server tells it; nil while nothing is measured.
typealias PodUsage = (KubernetesObject) -> JSONObject?

/// What an autoscaler's metrics say about the size of its workload.
struct AutoscalerMetrics {
    struct Failure {
        var metric: String
        var reason: String
        var message: String
        var count: Int
        var total: Int
    }

    struct Proposal {
        var replicas: Int?
        /// As events give the reason for a change.
        var reason = ""
        var metricName = ""
        var statuses: [JSONValue] = []
        var failure: Failure?
    }

    private struct Problem: Error {
        var message: String
    }

    private static let tolerance = 0.1
    /// More replicas, or percent, than anything could have.
    private static let most = 1e9

    /// Requests may be as large as numbers get.
    private static func sum(_ amounts: [Int]) -> Int {
        amounts.reduce(0) { $0.addingReportingOverflow($1).overflow ? .max : $0 + $1 }
    }

    private let metrics: [JSONValue]
    private let pods: [KubernetesObject]
    private let usage: PodUsage

    init(_ autoscaler: KubernetesObject, _ workload: KubernetesObject, usage: @escaping PodUsage, in view: ClusterView) {
        metrics = autoscaler.spec["metrics"]?.arrayValue ?? []
        let selector = SelectorTerms(workload.spec["selector"])
        pods = view.list(Resource.pods, namespace: autoscaler.namespace) { selector.matches($0.labels) && !$0.isBeingDeleted }
            .filter { !$0.isFinishedPod }
        self.usage = usage
    }

    /// The largest size that any metric asks for.
    func proposal(current: Int) -> Proposal {
        var result = Proposal()
        var problems: [(metric: String, message: String)] = []
        for metric in metrics {
            let name = metric["resource"]?["name"]?.stringValue ?? metric["type"]?.stringValue ?? ""
            do throws(Problem) {
                let (replicas, status, title) = try evaluate(metric, name, current: current)
                result.statuses.append(status)
                guard replicas > result.replicas ?? -1 else { continue }
                result.replicas = replicas
                result.metricName = title
                result.reason = replicas > current ? "\(title) above target" : "All metrics below target"
            } catch {
                problems.append((name, error.message))
            }
        }
        if let first = problems.first {
            result.failure = Failure(
                metric: first.metric, reason: "FailedGetResourceMetric", message: first.message, count: problems.count,
                total: metrics.count)
        }
        return result
    }

    private func evaluate(
        _ metric: JSONValue, _ name: String, current: Int
    ) throws(Problem) -> (replicas: Int, status: JSONValue, title: String) {
        guard metric["type"] == "Resource", let target = metric["resource"]?["target"] else {
            throw Problem(message: "unable to get metric \(name): no metrics returned from custom metrics API")
        }
        let samples = try samples(of: name)
        let used = Self.sum(samples.map(\.used))
        let average = used / max(samples.count, 1)
        let amount = name == "cpu" ? Quantity(milli: average) : Quantity(average / 1000, format: .binarySI)
        var status: JSONObject = ["averageValue": amount.json]
        let ratio: Double
        let title: String
        if let percent = target["averageUtilization"]?.intValue {
            let requested = Self.sum(try samples.map { sample throws(Problem) in try request(of: name, in: sample.pod) })
            let utilization = requested == 0 ? 0 : Int(min(Double(used) / Double(requested) * 100, Self.most))
            status["averageUtilization"] = JSONValue(utilization)
            ratio = Double(utilization) / Double(max(percent, 1))
            title = "\(name) resource utilization (percentage of request)"
        } else {
            let wanted = Quantity(target["averageValue"] ?? target["value"])?.milliValue ?? 1
            ratio = Double(average) / Double(max(wanted, 1))
            title = "\(name) resource"
        }
        let json: JSONValue = ["type": "Resource", "resource": ["name": .string(name), "current": .object(status)]]
        let isClose = abs(ratio - 1) <= Self.tolerance
        return (isClose ? current : Int(min((ratio * Double(samples.count)).rounded(.up), Self.most)), json, title)
    }

    /// In thousandths; pods that are not ready tell nothing.
    private func samples(of name: String) throws(Problem) -> [(pod: KubernetesObject, used: Int)] {
        let samples = pods.filter(\.isReadyPod).compactMap { pod -> (KubernetesObject, Int)? in
            guard let containers = usage(pod)?["containers"]?.arrayValue else { return nil }
            return (pod, Self.sum(containers.compactMap { Quantity($0["usage"]?[name])?.milliValue }))
        }
        guard !samples.isEmpty else {
            throw Problem(
                message: "failed to get \(name) utilization: unable to get metrics for resource \(name): "
                    + "no metrics returned from resource metrics API")
        }
        return samples
    }

    private func request(of name: String, in pod: KubernetesObject) throws(Problem) -> Int {
        var requests: [Int] = []
        for container in pod.spec["containers"]?.arrayValue ?? [] {
            guard let request = Quantity(container["resources"]?["requests"]?[name])?.milliValue else {
                let place = "container \(container["name"]?.stringValue ?? "") of Pod \(pod.name)"
                throw Problem(message: "failed to get \(name) utilization: missing request for \(name) in \(place)")
            }
            requests.append(request)
        }
        return Self.sum(requests)
    }
}
