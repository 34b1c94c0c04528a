/// The format of `tar`, as POSIX has it: entries of a header and content, in blocks of 512 bytes.
struct TarArchive {
    struct Entry: Equatable {
        enum Content: Equatable {
            case directory
            case file([UInt8])
            /// A symbolic link.
            case link(to: String)
        }

        var path: String
        var content: Content
        var isExecutable = false
    }

    struct Damage: Error, Equatable {
        let message: String
    }

    private static let block = 512

    // MARK: Reading

    /// A hard link is another file with the same content; devices are left out.
    static func entries(of bytes: [UInt8]) throws(Damage) -> [Entry] {
        var entries: [Entry] = []
        var rest = bytes[...]
        var longName: String?
        var longTarget: String?
        while let header = try header(&rest) {
            let size = try number(header[124..<136])
            guard rest.count >= size else { throw Damage(message: "short read") }
            let content = Array(rest.prefix(size))
            rest = rest.dropFirst((size + block - 1) / block * block)
            switch header[156] {
            case UInt8(ascii: "L"): longName = text(content[...])
            case UInt8(ascii: "K"): longTarget = text(content[...])
            case UInt8(ascii: "x"):
                longName = paxValue("path", content) ?? longName
                longTarget = paxValue("linkpath", content) ?? longTarget
            case UInt8(ascii: "g"): break
            default:
                let target = longTarget ?? text(header[157..<257])
                if let entry = try entry(header, name: longName, target: target, content, after: entries) { entries.append(entry) }
                (longName, longTarget) = (nil, nil)
            }
        }
        return entries
    }

    /// The next block as a header, counted from 0; nil at the end of the archive.
    private static func header(_ rest: inout ArraySlice<UInt8>) throws(Damage) -> [UInt8]? {
        guard !rest.isEmpty else { return nil }
        guard rest.count >= block else { throw Damage(message: "short read") }
        let header = Array(rest.prefix(block))
        rest = rest.dropFirst(block)
        guard header.contains(where: { $0 != 0 }) else { return nil }
        guard try number(header[148..<156]) == checksum(header) else { throw Damage(message: "invalid tar magic") }
        return header
    }

    private static func entry(
        _ header: [UInt8], name: String?, target: String, _ content: [UInt8], after entries: [Entry]
    ) throws(Damage) -> Entry? {
        let prefix = text(header[345..<500])
        let path = name ?? (prefix.isEmpty ? "" : prefix + "/") + text(header[0..<100])
        let mode = try number(header[100..<108])
        switch header[156] {
        case UInt8(ascii: "5"): return Entry(path: path, content: .directory)
        case UInt8(ascii: "2"): return Entry(path: path, content: .link(to: target))
        case UInt8(ascii: "1"):
            guard let same = entries.last(where: { $0.path == target }) else { return nil }
            return Entry(path: path, content: same.content, isExecutable: same.isExecutable)
        case 0, UInt8(ascii: "0"):
            let isDirectory = path.hasSuffix("/")
            return Entry(path: path, content: isDirectory ? .directory : .file(content), isExecutable: mode & 0o111 != 0)
        default: return nil
        }
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// A value among the records `LENGTH KEY=VALUE\n` of an extended header.
    private static func paxValue(_ key: String, _ content: [UInt8]) -> String? {
        String(decoding: content, as: UTF8.self).split(separator: "\n").lazy
            .compactMap { record in record.firstRange(of: " \(key)=").map { String(record[$0.upperBound...]) } }.first
    }

    private static func number(_ field: ArraySlice<UInt8>) throws(Damage) -> Int {
        let digits = field.filter { $0 != 0 && $0 != UInt8(ascii: " ") }
        if digits.isEmpty { return 0 }
        guard let number = Int(String(decoding: digits, as: UTF8.self), radix: 8), number >= 0 else {
            throw Damage(message: "corrupted octal value in tar header")
        }
        return number
    }

    /// The sum of a header's bytes, its own field taken for blanks.
    private static func checksum(_ header: [UInt8]) -> Int {
        header.indices.reduce(0) { $0 + ((148..<156).contains($1) ? 32 : Int(header[$1])) }
    }

    // MARK: Writing

    static func bytes(of entries: [Entry], at time: Int) -> [UInt8] {
        entries.flatMap { bytes(of: $0, at: time) } + [UInt8](repeating: 0, count: 2 * block)
    }

    private static func bytes(of entry: Entry, at time: Int) -> [UInt8] {
        let isLong = entry.path.utf8.count > 100
        let name = Array(entry.path.utf8)
        var bytes = isLong ? header("././@LongLink", mode: 0, size: name.count + 1, kind: "L", time) + padded(name + [0]) : []
        let short = String(decoding: name.prefix(100), as: UTF8.self)
        switch entry.content {
        case .directory: bytes += header(short, mode: 0o755, size: 0, kind: "5", time)
        case .link(let target):
            let isLong = target.utf8.count > 100
            if isLong {
                let name = Array(target.utf8) + [0]
                bytes = header("././@LongLink", mode: 0, size: name.count, kind: "K", time) + padded(name) + bytes
            }
            bytes += header(short, mode: 0o777, size: 0, kind: "2", time, target: String(decoding: target.utf8.prefix(100), as: UTF8.self))
        case .file(let content):
            bytes += header(short, mode: entry.isExecutable ? 0o755 : 0o644, size: content.count, kind: "0", time) + padded(content)
        }
        return bytes
    }

    private static func padded(_ content: [UInt8]) -> [UInt8] {
        content + [UInt8](repeating: 0, count: (block - content.count % block) % block)
    }

    private static func header(_ name: String, mode: Int, size: Int, kind: Character, _ time: Int, target: String = "") -> [UInt8] {
        var header = [UInt8](repeating: 0, count: block)
        func put(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() where offset + index < block { header[offset + index] = byte }
        }
        func octal(_ value: Int, digits: Int) -> String {
            let text = String(value, radix: 8)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        put(name, at: 0)
        put(octal(mode, digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)
        put(octal(0, digits: 7), at: 116)
        put(octal(size, digits: 11), at: 124)
        put(octal(time, digits: 11), at: 136)
        put(String(kind), at: 156)
        put(target, at: 157)
        put("ustar  ", at: 257)
        put("root", at: 265)
        put("root", at: 297)
        put(octal(checksum(header), digits: 6) + "\0 ", at: 148)
        return header
    }
}
