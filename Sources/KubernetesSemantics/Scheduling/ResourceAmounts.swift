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
        // What somebody wrote into an object may be as large as it likes.
        sum.amounts.merge(right.amounts) { left, right in
            let (sum, isTooLarge) = left.addingReportingOverflow(right)
            return isTooLarge ? .max : sum
        }
        return sum
    }

    package static func - (left: Self, right: Self) -> Self {
        var difference = left
        for (name, amount) in right.amounts {
            let (rest, isTooFar) = difference[name].subtractingReportingOverflow(amount)
            difference[name] = isTooFar ? (amount < 0 ? .max : .min) : rest
        }
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
        self = Self.together(spec, Self.requests) + ResourceAmounts(spec["overhead"])
    }

    /// What a pod may use at most, of what it has limits for.
    package init(limitsOfPodSpec spec: JSONValue) {
        let limits = Self.together(spec) { ResourceAmounts($0["resources"]?["limits"]) }
        self = limits + ResourceAmounts(spec["overhead"]).only(limits)
    }

    private static func together(_ spec: JSONValue, _ amounts: (JSONValue) -> ResourceAmounts) -> ResourceAmounts {
        var sidecars = ResourceAmounts()
        var peak = ResourceAmounts()
        for container in spec["initContainers"]?.arrayValue ?? [] {
            let own = amounts(container)
            if container["restartPolicy"]?.stringValue == "Always" {
                sidecars = sidecars + own
                peak = peak.maximum(sidecars)
            } else {
                peak = peak.maximum(sidecars + own)
            }
        }
        let containers = (spec["containers"]?.arrayValue ?? []).map(amounts).reduce(ResourceAmounts(), +)
        return (containers + sidecars).maximum(peak)
    }

    /// Those that `other` names too.
    private func only(_ other: Self) -> Self {
        var result = self
        result.amounts = amounts.filter { other.amounts[$0.key] != nil }
        return result
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
