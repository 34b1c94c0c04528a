/// `cat`, and `head -c`: hands files or its input on as they come.
struct CopyProgram: Program {
    private enum Place {
        case input
        case bytes(ArraySlice<UInt8>)
        case zeros
    }

    private static let chunk = 65_536
    private let tool: String
    private var files: ArraySlice<String>
    private var place: Place?
    /// How many bytes are still wanted; nil for all.
    private var wanted: Int?
    private var code = 0

    init(tool: String, files: [String], limit: Int? = nil) {
        self.tool = tool
        self.files = files.isEmpty ? ["-"] : files[...]
        wanted = limit
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start, .flushed: return goOn(context)
        case .read(let bytes?, _): return hand(on: bytes[...])
        case .read(nil, _):
            place = nil
            return goOn(context)
        case .signal(let signal): return context.defaultAction(for: signal)
        default: return []
        }
    }

    private mutating func goOn(_ context: ProcessContext) -> [ProgramAction] {
        if wanted == 0 { return [.exit(code: code)] }
        switch place {
        case .input: return [.read(from: nil, .chunk, ticket: 0)]
        case .zeros: return hand(on: ArraySlice(repeating: 0, count: Self.chunk))
        case .bytes(let bytes):
            let rest = bytes.dropFirst(Self.chunk)
            place = rest.isEmpty ? nil : .bytes(rest)
            return hand(on: bytes.prefix(Self.chunk))
        case nil: return open(context)
        }
    }

    private mutating func open(_ context: ProcessContext) -> [ProgramAction] {
        var problems: [ProgramAction] = []
        while let file = files.popFirst() {
            let path = context.absolute(file)
            do throws(FileSystem.Failure) {
                place =
                    if file == "-" { .input } else if context.files.node(at: path) == .zero { .zeros } else {
                        .bytes(try context.files.bytes(of: path)[...])
                    }
                return problems + goOn(context)
            } catch {
                code = 1
                let problem = error == .isDirectory ? "read error: \(error.rawValue)" : "can't open '\(file)': \(error.rawValue)"
                problems.append(.line("\(tool): \(problem)", .standardError))
            }
        }
        return problems + [.exit(code: code)]
    }

    private mutating func hand(on bytes: ArraySlice<UInt8>) -> [ProgramAction] {
        let taken = Array(bytes.prefix(wanted ?? bytes.count))
        wanted? -= taken.count
        return [.write(taken, .standard(.standardOutput)), .flush(.standardOutput, ticket: 0)]
    }
}

/// The options of `head -c COUNT FILE…`.
struct HeadBytes {
    let count: Int
    let files: [String]

    /// Nil when bytes aren't what is counted.
    init?(_ words: [String]) {
        let arguments = words.dropFirst()
        guard let option = arguments.first, option.hasPrefix("-c") else { return nil }
        let isAttached = option.count > 2
        guard let text = isAttached ? String(option.dropFirst(2)) : arguments.dropFirst().first else { return nil }
        let units: [Character: Int] = ["k": 1 << 10, "K": 1 << 10, "m": 1 << 20, "M": 1 << 20, "g": 1 << 30, "G": 1 << 30]
        let unit = text.last.flatMap { units[$0] }
        guard let number = Int(unit == nil ? text : String(text.dropLast())), number >= 0 else { return nil }
        let (product, isMore) = number.multipliedReportingOverflow(by: unit ?? 1)
        count = isMore ? .max : product
        files = Array(arguments.dropFirst(isAttached ? 1 : 2))
    }
}

/// `head -n COUNT` of its input, which it doesn't read to the end.
struct HeadLines: Program {
    private var wanted: Int

    /// Nil for files, and for other ways of counting.
    init?(_ words: [String]) {
        let arguments = words.dropFirst().map { Int($0.dropFirst()) != nil && $0.hasPrefix("-") ? "-n" + $0.dropFirst() : $0 }
        let options = ToolOptions(arguments, flags: "qv", valued: "nc")
        guard options.operands.isEmpty, options.value("c") == nil, let count = Int(options.value("n") ?? "10"), count >= 0 else {
            return nil
        }
        wanted = count
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start, .flushed: return [wanted == 0 ? .exit(code: 0) : .read(from: nil, .chunk, ticket: 0)]
        case .read(let bytes?, _):
            var taken = bytes[...]
            for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
                wanted -= 1
                guard wanted == 0 else { continue }
                taken = bytes[...index]
                break
            }
            return [.write(Array(taken), .standard(.standardOutput)), .flush(.standardOutput, ticket: 0)]
        case .read(nil, _): return [.exit(code: 0)]
        case .signal(let signal): return context.defaultAction(for: signal)
        default: return []
        }
    }
}
