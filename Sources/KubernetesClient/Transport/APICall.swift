import NIOCore
import NIOHTTP1

/// One request to an API server, before it knows where the server is and who asks.
struct APICall: Sendable {
    var operation: ClientError.Operation
    var target: ClientError.Target
    var method: HTTPMethod
    /// Without the server's prefix; segments are encoded.
    var path: String
    var query: [(name: String, value: String)] = []
    var headers: [(name: String, value: String)] = []
    var accept = "application/json"
    var body: (bytes: [UInt8], contentType: String)?
    /// How long its answer may take to begin, where that is less than usual.
    var patience: Duration?
    /// Uses the connections whose answers may go on for ever.
    var isStream = false

    var pathAndQuery: String {
        guard !query.isEmpty else { return path }
        let pairs = query.map { "\(Self.encode($0.name))=\(Self.encode($0.value))" }
        return path + "?" + pairs.joined(separator: "&")
    }

    func error(_ cause: ClientError.Cause) -> ClientError {
        ClientError(operation, target, cause: cause)
    }

    /// Percent-encodes all but RFC 3986's unreserved characters.
    static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += byte < 16 ? "%0\(String(byte, radix: 16, uppercase: true))" : "%\(String(byte, radix: 16, uppercase: true))"
            }
        }
        return encoded
    }
}
