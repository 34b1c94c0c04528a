import Crypto
import KubernetesModel

/// Tools for files as bytes: their sums, their sizes, parts of them, and base64.
extension ShellTools {
    static let byteTools: [String: Tool] = [
        "base64": { call in base64(&call) },
        "md5sum": { call in checksums(&call, "md5sum") { hexadecimal(Insecure.MD5.hash(data: $0)) } },
        "sha1sum": { call in checksums(&call, "sha1sum") { hexadecimal(Insecure.SHA1.hash(data: $0)) } },
        "sha256sum": { call in checksums(&call, "sha256sum") { hexadecimal(SHA256.hash(data: $0)) } },
        "sha512sum": { call in checksums(&call, "sha512sum") { hexadecimal(SHA512.hash(data: $0)) } },
        "dd": { call in copyBlocks(&call) },
        "stat": { call in status(&call) },
        "mktemp": { call in makeTemporary(&call) },
        "wc": { call in count(&call) },
    ]

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func base64(_ call: inout Call) -> Int {
        let options = ToolOptions(call.arguments, flags: "di", valued: "w")
        guard let bytes = call.bytes(of: options.operands, tool: "base64") else { return 1 }
        if options.has("d") {
            guard let decoded = Base64.decode(String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }) else {
                call.errors = "base64: invalid input\n"
                return 1
            }
            call.data = decoded
            return 0
        }
        let width = options.number("w") ?? 76
        let text = Array(Base64.encode(bytes).utf8)
        for start in stride(from: 0, to: text.count, by: width > 0 ? width : max(text.count, 1)) {
            call.data += text[start..<min(start + (width > 0 ? width : text.count), text.count)]
            if width > 0 { call.data.append(0x0A) }
        }
        return 0
    }

    private static func checksums(_ call: inout Call, _ tool: String, _ sum: ([UInt8]) -> String) -> Int {
        let options = ToolOptions(call.arguments, flags: "bcsw")
        var code = 0
        for file in options.operands.isEmpty ? ["-"] : options.operands {
            guard let bytes = call.bytes(of: [file], tool: tool) else {
                if call.wantsInput || call.isEndless { return 1 }
                code = 1
                continue
            }
            guard options.has("c") else {
                call.output += "\(sum(bytes))  \(file)\n"
                continue
            }
            for line in lines(of: String(decoding: bytes, as: UTF8.self)) {
                let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
                let name = parts.count == 2 ? String(parts[1].drop { $0 == " " || $0 == "*" }) : ""
                let isSame = (try? call.context.files.bytes(of: call.path(name))).map { sum($0) == parts[0] } ?? false
                if !isSame { code = 1 }
                call.output += "\(name): \(isSame ? "OK" : "FAILED")\n"
            }
        }
        return code
    }

    private static func count(_ call: inout Call) -> Int {
        let options = ToolOptions(call.arguments, flags: "clmwL")
        var total = [Character: Int]()
        let chosen = "lwmcL".filter { options.has($0) }
        let shown = chosen.isEmpty ? "lwc" : chosen
        let files = options.operands.isEmpty ? ["-"] : options.operands
        for file in files {
            guard let bytes = call.bytes(of: [file], tool: "wc") else { return 1 }
            let text = String(decoding: bytes, as: UTF8.self)
            let counts: [Character: Int] = [
                "l": bytes.count { $0 == 0x0A }, "w": text.split(whereSeparator: \.isWhitespace).count, "m": text.unicodeScalars.count,
                "c": bytes.count, "L": lines(of: text).map(\.count).max() ?? 0,
            ]
            total.merge(counts) { $0 + $1 }
            call.output += line(counts, shown, operands: options.operands, file)
        }
        if files.count > 1 { call.output += line(total, shown, operands: options.operands, "total") }
        return 0
    }

    /// One number alone stands without blanks before it.
    private static func line(_ counts: [Character: Int], _ shown: String, operands: [String], _ name: String) -> String {
        let isAlone = shown.count == 1
        let numbers = shown.map { kind in
            let text = String(counts[kind] ?? 0)
            return isAlone ? text : String(repeating: " ", count: max(0, 9 - text.count)) + text
        }
        return numbers.joined(separator: isAlone ? "" : " ") + (operands.isEmpty ? "" : " " + name) + "\n"
    }

    private static func makeTemporary(_ call: inout Call) -> Int {
        let options = ToolOptions(call.arguments, flags: "dqtu", valued: "p")
        let template = options.operands.first.map { options.has("t") ? "/tmp/" + $0 : $0 } ?? (options.value("p") ?? "/tmp") + "/tmp.XXXXXX"
        let stem = template.reversed().drop { $0 == "X" }
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        let random = (0..<(template.count - stem.count)).map { _ in letters[call.context.random.next(below: letters.count)] }
        let name = String(stem.reversed()) + String(random)
        do throws(FileSystem.Failure) {
            guard random.count >= 6 else { throw .missing }
            if options.has("d") {
                try call.context.files.makeDirectory(call.path(name), withParents: false)
            } else {
                try call.context.files.write([], to: call.path(name))
            }
            call.output = name + "\n"
            return 0
        } catch {
            call.errors = "mktemp: \(template): \(error.rawValue)\n"
            return 1
        }
    }

    // MARK: stat

    private static func status(_ call: inout Call) -> Int {
        let options = ToolOptions(call.arguments, flags: "Lft", valued: "c")
        for file in options.operands {
            let path = call.path(file)
            guard let node = options.has("L") ? call.context.files.node(at: path) : call.context.files.entry(at: path) else {
                call.errors += "stat: can't stat '\(file)': No such file or directory\n"
                continue
            }
            call.output += options.value("c").map { formatted($0, file, node) + "\n" } ?? whole(file, node)
        }
        return call.errors.isEmpty ? 0 : 1
    }

    private static func facts(_ node: FileTree.Node) -> (kind: String, mode: String, access: String, size: Int) {
        switch node {
        case .directory: ("directory", "755", "drwxr-xr-x", 4096)
        case .file(let bytes, let isExecutable):
            (
                bytes.isEmpty ? "regular empty file" : "regular file", isExecutable ? "755" : "644",
                isExecutable ? "-rwxr-xr-x" : "-rw-r--r--", bytes.count
            )
        case .link(let target): ("symbolic link", "777", "lrwxrwxrwx", target.utf8.count)
        case .null, .zero: ("character special file", "666", "crw-rw-rw-", 0)
        }
    }

    private static func formatted(_ format: String, _ name: String, _ node: FileTree.Node) -> String {
        let facts = facts(node)
        let values: [Character: String] = [
            "n": name, "s": String(facts.size), "F": facts.kind, "a": facts.mode, "A": facts.access, "u": "0", "g": "0", "U": "root",
            "G": "root", "b": String((facts.size + 511) / 512), "B": "512", "h": "1", "%": "%",
        ]
        return PercentFormat.text(format) { values[$0] ?? "?" }
    }

    private static func whole(_ name: String, _ node: FileTree.Node) -> String {
        let facts = facts(node)
        let title = if case .link(let target) = node { "'\(name)' -> '\(target)'" } else { name }
        return """
              File: \(title)
              Size: \(facts.size)\t\tBlocks: \((facts.size + 511) / 512)\t IO Block: 4096   \(facts.kind)
            Access: (0\(facts.mode)/\(facts.access))  Uid: (    0/    root)   Gid: (    0/    root)

            """
    }

    // MARK: dd

    private static func copyBlocks(_ call: inout Call) -> Int {
        let copy = BlockCopy(call.arguments)
        let (source, target) = (copy.source, copy.target.map(call.path))
        let files = call.context.files
        guard let input = copy.isOfZeros(call) ? [] : call.bytes(of: source.map { [$0] } ?? [], tool: "dd") else { return 1 }
        let wanted = copy.count.map(copy.bytes)
        let skipped = input.dropFirst(copy.bytes(inBlocks: copy.skip))
        let size = copy.isOfZeros(call) ? wanted ?? .max : min(skipped.count, wanted ?? .max)
        var written = 0
        do throws(FileSystem.Failure) {
            if let target { try files.write([], to: target) }
            while written < size {
                let part = min(1 << 20, size - written)
                let bytes = copy.isOfZeros(call) ? [UInt8](repeating: 0, count: part) : Array(skipped.dropFirst(written).prefix(part))
                if let target { try files.write(bytes, to: target, appending: true) } else { call.data += bytes }
                written += part
                // Nobody holds more: such a copy takes all memory there is.
                guard call.data.count <= Machine.mostAllocated else { break }
            }
        } catch {
            call.errors = "dd: error writing '\(copy.target ?? "standard output")': \(error.rawValue)\n"
        }
        let blocks = "\(written / copy.block)+\(written % copy.block == 0 ? 0 : 1)"
        if !copy.isQuiet { call.errors += "\(blocks) records in\n\(blocks) records out\n" }
        return call.errors.hasPrefix("dd:") ? 1 : 0
    }
}

