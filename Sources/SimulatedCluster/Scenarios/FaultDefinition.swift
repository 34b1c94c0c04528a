import KubernetesModel

/// A fault that a scenario or a person chooses.
package struct FaultSelection: Sendable, Hashable {
    package var name: String
    package var parameters: [String: String]

    package init(name: String, parameters: [String: String] = [:]) {
        self.name = name
        self.parameters = parameters
    }

    /// Reads a name, or an object with `name` and `parameters`.
    init?(_ json: JSONValue) {
        if let name = json.stringValue {
            self.init(name: name)
        } else if let name = json["name"]?.stringValue {
            self.init(name: name, parameters: json["parameters"]?.stringMap ?? [:])
        } else {
            return nil
        }
    }
}

/// A way to break a cluster: changes of its objects, from which the symptoms follow by themselves.
package struct FaultDefinition: Sendable {
    package struct Parameter: Sendable, Hashable {
        package var name: String
        package var title: String
        package var standard: String
    }

    package var id: String
    package var title: String
    package var category: String
    package var parameters: [Parameter]
    /// What a person sees of it.
    package var symptoms: [String]
    private let changes: [JSONValue]

    package static var builtInNames: [String] {
        EmbeddedFiles.contents.keys.filter { $0.hasPrefix("faults/") && $0.hasSuffix(".yaml") }
            .map { String($0.dropFirst("faults/".count).dropLast(".yaml".count)) }.sorted()
    }

    package static func builtIn(_ name: String) throws(ScenarioError) -> FaultDefinition {
        guard let text = EmbeddedFiles.contents["faults/\(name).yaml"] else { throw .unknownFault(name, known: builtInNames) }
        return FaultDefinition(id: name, try YAMLFile.document(text, path: "faults/\(name).yaml"))
    }

    init(id: String, _ json: JSONValue) {
        self.id = id
        title = json["title"]?.stringValue ?? id
        category = json["category"]?.stringValue ?? ""
        symptoms = json["symptoms"]?.arrayValue?.compactMap(\.stringValue) ?? []
        changes = json["changes"]?.arrayValue ?? []
        parameters = (json["parameters"]?.arrayValue ?? []).map {
            Parameter(
                name: $0["name"]?.stringValue ?? "", title: $0["title"]?.stringValue ?? "", standard: $0["default"]?.stringValue ?? "")
        }
    }

    /// - Throws: `ScenarioError.badParameter` for a parameter that the fault doesn't have.
    package func check(_ chosen: [String: String]) throws(ScenarioError) {
        let known = parameters.map(\.name)
        for name in chosen.keys.sorted() where !known.contains(name) {
            let problem = known.isEmpty ? "it has none" : "it knows \(known.joined(separator: ", "))"
            throw .badParameter(fault: id, name: name, problem: problem)
        }
    }

    /// Breaks a cluster. Changes are made as any administrator makes them, in order, up to the first that is refused.
    func inject(_ chosen: [String: String], into parts: ClusterParts) throws(ScenarioError) {
        try check(chosen)
        let standards = Dictionary(parameters.map { ($0.name, $0.standard) }, uniquingKeysWith: { first, _ in first })
        let values = standards.merging(chosen) { _, chosen in chosen }
        for change in changes { try make(Self.filled(change, values), in: parts) }
    }

    private func make(_ change: JSONValue, in parts: ClusterParts) throws(ScenarioError) {
        if let power = change["power"] { return try turn(power, in: parts) }
        do throws(StatusError) {
            for write in try writes(change, parts) {
                try parts.pipeline.perform(write, by: .system("fault"), at: parts.timeline.now)
            }
        } catch {
            throw .refused(fault: id, cause: error.message)
        }
    }

    /// Switches a machine off or on.
    private func turn(_ power: JSONValue, in parts: ClusterParts) throws(ScenarioError) {
        let chosen = power["node"]?.stringValue ?? ""
        let name = chosen.isEmpty ? parts.store.list(Resource.nodes).first?.key.name ?? "" : chosen
        guard parts.nodes?.setPower(power["state"] == "on", of: name) == true else {
            throw .badParameter(fault: id, name: "node", problem: "there is no machine \"\(name)\"")
        }
    }

    private func writes(_ change: JSONValue, _ parts: ClusterParts) throws(StatusError) -> [Write] {
        if let object = change["create"].flatMap({ KubernetesObject($0) }) { return [.create(object)] }
        guard let target = change["patch"] ?? change["delete"], let apiVersion = target["apiVersion"]?.stringValue,
            let kind = target["kind"]?.stringValue, let name = target["name"]?.stringValue
        else { throw .badRequest("a change is neither create, patch nor delete") }
        guard let resource = parts.registry.resource(for: GroupVersionKind(apiVersion: apiVersion, kind: kind)) else {
            throw .badRequest("there is no kind \(kind) in \(apiVersion)")
        }
        let key = ObjectKey(namespace: target["namespace"]?.stringValue, name: name)
        if change["delete"] != nil { return [.delete(resource.groupResource, key)] }
        return [.patch(resource.groupResource, key, change["with"] ?? [:])]
    }

    /// Puts the parameters' values for `${name}` in every text; a text that is one parameter and reads as a number becomes it.
    private static func filled(_ value: JSONValue, _ parameters: [String: String]) -> JSONValue {
        switch value {
        case .string(let text):
            if text.hasPrefix("${"), text.hasSuffix("}"), let number = parameters[String(text.dropFirst(2).dropLast())].flatMap(Int.init) {
                return JSONValue(number)
            }
            return .string(parameters.reduce(text) { $0.replacing("${\($1.key)}", with: $1.value) })
        case .array(let elements): return .array(elements.map { filled($0, parameters) })
        case .object(let object): return .object(object.mapValues { filled($0, parameters) })
        default: return value
        }
    }
}
