package import KubernetesModel
package import KubernetesSemantics

/// An amount of CPU and of memory: used, asked for, or there. Nil where nothing is said.
package struct CPUAndMemory: Sendable, Hashable {
    /// Thousandths of a core.
    package var cpu: Int?
    /// Bytes.
    package var memory: Int?

    package init(cpu: Int? = nil, memory: Int? = nil) {
        self.cpu = cpu
        self.memory = memory
    }

    /// What pods can get of a node.
    package init(allocatableOf node: KubernetesObject) {
        self.init(FieldReader(node).status.allocatable)
    }

    /// Reads `{cpu: 250m, memory: 64Mi}`.
    init(_ fields: FieldReader) {
        cpu = Quantity(fields.cpu.json)?.milliValue
        memory = Quantity(fields.memory.json)?.value
    }

    /// What a container may use at most.
    package init(limitsOf container: FieldReader) {
        self.init(container.resources.limits)
    }

    package static func + (left: CPUAndMemory, right: CPUAndMemory) -> CPUAndMemory {
        CPUAndMemory(cpu: sum(left.cpu, right.cpu), memory: sum(left.memory, right.memory))
    }

    private static func sum(_ left: Int?, _ right: Int?) -> Int? {
        guard let left else { return right }
        // A quantity beyond all bounds is read as the largest number there is.
        let (sum, overflows) = left.addingReportingOverflow(right ?? 0)
        return overflows ? (left < 0 ? .min : .max) : sum
    }

    /// How much a part is of a whole, in percent; nil where one is not known.
    package static func share(_ part: Int?, of whole: Int?) -> Double? {
        guard let part, let whole, whole > 0 else { return nil }
        return min(max(0, Double(part) * 100 / Double(whole)), 1_000_000)
    }
}

/// What an object asks for and what it may have; of a node, what pods can get of it.
package struct ResourceBudget: Sendable, Hashable {
    package var requests = CPUAndMemory()
    package var limits = CPUAndMemory()
    package var allocatable = CPUAndMemory()

    package init() {}

    /// The sums over a pod's containers. A limit holds for the pod only where every container has one.
    init(containers: [FieldReader]) {
        for container in containers {
            let asked = CPUAndMemory(container.resources.requests)
            let limit = CPUAndMemory(container.resources.limits)
            // What is not asked for is the limit, as the API server fills it in.
            requests = requests + CPUAndMemory(cpu: asked.cpu ?? limit.cpu, memory: asked.memory ?? limit.memory)
            limits = limits + limit
        }
        if containers.contains(where: { CPUAndMemory($0.resources.limits).cpu == nil }) { limits.cpu = nil }
        if containers.contains(where: { CPUAndMemory($0.resources.limits).memory == nil }) { limits.memory = nil }
    }

    init(node: FieldReader) {
        allocatable = CPUAndMemory(node.status.allocatable)
    }
}