/// What `dd` is told: `if=FILE of=FILE bs=SIZE count=BLOCKS skip=BLOCKS status=none`.
struct BlockCopy {
    private(set) var source: String?
    private(set) var target: String?
    private(set) var block = 512
    private(set) var count: Int?
    private(set) var skip = 0
    private(set) var isQuiet = false

    init(_ words: [String]) {
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "if": source = parts[1]
            case "of": target = parts[1]
            case "bs", "ibs", "obs": block = min(max(Self.size(parts[1]), 1), 1 << 30)
            case "count": count = max(0, Self.size(parts[1]))
            case "skip": skip = max(0, Self.size(parts[1]))
            case "status": isQuiet = parts[1] == "none"
            default: continue
            }
        }
    }

    private static func size(_ text: String) -> Int {
        let units = [
            "k": 1 << 10, "K": 1 << 10, "kB": 1000, "m": 1 << 20, "M": 1 << 20, "MB": 1_000_000, "g": 1 << 30, "G": 1 << 30,
            "GB": 1_000_000_000,
        ]
        let digits = text.prefix(while: \.isNumber)
        let (product, isMore) = (Int(digits) ?? 0).multipliedReportingOverflow(by: units[String(text.dropFirst(digits.count))] ?? 1)
        return isMore ? .max : product
    }

    func bytes(inBlocks count: Int) -> Int {
        let (product, isMore) = count.multipliedReportingOverflow(by: block)
        return isMore ? .max : product
    }

    func isOfZeros(_ call: ShellTools.Call) -> Bool {
        source.map { call.context.files.node(at: call.path($0)) == .zero } ?? false
    }

    /// Whether it goes on for ever and leaves nothing behind: what is done to keep a processor busy.
    var isEndless: Bool { source == "/dev/zero" && target == "/dev/null" && count == nil }
}
