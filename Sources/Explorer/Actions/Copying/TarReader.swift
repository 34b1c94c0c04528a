/// Takes a tar archive apart as it comes: POSIX's format with its extended headers, and GNU's long names.
nonisolated struct TarReader: Sendable {
    enum Event: Sendable, Equatable {
        case entry(TarEntry)
        /// More of the last entry's content.
        case content([UInt8])
        /// The archive is over; what follows is padding.
        case end
    }

    private enum State {
        case header
        /// A file's content.
        case content(left: Int, padding: Int)
        /// What describes the next entry.
        case record(kind: UInt8, left: Int, padding: Int)
        case skipped(left: Int)
        case over
    }

    private var state = State.header
    private var pending: [UInt8] = []
    private var nextPath: String?
    private var nextTarget: String?
    private var nextSize: Int?

    /// Whether the archive has come to its end.
    var isComplete: Bool {
        if case .over = state { true } else { false }
    }

    /// - Throws: `TarError` for what is no archive.
    mutating func read(_ bytes: [UInt8]) throws(TarError) -> [Event] {
        var input = bytes[...]
        var events: [Event] = []
        while !input.isEmpty || isDue {
            switch state {
            case .header: try readHeader(&input, &events)
            case .content(let left, let padding):
                let part = input.prefix(left)
                input = input.dropFirst(part.count)
                if !part.isEmpty { events.append(.content(Array(part))) }
                state = left > part.count ? .content(left: left - part.count, padding: padding) : .skipped(left: padding)
            case .record(let kind, let left, let padding):
                let part = input.prefix(left)
                input = input.dropFirst(part.count)
                pending += part
                state = .record(kind: kind, left: left - part.count, padding: padding)
                if left == part.count { endRecord(kind, padding) }
            case .skipped(let left):
                let count = min(left, input.count)
                input = input.dropFirst(count)
                state = left > count ? .skipped(left: left - count) : .header
            case .over: return events
            }
        }
        return events
    }

    /// Whether something can be done without more input.
    private var isDue: Bool {
        switch state {
        case .content(0, _), .record(_, 0, _), .skipped(0): true
        default: false
        }
    }

    private mutating func readHeader(_ input: inout ArraySlice<UInt8>, _ events: inout [Event]) throws(TarError) {
        let part = input.prefix(TarFormat.block - pending.count)
        input = input.dropFirst(part.count)
        pending += part
        guard pending.count == TarFormat.block else { return }
        let header = pending
        pending = []
        guard header.contains(where: { $0 != 0 }) else {
            state = .over
            return events.append(.end)
        }
        guard try Self.number(header[148..<156]) == Self.checksum(header) else { throw TarError(description: "it is no tar archive") }
        let size = if let nextSize { nextSize } else { try Self.number(header[124..<136]) }
        let kind = header[156]
        if [UInt8(ascii: "L"), UInt8(ascii: "K"), UInt8(ascii: "x"), UInt8(ascii: "g")].contains(kind) {
            guard size <= TarFormat.longestRecord else { throw TarError(description: "a name in it is too long") }
            state = .record(kind: kind, left: size, padding: TarFormat.padding(size))
            return
        }
        let entry = try entry(header, kind, size)
        if case .file = entry.kind {
            state = .content(left: size, padding: TarFormat.padding(size))
        } else {
            state = .skipped(left: kind == UInt8(ascii: "1") || entry.kind == .folder ? 0 : size + TarFormat.padding(size))
        }
        (nextPath, nextTarget, nextSize) = (nil, nil, nil)
        events.append(.entry(entry))
    }

    private func entry(_ header: [UInt8], _ kind: UInt8, _ size: Int) throws(TarError) -> TarEntry {
        // What GNU's tar keeps where POSIX has the prefix are times.
        let hasPrefix = header[257..<263].elementsEqual("ustar\0".utf8)
        let prefix = hasPrefix ? Self.text(header[345..<500]) : ""
        let path = nextPath ?? (prefix.isEmpty ? "" : prefix + "/") + Self.text(header[0..<100])
        let target = nextTarget ?? Self.text(header[157..<257])
        let meaning: TarEntry.Kind =
            switch kind {
            case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): path.hasSuffix("/") ? .folder : .file(size: size)
            case UInt8(ascii: "1"): .hardLink(target: target)
            case UInt8(ascii: "2"): .symbolicLink(target: target)
            case UInt8(ascii: "5"): .folder
            default: .other
            }
        return TarEntry(
            path: path, kind: meaning, mode: try Self.number(header[100..<108]) & 0o777, modified: try Self.number(header[136..<148])
        )
    }

    private mutating func endRecord(_ kind: UInt8, _ padding: Int) {
        let record = pending
        pending = []
        state = .skipped(left: padding)
        switch kind {
        case UInt8(ascii: "L"): nextPath = Self.text(record[...])
        case UInt8(ascii: "K"): nextTarget = Self.text(record[...])
        case UInt8(ascii: "x"): readExtension(record)
        default: break
        }
    }

    /// Records `LENGTH KEY=VALUE\n`.
    private mutating func readExtension(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while let blank = rest.firstIndex(of: UInt8(ascii: " ")), let length = Int(String(decoding: rest[..<blank], as: UTF8.self)),
            length > blank - rest.startIndex + 1, length <= rest.count
        {
            let record = String(decoding: rest[(blank + 1)..<(rest.startIndex + length - 1)], as: UTF8.self)
            rest = rest.dropFirst(length)
            let parts = record.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "path": nextPath = parts[1]
            case "linkpath": nextTarget = parts[1]
            case "size": nextSize = Int(parts[1]).flatMap { TarFormat.sizes.contains($0) ? $0 : nil }
            default: break
            }
        }
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// In octal digits, or GNU's way for what they can't say: the highest bit set, then bytes.
    private static func number(_ field: ArraySlice<UInt8>) throws(TarError) -> Int {
        if let first = field.first, first & 0x80 != 0 {
            guard first == 0x80, field.dropFirst().dropLast(7).allSatisfy({ $0 == 0 }), field.suffix(7).first ?? 0 < 0x80 else {
                throw TarError(description: "a number in it makes no sense")
            }
            return field.suffix(7).reduce(0) { $0 << 8 | Int($1) }
        }
        let digits = field.filter { $0 != 0 && $0 != UInt8(ascii: " ") }
        if digits.isEmpty { return 0 }
        guard let number = Int(String(decoding: digits, as: UTF8.self), radix: 8), number >= 0 else {
            throw TarError(description: "it is no tar archive")
        }
        return number
    }

    /// The sum of a header's bytes, its own field taken for blanks.
    private static func checksum(_ header: [UInt8]) -> Int {
        header.indices.reduce(0) { $0 + ((148..<156).contains($1) ? 32 : Int(header[$1])) }
    }
}
