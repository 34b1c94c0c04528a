package import KubernetesModel

/// A refusal by the API, as clients see it: the content of a `Status` object.
package struct StatusError: Error, Sendable, Hashable {
    package struct Cause: Sendable, Hashable {
        package var reason: String
        package var message: String
        package var field: String

        package init(reason: String, message: String, field: String = "") {
            self.reason = reason
            self.message = message
            self.field = field
        }
    }

    package struct Details: Sendable, Hashable {
        package var name = ""
        package var group = ""
        package var kind = ""
        package var uid = ""
        package var causes: [Cause] = []
        package var retryAfterSeconds = 0

        package init(
            name: String = "", group: String = "", kind: String = "", uid: String = "", causes: [Cause] = [], retryAfterSeconds: Int = 0
        ) {
            self.name = name
            self.group = group
            self.kind = kind
            self.uid = uid
            self.causes = causes
            self.retryAfterSeconds = retryAfterSeconds
        }
    }

    package var code: Int
    /// Empty where Kubernetes has no word for it.
    package var reason: String
    package var message: String
    /// Nil where Kubernetes leaves them out.
    package var details: Details?
    /// A token with which an expired list can go on inconsistently.
    package var continueToken: String?

    package init(code: Int, reason: String, message: String, details: Details? = nil, continueToken: String? = nil) {
        self.code = code
        self.reason = reason
        self.message = message
        self.details = details
        self.continueToken = continueToken
    }

    /// The `Status` object.
    package var json: JSONValue {
        var status: JSONObject = [
            "kind": "Status", "apiVersion": "v1", "metadata": .object(continueToken.map { ["continue": .string($0)] } ?? [:]),
            "status": "Failure", "message": .string(message),
        ]
        status["reason"] = reason.isEmpty ? nil : .string(reason)
        status["details"] = details?.json
        status["code"] = JSONValue(code)
        return .object(status)
    }
}

extension StatusError.Details {
    package var json: JSONValue {
        var json = JSONObject()
        for (key, text) in [("name", name), ("group", group), ("kind", kind), ("uid", uid)] where !text.isEmpty {
            json[key] = .string(text)
        }
        if !causes.isEmpty { json["causes"] = .array(causes.map(\.json)) }
        if retryAfterSeconds > 0 { json["retryAfterSeconds"] = JSONValue(retryAfterSeconds) }
        return .object(json)
    }
}

extension StatusError.Cause {
    var json: JSONValue {
        var json = JSONObject()
        for (key, text) in [("reason", reason), ("message", message), ("field", field)] where !text.isEmpty {
            json[key] = .string(text)
        }
        return .object(json)
    }
}
