import KubernetesModel

/// The query of a create, update or patch.
struct WriteParameters {
    enum FieldValidation: String {
        case ignore = "Ignore"
        case warn = "Warn"
        case strict = "Strict"
    }

    var isDryRun = false
    var fieldManager: String
    var fieldValidation = FieldValidation.warn
    var force: Bool?

    /// - Parameter kind: of the options, as errors name it: `CreateOptions`, `UpdateOptions`, `PatchOptions`.
    init(_ request: APIRequest, kind: String, isApply: Bool = false) throws(StatusError) {
        var errors: [FieldError] = []
        let dryRun = request.query.filter { $0.name == "dryRun" && !$0.value.isEmpty }.map(\.value)
        isDryRun = dryRun == ["All"]
        if !dryRun.isEmpty, !isDryRun {
            errors.append(.notSupported(FieldPath("dryRun"), .array(dryRun.map(JSONValue.string)), ["All"]))
        }
        if let text = request.parameter("fieldValidation"), !text.isEmpty {
            fieldValidation = FieldValidation(rawValue: text) ?? .warn
            if FieldValidation(rawValue: text) == nil {
                errors.append(.notSupported(FieldPath("fieldValidation"), .string(text), ["", "Ignore", "Strict", "Warn"]))
            }
        }
        let manager = request.parameter("fieldManager") ?? ""
        if isApply, manager.isEmpty { errors.append(.required(FieldPath("fieldManager"), "is required for apply patch")) }
        if manager.utf8.count > 128 { errors.append(.tooLong(FieldPath("fieldManager"), maximumBytes: 128)) }
        errors += Self.unprintable(in: manager)
        force = request.parameter("force").map { _ in request.flag("force") }
        if !isApply, force != nil { errors.append(.forbidden(FieldPath("force"), "may not be specified for non-apply patch")) }
        fieldManager = manager.isEmpty ? Self.manager(of: request) : manager
        guard errors.isEmpty else { throw .invalid(GroupVersionKind(group: "meta.k8s.io", version: "v1", kind: kind), "", errors) }
    }

    private static func unprintable(in manager: String) -> [FieldError] {
        var errors: [FieldError] = []
        for index in manager.unicodeScalars.indices {
            let scalar = manager.unicodeScalars[index]
            let isOther = [.control, .format, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator]
                .contains(scalar.properties.generalCategory)
            guard isOther || scalar.properties.generalCategory == .spaceSeparator && scalar != " " else { continue }
            let code = String(scalar.value, radix: 16, uppercase: true)
            let name = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
            let place = manager.utf8.distance(from: manager.startIndex, to: index)
            errors.append(.invalid(FieldPath("fieldManager"), .string(manager), "invalid character \(name) (at position \(place))"))
        }
        return errors
    }

    /// Without a name the program's own counts: what stands before the slash of its user agent.
    private static func manager(of request: APIRequest) -> String {
        let agent = request.header("user-agent") ?? "unknown"
        return String(agent.prefix { $0 != "/" }.prefix(128))
    }
}
