import KubernetesModel

/// Reads a lab from YAML, and says exactly what is wrong with one that cannot be read.
struct LabReader {
    private static let members: Set<String> = [
        "title", "minutes", "level", "scenario", "faults", "manifests", "brief", "goals", "hints", "checks", "forbidden", "solution",
    ]

    private let name: String

    /// - Throws: `LabError` that names the lab and the field.
    static func read(_ text: String, name: String) throws(LabError) -> Lab {
        let reader = LabReader(name: name)
        let document: JSONValue
        do {
            document = try YAML.parseOne(text)
        } catch {
            throw reader.error("\(error)")
        }
        return try reader.lab(document)
    }

    private func lab(_ json: JSONValue) throws(LabError) -> Lab {
        guard let object = json.objectValue else { throw error("it is no mapping of fields") }
        if let unknown = object.keys.first(where: { !Self.members.contains($0) }) {
            throw error("there is no field \(unknown); there are \(Self.members.sorted().joined(separator: ", "))")
        }
        let checks = try checks(json, "checks")
        if checks.isEmpty { throw error("checks is empty: nothing would tell when it is solved") }
        return Lab(
            name: name, title: try text(json, "title"), minutes: try minutes(json),
            level: json["level"]?.stringValue ?? "beginner", scenario: try text(json, "scenario"), faults: try faults(json),
            manifests: try manifests(json), brief: try text(json, "brief"), goals: try texts(json, "goals"),
            hints: try texts(json, "hints"), checks: checks, forbidden: try self.checks(json, "forbidden"),
            solution: try text(json, "solution")
        )
    }

    private func text(_ json: JSONValue, _ field: String) throws(LabError) -> String {
        guard let text = json[field]?.stringValue, !text.isEmpty else { throw error("\(field) is missing") }
        return text
    }

    private func texts(_ json: JSONValue, _ field: String) throws(LabError) -> [String] {
        guard let value = json[field] else { return [] }
        let texts = value.arrayValue?.compactMap(\.stringValue) ?? []
        guard let count = value.arrayValue?.count, count == texts.count else { throw error("\(field) is no list of texts") }
        return texts
    }

    private func list(_ json: JSONValue, _ field: String) throws(LabError) -> [JSONValue] {
        guard let value = json[field] else { return [] }
        guard let list = value.arrayValue else { throw error("\(field) is no list") }
        return list
    }

    private func minutes(_ json: JSONValue) throws(LabError) -> Int {
        guard let value = json["minutes"] else { return 10 }
        guard let minutes = value.intValue, minutes > 0 else { throw error("minutes is no number of minutes") }
        return minutes
    }

    private func faults(_ json: JSONValue) throws(LabError) -> [Lab.Fault] {
        var faults: [Lab.Fault] = []
        for (index, fault) in try list(json, "faults").enumerated() {
            guard let name = fault.stringValue ?? fault["name"]?.stringValue else { throw error("faults[\(index)] has no name") }
            faults.append(Lab.Fault(name: name, parameters: fault["parameters"]?.stringMap ?? [:]))
        }
        return faults
    }

    private func manifests(_ json: JSONValue) throws(LabError) -> [KubernetesObject] {
        var objects: [KubernetesObject] = []
        for (index, manifest) in try list(json, "manifests").enumerated() {
            guard let object = KubernetesObject(manifest), !object.kind.isEmpty, !object.apiVersion.isEmpty else {
                throw error("manifests[\(index)] is no object with apiVersion and kind")
            }
            objects.append(object)
        }
        return objects
    }

    private func checks(_ json: JSONValue, _ field: String) throws(LabError) -> [LabCheck] {
        var checks: [LabCheck] = []
        for (index, entry) in try list(json, field).enumerated() {
            do {
                checks.append(try LabCheck(entry))
            } catch {
                throw self.error("\(field)[\(index)]: \(error)")
            }
        }
        return checks
    }

    private func error(_ problem: String) -> LabError {
        LabError("Can't read lab \(name): \(problem)")
    }
}
