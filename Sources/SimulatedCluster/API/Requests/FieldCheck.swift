import KubernetesModel

/// Holds an object against the fields of its kind: unknown ones are dropped, and reported as the request wants it.
struct FieldCheck {
    let kind: GroupVersionKind
    let custom: CustomResource?

    /// Of more than so many doubtful fields a server speaks no more.
    static let mostTold = 100

    /// - Returns: warnings for the client.
    /// - Throws: in strict mode for what it finds, in any mode for values of the wrong type: 422 for patches, else 400.
    func check(
        _ object: inout KubernetesObject, duplicates: [String], _ mode: WriteParameters.FieldValidation, isPatch: Bool
    ) throws(StatusError) -> [String] {
        let found = try prune(&object, isPatch: isPatch)
        guard mode != .ignore else { return [] }
        let problems =
            duplicates.prefix(Self.mostTold).map { "duplicate field \($0.goQuoted)" }
            + found.prefix(max(0, Self.mostTold - duplicates.count)).map { "unknown field \($0.goQuoted)" }
        guard !problems.isEmpty else { return [] }
        if mode == .warn { return problems }
        let message = "strict decoding error: \(problems.joined(separator: ", "))"
        if isPatch {
            throw .invalid(GroupVersionKind(group: "", version: "", kind: ""), "", [.invalid(FieldPath("patch"), object.value, message)])
        }
        throw .badRequest("\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): \(message)")
    }

    /// As `check` for what is applied, which is never cut down to what is known: fields that the kind doesn't have can't be owned.
    func checkApplied(
        _ object: inout KubernetesObject, duplicates: [String], _ mode: WriteParameters.FieldValidation, key: ObjectKey
    ) throws(StatusError) -> [String] {
        var pruned = object
        if let unknown = try prune(&pruned, isPatch: false).first {
            throw Self.untypable(".\(unknown): field not declared in schema", kind, key)
        }
        return try check(&object, duplicates: duplicates, mode, isPatch: false)
    }

    /// What is applied can't be read as fields that have owners.
    static func untypable(_ problem: String, _ kind: GroupVersionKind, _ key: ObjectKey) -> StatusError {
        let place = "\(key.namespace ?? "")/\(key.name); \(kind.group)/\(kind.version), Kind=\(kind.kind)"
        return StatusError(code: 500, reason: "", message: "failed to create typed patch object (\(place)): \(problem)")
    }

    /// A null is as good as nothing to a server that decodes into fields.
    private static func withoutNulls(_ object: JSONObject) -> JSONObject {
        // Most have none, and building a large object anew takes long.
        guard object.contains(where: { hasNull($1) }) else { return object }
        return object.filter { $1 != .null }.mapValues(withoutNulls)
    }

    private static func hasNull(_ value: JSONValue) -> Bool {
        switch value {
        case .null: true
        case .object(let object): object.contains { hasNull($1) }
        case .array(let elements): elements.contains(where: hasNull)
        default: false
        }
    }

    private static func withoutNulls(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object): .object(withoutNulls(object))
        case .array(let elements): .array(elements.map(withoutNulls))
        default: value
        }
    }

    /// Drops what the kind doesn't know, and names it.
    private func prune(_ object: inout KubernetesObject, isPatch: Bool) throws(StatusError) -> [String] {
        if let custom {
            do throws(GoNumbers.TooLarge) {
                if let plain = try GoNumbers.normalized(object.value).flatMap(KubernetesObject.init) { object = plain }
            } catch {
                let problem = "json: cannot unmarshal number \(error.text) into Go value of type float64"
                throw .badRequest("\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): \(problem)")
            }
            object["metadata"] = object["metadata"].map(Self.withoutNulls)
            return StructuralSchema(of: custom).prune(&object)
        }
        object = KubernetesObject(Self.withoutNulls(object.json))
        guard let root = SchemaCatalog.builtIn.root(of: kind) else { return [] }
        var pruning = SchemaPruning()
        do throws(SchemaPruning.Mismatch) {
            try pruning.prune(&object.json, at: root)
            return pruning.unknown
        } catch  where isPatch {
            let text = JSONValue.string(String(decoding: JSONWriter.compact(object.value), as: UTF8.self))
            throw .invalid(GroupVersionKind(group: "", version: "", kind: ""), "", [.invalid(FieldPath("patch"), text, error.message)])
        } catch {
            throw .badRequest("\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): \(error.message)")
        }
    }
}
