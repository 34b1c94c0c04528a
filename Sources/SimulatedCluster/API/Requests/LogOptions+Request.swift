import KubernetesModel

extension LogOptions {
    /// - Parameter pod: whose name errors tell.
    /// - Throws: 400 for what can't be read, 422 for numbers that make no sense.
    init(_ request: APIRequest, at now: Instant, pod: String = "") throws(StatusError) {
        self.init()
        follow = request.flag("follow")
        previous = request.flag("previous")
        timestamps = request.flag("timestamps")
        let isOverstated = ["sinceSeconds", "sinceTime"].allSatisfy { !(request.parameter($0) ?? "").isEmpty }
        if isOverstated { throw Self.invalid(pod, .forbidden(.root, "at most one of `sinceTime` or `sinceSeconds` may be specified")) }
        tailLines = try Self.number("tailLines", minimum: 0, request, pod)
        limitBytes = try Self.number("limitBytes", minimum: 1, request, pod)
        if let seconds = try Self.number("sinceSeconds", minimum: 1, request, pod) { since = now.advanced(by: .seconds(-seconds)) }
        if let text = request.parameter("sinceTime"), !text.isEmpty {
            guard let time = KubernetesTime.parse(text) else { throw .badRequest("sinceTime: \(text.goQuoted) is no RFC 3339 time") }
            since = time
        }
    }

    private static func number(_ name: String, minimum: Int, _ request: APIRequest, _ pod: String) throws(StatusError) -> Int? {
        guard let text = request.parameter(name), !text.isEmpty else { return nil }
        guard let value = Int(text) else { throw .badRequest("strconv.ParseInt: parsing \(text.goQuoted): invalid syntax") }
        guard value >= minimum else {
            let problem = minimum == 0 ? "must be greater than or equal to 0" : "must be greater than 0"
            throw invalid(pod, .invalid(FieldPath(name), JSONValue(value), problem))
        }
        return value
    }

    private static func invalid(_ pod: String, _ error: FieldError) -> StatusError {
        .invalid(GroupVersionKind(group: "", version: "v1", kind: "PodLogOptions"), pod, [error])
    }
}
