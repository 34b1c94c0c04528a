import KubernetesSemantics

/// The columns of what is used, of the kinds that use anything.
enum MetricColumns {
    /// As K9s shows them: thousandths of a core, Mi, and percentages as plain numbers.
    static let pods: [ColumnDefinition] = [
        metric("CPU") { usage, _ in number(usage?.cpu) },
        metric("CPU/RL", wide: true) { _, budget in pair(budget.requests.cpu, budget.limits.cpu) },
        metric("%CPU/R") { usage, budget in share(usage?.cpu, of: budget.requests.cpu ?? budget.limits.cpu) },
        metric("%CPU/L") { usage, budget in share(usage?.cpu, of: budget.limits.cpu) },
        metric("MEM") { usage, _ in number(usage?.memory.map(mebibytes)) },
        metric("MEM/RL", wide: true) { _, budget in pair(budget.requests.memory.map(mebibytes), budget.limits.memory.map(mebibytes)) },
        metric("%MEM/R") { usage, budget in share(usage?.memory, of: budget.requests.memory ?? budget.limits.memory) },
        metric("%MEM/L") { usage, budget in share(usage?.memory, of: budget.limits.memory) },
    ]

    static let nodes: [ColumnDefinition] = [
        metric("CPU") { usage, _ in number(usage?.cpu) },
        metric("CPU/A", wide: true) { _, budget in number(budget.allocatable.cpu) },
        metric("%CPU") { usage, budget in share(usage?.cpu, of: budget.allocatable.cpu) },
        metric("MEM") { usage, _ in number(usage?.memory.map(mebibytes)) },
        metric("MEM/A", wide: true) { _, budget in number(budget.allocatable.memory.map(mebibytes)) },
        metric("%MEM") { usage, budget in share(usage?.memory, of: budget.allocatable.memory) },
    ]

    private static func metric(
        _ title: String, wide: Bool = false, _ cell: @escaping @Sendable (CPUAndMemory?, ResourceBudget) -> TableCell
    ) -> ColumnDefinition {
        var definition = ColumnDefinition.computed(title, .metric, .right, wide: wide) { cell(nil, $0.budget) }
        definition.measured = cell
        return definition
    }

    private static func number(_ value: Int?) -> TableCell {
        value.map(TableCell.number) ?? .unmeasured
    }

    private static func share(_ part: Int?, of whole: Int?) -> TableCell {
        number(CPUAndMemory.share(part, of: whole).map { Int($0) })
    }

    private static func pair(_ request: Int?, _ limit: Int?) -> TableCell {
        request == nil && limit == nil ? .unmeasured : .amount("\(request ?? 0):\(limit ?? 0)", value: Double(request ?? 0))
    }

    private static func mebibytes(_ bytes: Int) -> Int { bytes >> 20 }
}

extension TableCell {
    static let unmeasured = TableCell.missing("n/a")
}
