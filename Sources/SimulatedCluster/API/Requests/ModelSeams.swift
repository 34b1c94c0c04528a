import KubernetesModel

/// Formats and patches that the model doesn't know yet.
enum YAML {
    static func parse(_ text: String) throws -> [JSONValue] { [try JSONParser.parse(text)] }
    static func write(_ value: JSONValue) -> String { String(decoding: JSONWriter.indented(value), as: UTF8.self) }
}

enum ProtobufDecoder {
    static func decode(_ bytes: [UInt8]) throws -> KubernetesObject {
        throw StatusError.unsupportedMediaType(["application/json"])
    }
}
