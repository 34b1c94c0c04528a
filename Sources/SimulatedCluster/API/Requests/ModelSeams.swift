import KubernetesModel

/// Formats and patches that the model doesn't know yet.
enum ProtobufDecoder {
    static func decode(_ bytes: [UInt8]) throws -> KubernetesObject {
        throw StatusError.unsupportedMediaType(["application/json"])
    }
}
