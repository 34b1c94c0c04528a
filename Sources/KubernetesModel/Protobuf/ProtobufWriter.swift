/// Writes messages in protobuf's wire format, field by field.
package struct ProtobufWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// A text; an empty one is as good as none.
    package mutating func write(_ text: String?, _ field: Int) {
        guard let text, !text.isEmpty else { return }
        write(Array(text.utf8), field)
    }

    package mutating func write(_ flag: Bool, _ field: Int) {
        guard flag else { return }
        varint(UInt64(field) << 3)
        varint(1)
    }

    package mutating func write(_ number: Int?, _ field: Int) {
        guard let number, number != 0 else { return }
        varint(UInt64(field) << 3)
        varint(UInt64(bitPattern: Int64(number)))
    }

    /// A message, which `content` writes; one without content is there all the same.
    package mutating func write(_ field: Int, _ content: (inout ProtobufWriter) -> Void) {
        var inner = ProtobufWriter()
        content(&inner)
        write(inner.bytes, field)
    }

    private mutating func write(_ content: [UInt8], _ field: Int) {
        varint(UInt64(field) << 3 | 2)
        varint(UInt64(content.count))
        bytes += content
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
