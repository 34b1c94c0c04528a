package import KubernetesModel

/// Amounts of resources by name, as the scheduler counts them: `cpu` in thousandths, everything else in whole units.
package struct ResourceAmounts: Sendable, Hashable {
    package private(set) var amounts: [String: Int] = [:]

    package init() {}

    /// From an object such as `requests` or `allocatable`. Amounts that cannot be read count as nothing.
    package init(_ json: JSONValue?) {
        for (name, value) in json?.objectValue ?? [:] {
            guard let quantity = Quantity(value) else { continue }
            amounts[name] = name == "cpu" ? quantity.milliValue : quantity.value
        }
    }

    package subscript(name: String) -> Int {
        get { amounts[name] ?? 0 }
        set { amounts[name] = newValue }
    }

    package static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.amounts.merge(right.amounts) { $0 + $1 }
        return sum
    }

    package static func - (left: Self, right: Self) -> Self {
        var difference = left
        for (name, amount) in right.amounts { difference[name] -= amount }
        return difference
    }

    /// The larger of both, name by name.
    func maximum(_ other: Self) -> Self {
        var result = self
        result.amounts.merge(other.amounts) { max($0, $1) }
        return result
    }
}

extension ResourceAmounts {
    /// What a pod asks of its node: its containers together, or its most demanding init container with the sidecars that
    /// started before it, and the overhead of its runtime class.
    package init(podSpec spec: JSONValue) {
        var sidecars = ResourceAmounts()
        var peak = ResourceAmounts()
        for container in spec["initContainers"]?.arrayValue ?? [] {
            let requests = Self.requests(container)
            if container["restartPolicy"]?.stringValue == "Always" {
                sidecars = sidecars + requests
                peak = peak.maximum(sidecars)
            } else {
                peak = peak.maximum(sidecars + requests)
            }
        }
        let containers = (spec["containers"]?.arrayValue ?? []).map(Self.requests).reduce(ResourceAmounts(), +)
        self = (containers + sidecars).maximum(peak) + ResourceAmounts(spec["overhead"])
    }

    /// Limits stand in for missing requests, as API servers default them.
    private static func requests(_ container: JSONValue) -> ResourceAmounts {
        var requests = ResourceAmounts(container["resources"]?["requests"])
        for (name, amount) in ResourceAmounts(container["resources"]?["limits"]).amounts where requests.amounts[name] == nil {
            requests[name] = amount
        }
        return requests
    }
}
