/// An HTTP request to the API, without the connection it came on.
package struct APIRequest: Sendable {
    /// How many bytes a body may have.
    package static let bodyLimit = 3 << 20

    package var method: String
    /// Percent-encoded as it was sent, without the query.
    package var path: String
    /// Decoded, in the order of the request; a name may stand several times.
    package var query: [(name: String, value: String)]
    /// As it was sent, for those who pass it on: without the question mark.
    package var rawQuery: String
    /// Names in lower case.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// Whom the client's certificate names, if the cluster's authority has issued it; nil without one that names somebody.
    package var clientCertificate: ClientIdentity?
    private var readDocument: BodyDocument?

    package init(
        method: String, path: String, query: [(name: String, value: String)] = [], rawQuery: String? = nil,
        headers: [(name: String, value: String)] = [], body: [UInt8] = [], clientCertificate: ClientIdentity? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.rawQuery = rawQuery ?? PercentEncoding.encode(query)
        self.headers = headers
        self.body = body
        self.clientCertificate = clientCertificate
    }

    /// What the body says; nil in a language that is none of the API's.
    var document: BodyDocument? { readDocument ?? BodyDocument(body, mediaType: MediaType(header("content-type") ?? "").name) }

    /// Reads the body ahead: a large one takes long, in which the cluster can answer others.
    package mutating func readBody() {
        readDocument = document
    }

    /// The first value of a header; `name` in lower case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    /// The first value of a query parameter.
    package func parameter(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// A query parameter as API servers read flags: `true`, `1` and an empty value turn it on.
    package func flag(_ name: String) -> Bool {
        guard let value = parameter(name) else { return false }
        return ["", "1", "t", "true"].contains(value.lowercased())
    }
}

/// Who a client's certificate says it is.
package enum ClientIdentity: Sendable, Hashable {
    /// - fingerprint: of the certificate, as `X509SHA256=…`; empty where there was none.
    case subject(commonName: String, organizations: [String], fingerprint: String)
    /// The certificate is expired, or of an authority that the cluster doesn't trust.
    case refused

    package init(commonName: String, organizations: [String] = [], fingerprint: String = "") {
        self = .subject(commonName: commonName, organizations: organizations, fingerprint: fingerprint)
    }
}
