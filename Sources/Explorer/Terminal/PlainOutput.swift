/// What a program writes that has no terminal, made safe for ours: control characters become visible, and lines end as a terminal
/// wants it. It comes in pieces, which may end in the middle of a character.
struct PlainOutput {
    /// In UTF-8 the controls above ASCII begin with this byte.
    private static let lead = UInt8(0xC2)
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
    private var holdsLead = false

    mutating func shown(_ bytes: [UInt8]) -> [UInt8] {
        var shown: [UInt8] = []
        shown.reserveCapacity(bytes.count)
        for byte in bytes { append(byte, to: &shown) }
        return shown
    }

    private mutating func append(_ byte: UInt8, to shown: inout [UInt8]) {
        if holdsLead {
            holdsLead = false
            if (0x80..<0xA0).contains(byte) { return shown += Self.replacement }
            shown.append(Self.lead)
        }
        switch byte {
        case UInt8(ascii: "\n"): shown += [UInt8(ascii: "\r"), byte]
        case UInt8(ascii: "\t"): shown.append(byte)
        // The pictures of controls: ␛ for escape, ␡ for delete.
        case 0..<0x20: shown += [0xE2, 0x90, 0x80 + byte]
        case 0x7F: shown += [0xE2, 0x90, 0xA1]
        case Self.lead: holdsLead = true
        default: shown.append(byte)
        }
    }
}
