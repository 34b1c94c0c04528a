import KubernetesModel

/// The versions of a definition: their names, schemas, subresources and columns.
///
/// What all versions have alike a server keeps once, and says where it keeps it.
struct DefinedVersionRules {
    private let versions: [JSONObject]
    /// What all versions have alike.
    private let shared: Set<String>

    init(versions: [JSONObject]) {
        self.versions = versions
        shared = Set(
            ["schema", "subresources", "additionalPrinterColumns", "selectableFields"].filter { key in
                versions.allSatisfy { $0.present(key) == versions.first?.present(key) }
            })
    }

    private func isShared(_ key: String) -> Bool { shared.contains(key) }

    func validate(_ errors: inout [FieldError]) {
        for (index, version) in versions.enumerated() where version.object("schema")?.object("openAPIV3Schema") == nil {
            errors.required(.spec["versions"][index]["schema"]["openAPIV3Schema"], "schemas are required")
        }
        for (index, version) in versions.enumerated() {
            let (path, name) = (FieldPath.spec["versions"][index], version.string("name"))
            let problems = Names.label1035(name)
            if !problems.isEmpty { errors.invalid(path["name"], .string(name), problems.joined(separator: ",")) }
            deprecation(version, at: path["deprecationWarning"], &errors)
            if !isShared("schema") { schema(version, at: path["schema"], &errors) }
            if !isShared("subresources") { subresources(version, at: path["subresources"], &errors) }
            if !isShared("additionalPrinterColumns") { columns(version, at: path["additionalPrinterColumns"], &errors) }
            if !isShared("selectableFields") { selectableFields(version, at: path["selectableFields"], &errors) }
        }
        let (path, value) = (FieldPath.spec["versions"], JSONValue.array(versions.map(JSONValue.object)))
        if Set(versions.map { $0.string("name") }).count < versions.count {
            errors.invalid(path, value, "must contain unique version names")
        }
        if versions.filter({ $0.bool("storage") }).count != 1 {
            errors.invalid(path, versions.isEmpty ? .null : value, "must have exactly one version marked as storage version")
        }
    }

    func validateShared(_ errors: inout [FieldError]) {
        guard let first = versions.first else { return }
        if isShared("schema") { schema(first, at: .spec["validation"], &errors) }
        if isShared("subresources") { subresources(first, at: .spec["subresources"], &errors) }
        if isShared("additionalPrinterColumns") { columns(first, at: .spec["additionalPrinterColumns"], &errors) }
        if isShared("selectableFields") { selectableFields(first, at: .spec["selectableFields"], &errors) }
    }

    private func schema(_ version: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let schema = version.object("schema")?["openAPIV3Schema"], schema.objectValue != nil else { return }
        let hasStatus = (isShared("schema") ? versions : [version]).contains { $0.object("subresources")?.object("status") != nil }
        SchemaDefinitionRules.validate(schema, hasStatus: hasStatus, at: path, &errors)
    }

    private func deprecation(_ version: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let warning = version["deprecationWarning"]?.stringValue else { return }
        if !version.bool("deprecated") { return errors.invalid(path, .string(warning), "can only be set for deprecated versions") }
        if warning.utf8.count > 256 { errors.invalid(path, .string(warning), "must be <= 256 characters long") }
        if warning.isEmpty { errors.invalid(path, .string(warning), "must not be an empty string") }
    }

    private func subresources(_ version: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let scale = version.object("subresources")?.object("scale") else { return }
        for (key, root) in [("specReplicasPath", ".spec"), ("statusReplicasPath", ".status")] {
            let (text, path) = (scale.string(key), path["scale.\(key)"])
            if text.isEmpty {
                errors.required(path)
            } else if !text.hasPrefix("\(root).") {
                errors.invalid(path, .string(text), "should be a json path under \(root)")
            }
        }
        let selector = scale.string("labelSelectorPath")
        guard !selector.isEmpty, ![".spec.", ".status."].contains(where: selector.hasPrefix) else { return }
        errors.invalid(path["scale.labelSelectorPath"], .string(selector), "should be a json path under either .status or .spec")
    }

    private static let types = ["boolean", "date", "integer", "number", "string"]
    private static let formats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"]

    private func columns(_ version: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, column) in version.objects("additionalPrinterColumns").enumerated() {
            let path = path[index]
            errors.checkRequired(column, "name", at: path)
            for (key, allowed) in [("type", Self.types), ("format", Self.formats)] {
                let (value, detail) = (column.string(key), "must be one of \(allowed.joined(separator: ","))")
                if value.isEmpty {
                    if key == "type" { errors.required(path[key], detail) }
                } else if !allowed.contains(value) {
                    errors.invalid(path[key], .string(value), detail)
                }
            }
            if column.string("jsonPath").isEmpty { errors.required(path["JSONPath"]) }
        }
    }

    private func selectableFields(_ version: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let schema = version.object("schema")?["openAPIV3Schema"] ?? [:]
        var seen: Set<String> = []
        for (index, field) in version.objects("selectableFields").enumerated() {
            let (text, path) = (field.string("jsonPath"), path[index]["jsonPath"])
            if text.isEmpty {
                errors.required(path)
                continue
            }
            do throws(SchemaPath.Failure) {
                let found = try SchemaPath.follow(text, in: schema, allowsBrackets: false)
                if found.path.description.hasPrefix("metadata") {
                    errors.invalid(path, .string(text), "must not point to fields in metadata")
                }
                if !["string", "boolean", "integer"].contains(found.schema?.text("type")) {
                    errors.invalid(
                        path, .string(text),
                        "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed."
                    )
                }
                if !seen.insert(found.path.description).inserted { errors.append(.duplicate(path, .string(text))) }
            } catch {
                errors.invalid(path, .string(text), "is an invalid path: \(error.message)")
            }
        }
        if seen.count > 8 { errors.append(.tooMany(path, seen.count, maximum: 8)) }
    }
}
