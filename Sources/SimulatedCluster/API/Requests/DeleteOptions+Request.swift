import KubernetesModel

extension DeleteOptions {
    /// Reads the options of a deletion: the body's, or the query's when there is no body.
    init(_ request: APIRequest) throws(StatusError) {
        self.init()
        try request.body.isEmpty ? read(request) : read(try Self.body(request))
    }

    /// Clients send the options of a deletion in whatever version they know.
    private static func body(_ request: APIRequest) throws(StatusError) -> JSONObject {
        let expected = GroupVersionKind(group: "", version: "v1", kind: "DeleteOptions")
        let body = RequestBody(request: request, expected: expected, isCustom: false)
        guard let json = try body.document().value.objectValue else {
            throw .badRequest("the object provided is unrecognized (must be of type DeleteOptions): the body is no object")
        }
        guard ["DeleteOptions", ""].contains(json["kind"]?.stringValue ?? "") else {
            throw .badRequest("\(json["kind"]?.description ?? "") cannot be handled as a DeleteOptions")
        }
        return json
    }

    private mutating func read(_ request: APIRequest) throws(StatusError) {
        if let text = request.parameter("gracePeriodSeconds"), !text.isEmpty {
            guard let seconds = Int(text) else {
                throw .badRequest("strconv.ParseInt: parsing \(text.goQuoted): invalid syntax")
            }
            gracePeriodSeconds = seconds
        }
        let orphans = request.parameter("orphanDependents").map { _ in request.flag("orphanDependents") }
        try setPropagation(request.parameter("propagationPolicy") ?? "", orphans: orphans)
        try setDryRun(request.query.filter { $0.name == "dryRun" && !$0.value.isEmpty }.map(\.value))
    }

    private mutating func read(_ json: JSONObject) throws(StatusError) {
        gracePeriodSeconds = json["gracePeriodSeconds"]?.intValue
        requiredUID = json["preconditions"]?["uid"]?.stringValue
        requiredResourceVersion = json["preconditions"]?["resourceVersion"]?.stringValue
        try setPropagation(json["propagationPolicy"]?.stringValue ?? "", orphans: json["orphanDependents"]?.boolValue)
        try setDryRun(json["dryRun"]?.arrayValue?.compactMap(\.stringValue) ?? [])
    }

    /// - Parameter orphans: the older way to say it, which can't stand beside the newer.
    private mutating func setPropagation(_ text: String, orphans: Bool?) throws(StatusError) {
        guard !text.isEmpty else {
            propagation = orphans.map { $0 ? .orphan : .background }
            return
        }
        guard orphans == nil else {
            let detail = "orphanDependents and deletionPropagation cannot be both set"
            throw Self.invalid(.invalid(FieldPath("propagationPolicy"), .string(text), detail))
        }
        guard let policy = Propagation(rawValue: text) else {
            throw Self.invalid(.notSupported(FieldPath("propagationPolicy"), .string(text), ["Foreground", "Background", "Orphan"]))
        }
        propagation = policy
    }

    private mutating func setDryRun(_ values: [String]) throws(StatusError) {
        guard !values.isEmpty else { return }
        guard values == ["All"] else {
            throw Self.invalid(.notSupported(FieldPath("dryRun"), .array(values.map(JSONValue.string)), ["All"]))
        }
        isDryRun = true
    }

    private static func invalid(_ error: FieldError) -> StatusError {
        .invalid(GroupVersionKind(group: "meta.k8s.io", version: "v1", kind: "DeleteOptions"), "", [error])
    }
}
