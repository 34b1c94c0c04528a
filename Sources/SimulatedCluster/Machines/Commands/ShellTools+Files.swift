extension ShellTools {
    static let fileTools: [String: Tool] = [
        "ls": { call in list(&call) },
        "ln": { call in link(&call) },
        "mv": { call in move(&call) },
        "readlink": { call in
            guard let operand = call.operands.first else { return 1 }
            if call.has("f"), let path = try? call.context.files.resolved(call.path(operand)) {
                call.output = path + "\n"
                return 0
            }
            guard case .link(let target)? = call.context.files.entry(at: call.path(operand)) else { return 1 }
            call.output = target + "\n"
            return 0
        },
        "rmdir": { call in
            change(&call, "rmdir:") { (call: Call, path: String) throws(FileSystem.Failure) in
                guard try call.context.files.names(in: path).isEmpty else { throw .notEmpty }
                try call.context.files.remove(path)
            }
        },
        "mkdir": { call in
            change(&call, "mkdir: can't create directory") { (call: Call, path: String) throws(FileSystem.Failure) in
                try call.context.files.makeDirectory(path, withParents: call.has("p"))
            }
        },
        "rm": { call in
            let isForced = call.has("f")
            let code = change(&call, "rm: can't remove") { (call: Call, path: String) throws(FileSystem.Failure) in
                try call.context.files.remove(path)
            }
            if isForced { call.errors = "" }
            return isForced ? 0 : code
        },
        "touch": { call in
            change(&call, "touch:") { (call: Call, path: String) throws(FileSystem.Failure) in
                try call.context.files.write([], to: path, appending: true)
            }
        },
        "cp": { call in copy(&call) },
        "tee": { call in tee(&call) },
    ]

    private static func change(
        _ call: inout Call, _ problem: String, _ action: (Call, String) throws(FileSystem.Failure) -> Void
    ) -> Int {
        var code = 0
        for operand in call.operands {
            do throws(FileSystem.Failure) {
                try action(call, call.path(operand))
            } catch {
                let subject = problem.hasSuffix(":") ? operand : "'\(operand)'"
                call.errors += "\(problem) \(subject): \(error.rawValue)\n"
                code = 1
            }
        }
        return code
    }

    private static func copy(_ call: inout Call) -> Int {
        let operands = call.operands
        guard operands.count == 2 else { return 1 }
        let target = target(call.path(operands[1]), for: operands[0], call.context.files)
        if call.has("r") || call.has("R") || call.has("a"), call.context.files.node(at: call.path(operands[0])) == .directory {
            do throws(FileSystem.Failure) {
                try copyTree(from: call.path(operands[0]), to: target, call.context.files)
                return 0
            } catch {
                call.errors = "cp: can't create '\(operands[1])': \(error.rawValue)\n"
                return 1
            }
        }
        do throws(FileSystem.Failure) {
            let bytes = try call.context.files.bytes(of: call.path(operands[0]))
            do throws(FileSystem.Failure) {
                try call.context.files.write(bytes, to: target)
                return 0
            } catch {
                call.errors = "cp: can't create '\(operands[1])': \(error.rawValue)\n"
            }
        } catch {
            call.errors = "cp: can't stat '\(operands[0])': \(error.rawValue)\n"
        }
        return 1
    }

    private static func tee(_ call: inout Call) -> Int {
        guard let text = call.text(of: [], tool: "tee") else { return 1 }
        call.output = text
        for file in call.operands {
            do throws(FileSystem.Failure) {
                try call.context.files.write(text, to: call.path(file), appending: call.has("a"))
            } catch {
                call.errors += "tee: \(file): \(error.rawValue)\n"
            }
        }
        return call.errors.isEmpty ? 0 : 1
    }

    private static func link(_ call: inout Call) -> Int {
        let operands = call.operands
        guard call.has("s"), operands.count == 2 else {
            call.errors = "ln: only symbolic links can be made here: ln -s TARGET NAME\n"
            return 1
        }
        let path = target(call.path(operands[1]), for: operands[0], call.context.files)
        do throws(FileSystem.Failure) {
            if call.has("f"), call.context.files.entry(at: path) != nil { try call.context.files.remove(path) }
            try call.context.files.makeLink(at: path, to: operands[0])
            return 0
        } catch {
            call.errors = "ln: \(operands[1]): \(error.rawValue)\n"
            return 1
        }
    }

    /// Where something of this name comes to stand: within a directory, or in its place.
    private static func target(_ path: String, for source: String, _ files: FileSystem) -> String {
        guard files.node(at: path) == .directory, let name = source.split(separator: "/").last else { return path }
        return path + "/" + name
    }

    private static func move(_ call: inout Call) -> Int {
        let operands = call.operands
        guard operands.count == 2 else { return 1 }
        let files = call.context.files
        let source = call.path(operands[0])
        let path = target(call.path(operands[1]), for: operands[0], files)
        do throws(FileSystem.Failure) {
            try copyTree(from: source, to: path, files)
            try files.remove(source)
            return 0
        } catch {
            call.errors = "mv: can't rename '\(operands[0])': \(error.rawValue)\n"
            return 1
        }
    }

    private static func copyTree(from source: String, to path: String, _ files: FileSystem) throws(FileSystem.Failure) {
        switch files.entry(at: source) {
        case nil: throw .missing
        case .link(let target): try files.makeLink(at: path, to: target)
        case .file(let bytes, let isExecutable): try files.write(bytes, to: path, isExecutable: isExecutable)
        case .directory:
            guard !path.hasPrefix(source + "/") else { throw .exists }
            try files.makeDirectory(path, withParents: true)
            for name in try files.names(in: source) { try copyTree(from: source + "/" + name, to: path + "/" + name, files) }
        case .null, .zero: throw .readOnly
        }
    }
}
