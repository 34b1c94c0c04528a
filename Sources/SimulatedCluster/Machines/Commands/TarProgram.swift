import KubernetesModel

/// `tar`: packs files, unpacks an archive, or lists it. `kubectl cp` copies by it, both ways.
struct TarProgram: Program {
    private enum Mode: Character {
        case create = "c"
        case extract = "x"
        case list = "t"
    }

    private var mode: Mode?
    private var archive = "-"
    private var directory: String?
    private var operands: [String] = []
    private var isVerbose = false
    private var input: [UInt8] = []

    init(words: [String]) {
        var arguments = words.dropFirst()
        // The first word needs no dash.
        if let first = arguments.first, !first.hasPrefix("-") { arguments = ["-" + first] + arguments.dropFirst() }
        while let argument = arguments.popFirst() {
            guard argument.hasPrefix("-"), argument.count > 1 else {
                operands.append(argument)
                continue
            }
            if argument.hasPrefix("--") { continue }
            for option in argument.dropFirst() {
                switch option {
                case "f": archive = arguments.popFirst() ?? "-"
                case "C": directory = arguments.popFirst()
                case "v": isVerbose = true
                default: mode = Mode(rawValue: option) ?? mode
                }
            }
        }
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start: return start(context)
        case .read(let bytes?, _):
            self.input += bytes
            return [.allocate(bytes: self.input.count), .read(from: nil, .chunk, ticket: 0)]
        case .read(nil, _): return unpack(self.input, context)
        case .signal(let signal): return context.defaultAction(for: signal)
        default: return []
        }
    }

    private func start(_ context: ProcessContext) -> [ProgramAction] {
        if let directory, context.files.node(at: context.absolute(directory)) != .directory {
            return fail("can't change directory to '\(directory)': No such file or directory")
        }
        switch mode {
        case .create: return pack(context)
        case .extract, .list:
            guard archive != "-" else { return [.read(from: nil, .chunk, ticket: 0)] }
            guard let bytes = try? context.files.bytes(of: context.absolute(archive)) else {
                return fail("can't open '\(archive)': No such file or directory")
            }
            return unpack(bytes, context)
        case nil: return fail("must specify one of -c, -x, -t")
        }
    }

    private func fail(_ problem: String) -> [ProgramAction] {
        [.line("tar: \(problem)", .standardError), .exit(code: 1)]
    }

    private func place(_ path: String, _ context: ProcessContext) -> String {
        context.absolute(path.hasPrefix("/") ? path : [directory, path].compactMap(\.self).joined(separator: "/"))
    }

    // MARK: Packing

    private func pack(_ context: ProcessContext) -> [ProgramAction] {
        guard !operands.isEmpty else { return fail("empty archive") }
        var entries: [TarArchive.Entry] = []
        var actions: [ProgramAction] = []
        if operands.contains(where: { $0.hasPrefix("/") }) {
            actions.append(.line("tar: removing leading '/' from member names", .standardError))
        }
        var code = 0
        for operand in operands where !add(operand, at: place(operand, context), to: &entries, context.files) {
            actions.append(.line("tar: \(operand): No such file or directory", .standardError))
            code = 1
        }
        if code != 0 { actions.append(.line("tar: error exit delayed from previous errors", .standardError)) }
        let bytes = TarArchive.bytes(of: entries, at: context.now.seconds)
        if archive == "-" {
            actions.append(.write(bytes, .standard(.standardOutput)))
        } else if (try? context.files.write(bytes, to: context.absolute(archive))) == nil {
            return fail("can't open '\(archive)'")
        }
        return actions + [.exit(code: code)]
    }

    /// Adds a file, a link, or a directory with all that is in it; false when there is none.
    private func add(_ name: String, at path: String, to entries: inout [TarArchive.Entry], _ files: FileSystem) -> Bool {
        let member = String(name.drop { $0 == "/" })
        switch files.entry(at: path) {
        case .file(let bytes, let isExecutable):
            entries.append(TarArchive.Entry(path: member, content: .file(bytes), isExecutable: isExecutable))
        case .directory:
            let folder = member.hasSuffix("/") || member.isEmpty ? member : member + "/"
            if !folder.isEmpty { entries.append(TarArchive.Entry(path: folder, content: .directory)) }
            for child in (try? files.names(in: path)) ?? [] { _ = add(folder + child, at: path + "/" + child, to: &entries, files) }
        case .link(let target): entries.append(TarArchive.Entry(path: member, content: .link(to: target)))
        case .null, .zero: break
        case nil: return false
        }
        return true
    }

    // MARK: Unpacking

    private func unpack(_ bytes: [UInt8], _ context: ProcessContext) -> [ProgramAction] {
        let entries: [TarArchive.Entry]
        do throws(TarArchive.Damage) {
            entries = try TarArchive.entries(of: bytes)
        } catch {
            return fail(error.message)
        }
        var actions: [ProgramAction] = []
        for entry in entries {
            if mode == .list || isVerbose { actions.append(.line(entry.path)) }
            guard mode == .extract else { continue }
            do throws(FileSystem.Failure) {
                try write(entry, context)
            } catch {
                return actions + fail("can't open '\(entry.path)': \(error.rawValue)")
            }
        }
        return actions + [.exit(code: 0)]
    }

    private func write(_ entry: TarArchive.Entry, _ context: ProcessContext) throws(FileSystem.Failure) {
        // A name can't lead out of the directory: it is taken as one below it, with its `..` resolved first.
        let path = place(String(FileSystem.normalized(entry.path).dropFirst()), context)
        let files = context.files
        switch entry.content {
        case .directory: try files.makeDirectory(path, withParents: true)
        case .link(let target):
            try files.makeDirectory(FileSystem.parent(of: path), withParents: true)
            // What was there before makes room, as with any other entry.
            if let old = files.entry(at: path), old != .directory { try files.remove(path) }
            try files.makeLink(at: path, to: target)
        case .file(let bytes):
            try files.makeDirectory(FileSystem.parent(of: path), withParents: true)
            if case .link = files.entry(at: path) { try files.remove(path) }
            try files.write(bytes, to: path, isExecutable: entry.isExecutable)
        }
    }
}
