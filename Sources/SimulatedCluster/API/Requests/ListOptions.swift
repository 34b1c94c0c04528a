import KubernetesModel

/// The query of a list or watch.
struct ListOptions {
    enum VersionMatch: String {
        case exact = "Exact"
        case notOlderThan = "NotOlderThan"
    }

    var isWatch = false
    var resourceVersion = ""
    var versionMatch: VersionMatch?
    /// Zero for all.
    var limit = 0
    var continueToken = ""
    var sendInitialEvents: Bool?
    var allowsBookmarks = false
    var timeoutSeconds: Int?
    var selection: Selection

    /// - Throws: 400 for what can't be read, 422 for options that contradict each other.
    init(_ request: APIRequest, target: RequestTarget, resource: APIResource, custom: CustomResource? = nil) throws(StatusError) {
        isWatch = target.isWatch(request)
        resourceVersion = request.parameter("resourceVersion") ?? ""
        continueToken = request.parameter("continue") ?? ""
        allowsBookmarks = request.flag("allowWatchBookmarks")
        limit = max(0, try Self.integer("limit", request) ?? 0)
        timeoutSeconds = try Self.integer("timeoutSeconds", request)
        if let value = request.parameter("sendInitialEvents"), !value.isEmpty { sendInitialEvents = request.flag("sendInitialEvents") }
        selection = try Selection(request, target: target, resource: resource, custom: custom)
        try validate(match: request.parameter("resourceVersionMatch") ?? "")
        if !isWatch, !continueToken.isEmpty, !["", "0"].contains(resourceVersion) {
            throw .badRequest("specifying resource version is not allowed when using continue")
        }
        guard resourceVersion.isEmpty || UInt64(resourceVersion) != nil else {
            throw .badRequest("resourceVersion: Invalid value: \"\(resourceVersion)\": invalid resource version \"\(resourceVersion)\"")
        }
    }

    private static func integer(_ name: String, _ request: APIRequest) throws(StatusError) -> Int? {
        guard let text = request.parameter(name), !text.isEmpty else { return nil }
        guard let value = Int(text) else {
            let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
            let isNumber = !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
            throw .badRequest("strconv.ParseInt: parsing \(text.goQuoted): \(isNumber ? "value out of range" : "invalid syntax")")
        }
        return value
    }

    private mutating func validate(match text: String) throws(StatusError) {
        versionMatch = VersionMatch(rawValue: text)
        let errors = isWatch ? watchErrors(match: text) : listErrors(match: text)
        guard errors.isEmpty else {
            throw .invalid(GroupVersionKind(group: "meta.k8s.io", version: "v1", kind: "ListOptions"), "", errors)
        }
    }

    private func listErrors(match text: String) -> [FieldError] {
        var errors: [FieldError] = []
        let field = FieldPath("resourceVersionMatch")
        if !text.isEmpty {
            if resourceVersion.isEmpty {
                errors.append(.forbidden(field, "resourceVersionMatch is forbidden unless resourceVersion is provided"))
            }
            if !continueToken.isEmpty {
                errors.append(.forbidden(field, "resourceVersionMatch is forbidden when continue is provided"))
            }
            if versionMatch == nil { errors.append(.notSupported(field, .string(text), ["Exact", "NotOlderThan", ""])) }
            if versionMatch == .exact, resourceVersion == "0" {
                errors.append(.forbidden(field, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""))
            }
        }
        if sendInitialEvents != nil {
            errors.append(.forbidden(FieldPath("sendInitialEvents"), "sendInitialEvents is forbidden for list"))
        }
        return errors
    }

    private func watchErrors(match text: String) -> [FieldError] {
        var errors: [FieldError] = []
        let field = FieldPath("resourceVersionMatch")
        if sendInitialEvents == nil, !text.isEmpty {
            errors.append(.forbidden(field, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"))
        }
        if sendInitialEvents != nil, text.isEmpty {
            errors.append(.forbidden(field, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"))
        }
        if sendInitialEvents != nil, !text.isEmpty {
            if versionMatch != .notOlderThan {
                errors.append(.forbidden(field, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"))
                errors.append(.notSupported(field, .string(text), ["NotOlderThan"]))
            }
            if !continueToken.isEmpty {
                errors.append(.forbidden(field, "resourceVersionMatch is forbidden when continue is provided"))
            }
        }
        return errors
    }
}
