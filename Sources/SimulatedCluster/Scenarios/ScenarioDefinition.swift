package import KubernetesModel

/// What a cluster starts with: its nodes, what the registries hold, its objects, and what is broken from the start.
package struct ScenarioDefinition: Sendable {
    package var name: String
    package var title = ""
    /// Created in this order, before anything else happens.
    package var manifests: [KubernetesObject]
    /// Whose certificate pods find as `kube-root-ca.crt`, and who signs what clients ask for; nil in a cluster that nobody connects to.
    package var certificateAuthority: CertificateAuthority?
    package var staticTokens = StaticTokens()
    /// For how long the cluster has lived when it is first looked at: what its faults bring about has happened by then.
    package var age = Duration.zero
    /// Injected once everything is there.
    package var faults: [FaultSelection] = []
    var nodes: [NodeDefinition] = []
    var images = ImageCatalog()
    /// The address of the cluster's DNS, as kubelets tell it to pods.
    var dnsAddress = "10.96.0.10"
    /// Where the API server is reached from inside the cluster.
    var serverAddress = "172.18.0.2"
    /// The CSI drivers that make volumes.
    var provisioners: Set<String> = []
    /// Pods that are there as objects only, for clusters too large to run programs.
    var crowd: CrowdDefinition?

    package init(name: String, manifests: [KubernetesObject] = []) {
        self.name = name
        self.manifests = manifests
    }

    /// The scenarios that come with the product, in alphabetical order.
    package static var builtInNames: [String] {
        let names = EmbeddedFiles.contents.keys.compactMap { path -> String? in
            let parts = path.split(separator: "/")
            return parts.count == 3 && parts[0] == "scenarios" && parts[2] == "cluster.yaml" ? String(parts[1]) : nil
        }
        return names.sorted()
    }

    /// A scenario that comes with the product.
    /// - Parameter parameters: such as `nodes`, `pods` and `churn` of the scenario `large`.
    package static func builtIn(_ name: String, parameters: [String: String] = [:]) throws(ScenarioError) -> ScenarioDefinition {
        guard builtInNames.contains(name) else { throw .unknownScenario(name, known: builtInNames) }
        let prefix = "scenarios/\(name)/"
        let files = EmbeddedFiles.contents.filter { $0.key.hasPrefix(prefix) }
            .map { (path: String($0.key.dropFirst(prefix.count)), text: $0.value) }
        var catalog = try ImageCatalog(YAMLFile.document(EmbeddedFiles.contents["images/images.yaml"] ?? "", path: "images.yaml"))
        catalog.present = []
        return try ScenarioDefinition(name: name, files: files, catalog: catalog, parameters: parameters)
    }

    /// Reads the files of a scenario's folder: `cluster.yaml`, `images.yaml` and `manifests/*.yaml`.
    init(
        name: String, files: [(path: String, text: String)], catalog: ImageCatalog, parameters: [String: String]
    ) throws(ScenarioError) {
        self.init(name: name)
        let texts = Dictionary(files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        let cluster = try YAMLFile.document(texts["cluster.yaml"] ?? "", path: "cluster.yaml")
        title = cluster["title"]?.stringValue ?? ""
        dnsAddress = cluster["dnsAddress"]?.stringValue ?? dnsAddress
        serverAddress = cluster["serverAddress"]?.stringValue ?? serverAddress
        images = catalog.merging(ImageCatalog(cluster["images"] ?? .null))
        if let own = texts["images.yaml"] { images = images.merging(ImageCatalog(try YAMLFile.document(own, path: "images.yaml"))) }
        nodes = (cluster["nodes"]?.arrayValue ?? []).enumerated().map { NodeDefinition($0.element, index: $0.offset) }
        age = .seconds(cluster["ageSeconds"]?.intValue ?? 0)
        faults = (cluster["faults"]?.arrayValue ?? []).compactMap { FaultSelection($0) }
        provisioners = Set((cluster["provisioners"]?.arrayValue ?? []).compactMap(\.stringValue))
        try check(parameters, ofCrowd: cluster["crowd"] != nil)
        if let definition = cluster["crowd"] { crowd = try CrowdDefinition(definition, parameters: parameters, scenario: name) }
        for (path, text) in files.sorted(by: { $0.path < $1.path }) where path.hasPrefix("manifests/") {
            manifests += try YAMLFile.documents(text, path: path).compactMap { KubernetesObject($0) }
        }
    }
}

extension ScenarioDefinition {
    private func check(_ parameters: [String: String], ofCrowd isCrowd: Bool) throws(ScenarioError) {
        let known = isCrowd ? CrowdDefinition.parameterNames : []
        for (parameter, value) in parameters.sorted(by: { $0.key < $1.key }) {
            guard known.contains(parameter) else {
                let problem = known.isEmpty ? "it has none" : "it knows \(known.joined(separator: ", "))"
                throw .badScenarioParameter(scenario: name, name: parameter, problem: problem)
            }
            guard let number = Int(value), number >= 0 else {
                throw .badScenarioParameter(scenario: name, name: parameter, problem: "\"\(value)\" is not a number of 0 or more")
            }
        }
    }
}

/// Why a scenario or a fault can't be used.
package enum ScenarioError: Error, Sendable, Hashable, CustomStringConvertible {
    case unknownScenario(String, known: [String])
    case unknownFault(String, known: [String])
    case unreadable(path: String, cause: String)
    case badParameter(fault: String, name: String, problem: String)
    case badScenarioParameter(scenario: String, name: String, problem: String)
    case refused(fault: String, cause: String)

    package var description: String {
        switch self {
        case .unknownScenario(let name, let known): "There is no scenario \"\(name)\"; there are \(known.joined(separator: ", "))."
        case .unknownFault(let name, let known): "There is no fault \"\(name)\"; there are \(known.joined(separator: ", "))."
        case .unreadable(let path, let cause): "Can't read \(path): \(cause)"
        case .badParameter(let fault, let name, let problem): "The fault \(fault) can't use its parameter \"\(name)\": \(problem)."
        case .badScenarioParameter(let scenario, let name, let problem):
            "The scenario \(scenario) can't use its parameter \"\(name)\": \(problem)."
        case .refused(let fault, let cause): "The fault \(fault) could not be injected: \(cause)"
        }
    }
}

/// Data files in YAML.
enum YAMLFile {
    static func documents(_ text: String, path: String) throws(ScenarioError) -> [JSONValue] {
        do {
            return try KubernetesModel.YAML.parse(text)
        } catch {
            throw ScenarioError.unreadable(path: path, cause: "\(error)")
        }
    }

    /// The first document; null for an empty file.
    static func document(_ text: String, path: String) throws(ScenarioError) -> JSONValue {
        try documents(text, path: path).first ?? .null
    }
}
