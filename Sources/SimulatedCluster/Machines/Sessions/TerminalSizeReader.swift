import KubernetesModel

/// Reads the sizes that a client sends for its terminal as a kubelet does: JSON documents one after the other, cut into messages
/// anywhere, with names in letters of any case. After one that is wrong it reads no more.
struct TerminalSizeReader {
    private static let longest = 4096

    private var pending: [UInt8] = []
    private var isBroken = false

    /// The last of the sizes that are complete by now; nil when there is no new one.
    mutating func last(after bytes: [UInt8]) -> TerminalSize? {
        guard !isBroken else { return nil }
        // Sizes are short: who sends more at once, or never ends one, means none.
        guard pending.count + bytes.count <= Self.longest else {
            (isBroken, pending) = (true, [])
            return nil
        }
        pending += bytes
        var size: TerminalSize?
        while let document = nextDocument() {
            guard let next = (try? JSONParser.parse(document))?.objectValue.flatMap(Self.size) else {
                isBroken = true
                break
            }
            size = next
        }
        return size
    }

    /// Takes what stands up to the brace that closes the first one.
    private mutating func nextDocument() -> [UInt8]? {
        pending = Array(pending.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) })
        guard let first = pending.first else { return nil }
        guard first == UInt8(ascii: "{") else { return pending }
        var (depth, isInString, isEscaped) = (0, false, false)
        for (index, byte) in pending.enumerated() {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isInString: isEscaped = true
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{") where !isInString: depth += 1
            case UInt8(ascii: "}") where !isInString: depth -= 1
            default: break
            }
            if depth == 0 {
                defer { pending.removeFirst(index + 1) }
                return Array(pending[...index])
            }
        }
        return nil
    }

    /// Nil for numbers that are none of 16 bits.
    private static func size(_ json: JSONObject) -> TerminalSize? {
        var (width, height) = (0, 0)
        for (name, value) in json where !value.isNull {
            let name = name.lowercased()
            guard ["width", "height"].contains(name) else { continue }
            guard let number = value.intValue.flatMap({ UInt16(exactly: $0) }) else { return nil }
            if name == "width" { width = Int(number) } else { height = Int(number) }
        }
        return TerminalSize(width: width, height: height)
    }
}
