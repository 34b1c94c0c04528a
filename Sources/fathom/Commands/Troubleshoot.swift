import ArgumentParser
import KubernetesClient
import KubernetesModel
import Troubleshooting

struct Troubleshoot: AsyncParsableCommand {
    enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown
    }

    static let configuration = CommandConfiguration(
        abstract: "Find out what is broken in a cluster, and why.",
        discussion: "Exit status: 0 healthy, 1 broken, 2 could not tell, 69 the cluster can't be reached."
    )

    @Argument(help: "One object, as KIND/NAME or a pod's name; the whole cluster if not given.")
    var target: String?

    @OptionGroup var options: ClusterOptions

    @Option(name: [.customShort("o"), .long], help: "The report's format.")
    var output = OutputFormat.text

    func run() async throws {
        let chosen = try await ChosenCluster.choose(options)
        let client = ClusterClient(chosen.configuration)
        let diagnosis: Result<Diagnosis, any Error>
        do {
            diagnosis = .success(try await diagnose(client))
        } catch {
            diagnosis = .failure(error)
        }
        await client.shutdown()
        await chosen.stop()
        try report(try diagnosis.get())
    }

    private func diagnose(_ client: ClusterClient) async throws -> Diagnosis {
        // A cluster that doesn't answer is a failure of the command, not a finding.
        let discovery = try await client.discover()
        let troubleshooter = Troubleshooter(client)
        let scope = try await scope(discovery, client.configuration.namespace, troubleshooter)
        return await troubleshooter.diagnose(scope)
    }

    private func scope(_ discovery: Discovery, _ namespace: String, _ troubleshooter: Troubleshooter) async throws -> DiagnosisScope {
        guard let target else {
            guard let only = options.namespace else { return .cluster }
            try await require(GroupVersionResource(resource: "namespaces"), namespace: nil, name: only, troubleshooter)
            return DiagnosisScope(namespaces: [only])
        }
        let parts = target.split(separator: "/", maxSplits: 1).map(String.init)
        let kind = parts.count == 2 ? parts[0] : "pods"
        guard let name = parts.last, !name.isEmpty, let resource = discovery.catalog.resource(named: kind) else {
            throw CommandFailure("the cluster serves no resource \"\(kind)\"; name an object as KIND/NAME", status: .wrongUsage)
        }
        let object = ObjectReference(
            apiVersion: resource.groupVersion.apiVersion, kind: resource.kind, namespace: resource.isNamespaced ? namespace : nil,
            name: name
        )
        try await require(resource.gvr, namespace: object.namespace, name: name, troubleshooter)
        return DiagnosisScope(namespaces: [], target: object)
    }

    /// What does not exist is a slip of the pen, and must not pass for healthy.
    private func require(
        _ resource: GroupVersionResource, namespace: String?, name: String, _ troubleshooter: Troubleshooter
    ) async throws {
        guard try await !troubleshooter.exists(resource, namespace: namespace, name: name) else { return }
        let place = namespace.map { " in namespace \($0)" } ?? ""
        throw CommandFailure("\(resource.groupResource) \"\(name)\" not found\(place)", status: .wrongUsage)
    }

    private func report(_ diagnosis: Diagnosis) throws {
        switch output {
        case .text: print(diagnosis.text, terminator: "")
        case .json: print(diagnosis.jsonText, terminator: "")
        case .markdown: print(diagnosis.markdown, terminator: "")
        }
        switch diagnosis.verdict {
        case .healthy: return
        case .broken: throw ExitCode(1)
        case .unverified: throw ExitCode(2)
        }
    }
}
