import KubernetesModel

/// Turns documents into responses of the form that was asked for.
struct ResponseWriter {
    let form: ResponseForm

    func respond(_ value: JSONValue, status: Int = 200, headers: [(name: String, value: String)] = []) -> APIResponse {
        let bytes =
            switch form.encoding {
            case .yaml: Array(YAML.write(value).utf8)
            case .json where form.isPretty: JSONWriter.indented(value) + [UInt8(ascii: "\n")]
            case .json: JSONWriter.compact(value) + [UInt8(ascii: "\n")]
            }
        return APIResponse(status: status, headers: [("content-type", form.contentType)] + headers, body: .bytes(bytes))
    }

    /// Bytes that are compact JSON already.
    func respond(json bytes: [UInt8], status: Int = 200, headers: [(name: String, value: String)] = []) -> APIResponse {
        guard form.encoding == .json, !form.isPretty else {
            return respond((try? JSONParser.parse(bytes)) ?? .null, status: status, headers: headers)
        }
        var body = bytes
        body.append(UInt8(ascii: "\n"))
        return APIResponse(status: status, headers: [("content-type", form.contentType)] + headers, body: .bytes(body))
    }

    /// An error is a `Status` whatever shape was asked for.
    static func respond(_ error: StatusError, to request: APIRequest) -> APIResponse {
        var form = (try? ResponseForm.negotiate(request)) ?? .plain
        form.shape = .object
        var headers: [(name: String, value: String)] = []
        if let seconds = error.details?.retryAfterSeconds, seconds > 0 { headers.append(("retry-after", String(seconds))) }
        return ResponseWriter(form: form).respond(error.json, status: error.code, headers: headers)
    }
}
