import KubernetesModel
package import KubernetesSemantics

/// Which extended resources are graphics processors: those of the vendors that K9s knows, and a person's own.
package struct GPUVendors: Sendable, Hashable {
    private static let known = [
        "nvidia": "nvidia.com/gpu", "nvidia-shared": "nvidia.com/gpu.shared", "amd": "amd.com/gpu", "intel": "gpu.intel.com/i915",
    ]

    private let whole: [String]
    private let shared: [String]

    /// - Parameter own: names of resources by vendors; those that end in `-shared` are parts of processors.
    package init(_ own: [String: String] = [:]) {
        let all = Self.known.merging(own) { $1 }
        whole = all.filter { !$0.key.hasSuffix("-shared") }.values.sorted()
        shared = all.filter { $0.key.hasSuffix("-shared") }.values.sorted()
    }

    /// `1:2` of requests and limits; `n/a` where neither is there.
    package func requestsAndLimits(of containers: [FieldReader]) -> TableCell {
        let all = whole + shared
        let requests = containers.compactMap { Self.sum(all, in: $0.resources.requests) }
        let limits = containers.compactMap { Self.sum(all, in: $0.resources.limits) }
        if requests.isEmpty, limits.isEmpty { return .unmeasured }
        let (request, limit) = (Self.total(requests), Self.total(limits))
        return .amount("\(request):\(limit)", value: Double(request))
    }

    func columns(of resource: GroupResource) -> [ColumnDefinition] {
        switch resource.description {
        case "pods": [.computed("GPU/RL", .text, .right, wide: true) { requestsAndLimits(of: $0.fields.spec.containers.elements) }]
        case "nodes":
            [
                count("GPU/A", whole) { $0.status.allocatable }, count("GPU/C", whole) { $0.status.capacity },
                count("SH-GPU/A", shared) { $0.status.allocatable }, count("SH-GPU/C", shared) { $0.status.capacity },
            ]
        default: []
        }
    }

    private func count(_ title: String, _ names: [String], _ amounts: @escaping @Sendable (FieldReader) -> FieldReader) -> ColumnDefinition
    {
        .computed(title, .number, .right, wide: true) { source in
            Self.sum(names, in: amounts(source.fields)).map(TableCell.number) ?? .unmeasured
        }
    }

    /// Nil where none of the resources is named.
    private static func sum(_ names: [String], in amounts: FieldReader) -> Int? {
        let found = names.compactMap { Quantity(amounts[$0].json)?.value }
        return found.isEmpty ? nil : total(found)
    }

    /// What somebody wrote into an object may be as large as it likes.
    private static func total(_ amounts: [Int]) -> Int {
        amounts.reduce(0) { sum, amount in
            let (total, overflows) = sum.addingReportingOverflow(amount)
            return overflows ? (amount < 0 ? .min : .max) : total
        }
    }
}
