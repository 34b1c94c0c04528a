import KubernetesModel

/// Values that stand as text in JSON and mean something else: read, and written as a server writes them.
enum ScalarText {
    static func canonical(_ value: JSONValue, _ type: SchemaType) throws(SchemaPruning.Mismatch) -> JSONValue {
        let text = value.stringValue ?? value.numberValue?.text ?? ""
        switch type {
        case .quantity:
            do {
                return try Quantity(text).json
            } catch {
                throw SchemaPruning.Mismatch(message: "\(error)")
            }
        case .bytes:
            guard Base64.decode(text) == nil else { return value }
            throw SchemaPruning.Mismatch(message: "illegal base64 data at input byte \(firstIllegalByte(of: text))")
        case .time, .microTime:
            guard KubernetesTime.parse(text) == nil else { return value }
            let layout = type == .time ? "2006-01-02T15:04:05Z07:00" : "2006-01-02T15:04:05.000000Z07:00"
            throw SchemaPruning.Mismatch(
                message: "parsing time \(text.goQuoted) as \(layout.goQuoted): cannot parse \(text.goQuoted) as \"2006\""
            )
        default: return value
        }
    }

    /// The first byte outside the alphabet, or the start of a last group that is not whole.
    private static func firstIllegalByte(of text: String) -> Int {
        let bytes = Array(text.utf8)
        let isLegal = { (byte: UInt8) in
            (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (0x30...0x39).contains(byte) || [0x2B, 0x2F, 0x3D, 0x0A, 0x0D].contains(byte)
        }
        return bytes.firstIndex { !isLegal($0) } ?? bytes.count / 4 * 4
    }
}
