/// A line of an HTTP message's head.
package struct HTTPField: Sendable, Hashable {
    /// In lower case.
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// An HTTP request as a server sees it.
struct HTTPRequest: Equatable {
    var method: String
    /// With its query.
    var path: String
    var host: String
    /// Without the host, and without what is about the connection.
    var fields: [HTTPField] = []
    var body: [UInt8] = []
    /// Who asks; nil for one that comes from within the pod, by a forwarded port.
    var client: IPv4?
}

/// What a server answers to it.
struct HTTPResponse: Equatable {
    var status: Int
    /// Its type is told by the body where it isn't among these.
    var fields: [HTTPField] = []
    var body: [UInt8]

    init(status: Int, fields: [HTTPField] = [], body: [UInt8]) {
        self.status = status
        self.body = body
        let hasType = fields.contains { $0.name == "content-type" }
        self.fields = hasType ? fields : [HTTPField("content-type", Self.type(of: body))] + fields
    }

    private static func type(of body: [UInt8]) -> String {
        switch body.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
        case UInt8(ascii: "<"): "text/html"
        case UInt8(ascii: "{"), UInt8(ascii: "["): "application/json"
        default: body.contains(0) ? "application/octet-stream" : "text/plain; charset=utf-8"
        }
    }
}
