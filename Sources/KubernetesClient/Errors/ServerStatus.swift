package import KubernetesModel

/// A failure as an API server answers it: a `Status` object, or what can be made of another answer.
package struct ServerStatus: Sendable, Hashable {
    package var code: Int
    /// `NotFound`, `Expired`, …; empty when the answer did not say.
    package var reason: String
    package var message: String
    package var causes: [Cause]
    /// What the server says to wait before trying again.
    package var retryAfterSeconds: Int?

    package struct Cause: Sendable, Hashable {
        package var reason: String
        package var message: String
        /// The field's path; empty when the cause is about none.
        package var field: String
    }

    package init(code: Int, reason: String = "", message: String = "", causes: [Cause] = [], retryAfterSeconds: Int? = nil) {
        self.code = code
        self.reason = reason
        self.message = message
        self.causes = causes
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// Reads a `Status` object; its own code wins over that of the answer around it.
    package init(_ json: JSONValue, code: Int = 0) {
        let details = json["details"]
        self.init(
            code: json["code"]?.intValue ?? code,
            reason: json["reason"]?.stringValue ?? "",
            message: json["message"]?.stringValue ?? "",
            causes: (details?["causes"]?.arrayValue ?? []).map { cause in
                Cause(
                    reason: cause["reason"]?.stringValue ?? "",
                    message: cause["message"]?.stringValue ?? "",
                    field: cause["field"]?.stringValue ?? ""
                )
            },
            retryAfterSeconds: (details?["retryAfterSeconds"]?.intValue).map { max(0, $0) }
        )
    }

    /// Reads the body of an answer that is a failure: a `Status` object, or whatever a proxy in between wrote.
    init(code: Int, body: [UInt8], retryAfter: String?) {
        if let json = try? JSONParser.parse(body), json["kind"]?.stringValue == "Status" {
            self.init(json, code: code)
        } else {
            self.init(code: code, message: Self.excerpt(of: body))
        }
        if let seconds = retryAfter.flatMap({ Int($0) }) { retryAfterSeconds = max(0, seconds) }
    }

    package var isExpired: Bool { code == 410 || reason == "Expired" || reason == "Gone" }

    /// The server is behind the version it was asked to have reached.
    package var isTooLargeVersion: Bool {
        code == 504 && (causes.contains { $0.reason == "ResourceVersionTooLarge" } || message.contains("Too large resource version"))
    }

    private static func excerpt(of body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(300), as: UTF8.self)
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
