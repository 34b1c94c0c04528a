import Foundation
import KubernetesModel

/// Where a paged list goes on: the revision that all its pages show, and the last key that was sent.
struct ContinueToken {
    /// Nil to go on with whatever is there now.
    var revision: Int?
    var after: ObjectKey

    var text: String {
        let start = after.namespace.map { "\($0)/\(after.name)\u{0}" } ?? "\(after.name)\u{0}"
        let json: JSONValue = ["v": "meta.k8s.io/v1", "rv": JSONValue(revision ?? -1), "start": .string(start)]
        return Data(JSONWriter.compact(json)).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    init(revision: Int?, after: ObjectKey) {
        self.revision = revision
        self.after = after
    }

    init(_ text: String, isNamespaced: Bool) throws(StatusError) {
        var base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: base64), let json = try? JSONParser.parse(Array(data)),
            let revision = json["rv"]?.intValue, let start = json["start"]?.stringValue, !start.isEmpty
        else { throw .badRequest("continue key is not valid: illegal base64 data or JSON in the continue parameter") }
        guard json["v"]?.stringValue == "meta.k8s.io/v1" else {
            throw .badRequest("continue key is not valid: server does not recognize this encoded version")
        }
        let key = start.hasSuffix("\u{0}") ? String(start.dropLast()) : start
        let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        self.revision = revision < 0 ? nil : revision
        after = isNamespaced && parts.count == 2 ? ObjectKey(namespace: parts[0], name: parts[1]) : ObjectKey(name: key)
    }
}
