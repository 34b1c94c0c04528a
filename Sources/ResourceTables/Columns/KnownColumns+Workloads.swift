import KubernetesModel
import KubernetesSemantics

extension KnownColumns {
    static let pods = KnownColumns(
        [
            .computed("READY") { .ratio($0.serverCells[1]) },
            .server(2, "STATUS"),
            .computed("RESTARTS", .number, .right) { .number(restarts($0)) },
            .computed("LAST RESTART", .age, .right, wide: true) { source in
                restarts(source) == 0 ? .none : PodColumns(source.object).lastRestart.map(TableCell.age) ?? .none
            },
        ] + MetricColumns.pods + [
            .server(5, "IP"), .server(6, "NODE"),
            .text("SERVICE-ACCOUNT", wide: true) { $0.spec.serviceAccountName.text },
            .server(7, "NOMINATED NODE", wide: true), .server(8, "READINESS GATES", wide: true),
            .text("QOS", wide: true) { $0.status.qosClass.text },
        ],
        links: { pod in
            // What has ended takes no place any more.
            let takesPlace = pod.spec.nodeName.exists && !Pod.isFinal(phase: pod.status.phase.text)
            return RowLinks(node: takesPlace ? pod.spec.nodeName.text : nil)
        })

    /// The number in front of the server's `3 (5m ago)`.
    private static func restarts(_ source: RowSource) -> Int {
        Int(source.serverCells[3].stringValue?.prefix { $0.isNumber } ?? "") ?? 0
    }

    static let nodes = KnownColumns(
        [
            .server(1, "STATUS"), .server(2, "ROLE"), .text("ARCH", wide: true) { $0.status.nodeInfo.architecture.text },
            .number("TAINTS") { $0.spec.taints.elements.count }, .server(4, "VERSION"), .server(7, "OS-IMAGE", wide: true),
            .server(8, "KERNEL", wide: true), .server(5, "INTERNAL-IP", wide: true), .server(6, "EXTERNAL-IP", wide: true),
        ] + MetricColumns.nodes)

    static let services = KnownColumns(
        [
            .server(1, "TYPE"), .server(2, "CLUSTER-IP"), .server(3, "EXTERNAL-IP"), ResourceLayout.endpoints,
            .server(6, "SELECTOR", wide: true),
            .text("PORTS") { service in
                service.spec.ports.elements.map { port in
                    let name = port.name.exists ? "\(port.name.text):" : ""
                    let node = port.nodePort.number > 0 ? "►\(port.nodePort.number)" : ""
                    return "\(name)\(port.port.number)\(node)" + (port.protocol.text == "TCP" ? "" : "╱\(port.protocol.text)")
                }.joined(separator: " ")
            },
        ],
        links: { service in
            service.spec.selector.members.isEmpty ? RowLinks() : RowLinks(podSelector: CellText.labels(service.spec.selector))
        })

    static let deployments = KnownColumns(
        [
            .computed("READY", .text, .right) { source in
                .ratio(source.fields.status.availableReplicas.number, of: source.fields.spec.replicas.json?.intValue ?? 1)
            },
            .server(2, "UP-TO-DATE", .number, .right), .server(3, "AVAILABLE", .number, .right),
        ], links: bySelector)

    static let replicaSets = KnownColumns(
        [
            .server(1, "DESIRED", .number, .right), .server(2, "CURRENT", .number, .right), .server(3, "READY", .number, .right),
            .server(5, "CONTAINERS", wide: true), .server(6, "IMAGES", wide: true), .server(7, "SELECTOR", wide: true),
        ], links: bySelector)

    static let statefulSets = KnownColumns(
        [
            .computed("READY", .text, .right) { source in
                .ratio(source.fields.status.readyReplicas.number, of: source.fields.spec.replicas.json?.intValue ?? 1)
            },
            .text("SELECTOR", wide: true) { CellText.selectorText($0.spec.selector) }, .text("SERVICE") { $0.spec.serviceName.text },
            .server(3, "CONTAINERS", wide: true), .server(4, "IMAGES", wide: true),
        ], links: bySelector)

    static let daemonSets = KnownColumns(
        [
            .server(1, "DESIRED", .number, .right), .server(2, "CURRENT", .number, .right), .server(3, "READY", .number, .right),
            .server(4, "UP-TO-DATE", .number, .right), .server(5, "AVAILABLE", .number, .right), .server(6, "NODE SELECTOR", wide: true),
        ], links: bySelector)

    static let jobs = KnownColumns(
        [
            .server(1, "STATUS"), .server(2, "COMPLETIONS"), .computed("DURATION", .age, .right) { duration(of: $0) },
            .server(7, "SELECTOR", wide: true), .server(5, "CONTAINERS", wide: true), .server(6, "IMAGES", wide: true),
        ], links: bySelector)

    static let cronJobs = KnownColumns([
        .server(1, "SCHEDULE"), .server(2, "TIMEZONE", wide: true), .server(3, "SUSPEND"), .server(4, "ACTIVE", .number, .right),
        .computed("LAST SCHEDULE", .age, .right) { source in
            let last = source.fields.status.lastScheduleTime
            return last.exists ? .age(since: last.text) : .none
        },
        .server(7, "CONTAINERS", wide: true), .server(8, "IMAGES", wide: true),
    ])

    /// Of a job that has ended, how long it took; else since when it runs.
    private static func duration(of source: RowSource) -> TableCell {
        let status = source.fields.status
        guard let start = KubernetesTime.parse(status.startTime.text) else { return .none }
        guard let end = KubernetesTime.parse(status.completionTime.text) else { return .age(start) }
        return .amount(HumanDuration.text(since: start, now: end), value: Double((end - start).wholeSeconds))
    }

    private static let bySelector: @Sendable (FieldReader) -> RowLinks = { workload in
        RowLinks(podSelector: CellText.selectorText(workload.spec.selector))
    }
}

extension TableCell {
    /// The server's `1/2`.
    static func ratio(_ value: JSONValue) -> TableCell {
        let numbers = (value.stringValue ?? "").split(separator: "/").compactMap { Int($0) }
        return numbers.count == 2 ? .ratio(numbers[0], of: numbers[1]) : TableCell(value)
    }

    /// A quantity of bytes or of anything else, sorted by size.
    static func quantity(_ value: JSONValue) -> TableCell {
        guard let text = value.stringValue, !text.isEmpty else { return .none }
        guard let quantity = try? Quantity(text) else { return .text(text) }
        return .amount(text, value: quantity.doubleValue)
    }
}
