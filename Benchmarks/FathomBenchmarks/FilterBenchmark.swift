import KubernetesClient
import KubernetesModel
import ResourceTables

/// From a letter typed into the filter of a table of 100,000 pods to the rows that match.
struct FilterBenchmark {
    private static let rows = 100_000
    private static let texts: [(name: String, filters: [String])] = [
        ("text", ["s", "se", "ser", "service-4", "service-42", "service-4", "service", "!service-4", ""]),
        ("regular expression", ["^t", "^team-1", "^team-1.*run", "team-(1|2) .*-4"]),
        ("labels", ["app=service-7", "-l app in (service-7,service-8)"]),
        ("letters in order", ["-f s7", "-f s77", "-f s77k"]),
    ]

    func run() async throws {
        guard let resource = ResourceCatalog.builtIn.resource(named: "pods") else { return }
        let table = ResourceTable(layout: .of(resource), stream: ReflectorStream([]), now: { .wallClock })
        for start in stride(from: 0, to: Self.rows, by: 1000) {
            await table.apply((start..<start + 1000).map { .initial(Self.pod($0)) })
        }
        await table.apply([.ready(resourceVersion: "1")])
        let clock = ContinuousClock()
        let sorting = await clock.measure { _ = await table.snapshot(for: TableQuery()) }
        Report.row("table of \(Self.rows) rows, sorted at first", Report.milliseconds([sorting / .milliseconds(1)]), "")
        for (name, filters) in Self.texts {
            var times: [Double] = []
            for text in filters {
                let query = TableQuery(filter: TableFilter(text))
                times.append(await clock.measure { _ = await table.snapshot(for: query) } / .milliseconds(1))
            }
            Report.row("  filter by \(name)", Report.milliseconds(times), "a letter typed, to the rows")
        }
    }

    private static func pod(_ index: Int) -> KubernetesObject {
        let app = "service-\(index / 20)"
        let name = "\(app)-79b664469c-\(String(index * 7919 % 1_679_616, radix: 36))"
        return KubernetesObject([
            "apiVersion": "v1", "kind": "Pod",
            "metadata": [
                "name": .string(name), "namespace": .string("team-\(index % 50)"), "uid": .string("uid-\(index)"),
                "labels": ["app": .string(app)],
                "creationTimestamp": "2026-01-01T00:00:00Z",
            ],
            "spec": ["nodeName": .string("node-\(index % 1000)"), "containers": [["name": "app"]]],
            "status": [
                "phase": "Running", "podIP": .string("10.\(index / 65536).\(index / 256 % 256).\(index % 256)"),
                "containerStatuses": [["name": "app", "ready": true, "restartCount": 0, "state": ["running": [:]]]],
            ],
        ])
    }
}
