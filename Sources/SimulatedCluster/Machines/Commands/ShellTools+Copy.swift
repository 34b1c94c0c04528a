/// `cp`, `mv` and `rm`.
extension ShellTools {
    static let copyTools: [String: Tool] = [
        "cp": { call in
            let isRecursive = call.has("r") || call.has("R") || call.has("a")
            return transfer(&call, tool: "cp", usage: "cp [-r] SOURCE... DEST") { (call: Call, source: String, from: String, to: String) in
                if call.context.files.node(at: from) == .directory, !isRecursive { return "omitting directory '\(source)'" }
                return problem(with: "can't create '\(to)'") { () throws(FileSystem.Failure) in
                    try copyTree(from: from, to: to, call.context.files)
                }
            }
        },
        "mv": { call in
            transfer(&call, tool: "mv", usage: "mv SOURCE... DEST") { (call: Call, source: String, from: String, to: String) in
                problem(with: "can't rename '\(source)'") { () throws(FileSystem.Failure) in
                    let files = call.context.files
                    // A link is moved, not what it leads to, and takes the place of what was there.
                    if case .link? = files.entry(at: from), let old = files.entry(at: to), old != .directory { try files.remove(to) }
                    try copyTree(from: from, to: to, files)
                    try files.remove(from)
                }
            }
        },
        "rm": { call in remove(&call) },
    ]

    /// Does the same to each source: all of several go into a directory.
    private static func transfer(
        _ call: inout Call, tool: String, usage: String, _ action: (Call, _ source: String, _ from: String, _ to: String) -> String?
    ) -> Int {
        var sources = call.operands
        guard sources.count >= 2, let target = sources.popLast() else {
            call.errors = "Usage: \(usage)\n"
            return 1
        }
        let files = call.context.files
        let isDirectory = files.node(at: call.path(target)) == .directory
        for source in sources {
            let from = call.path(source)
            let to = place(call.path(target), for: source, files)
            var problem: String?
            if files.entry(at: from) == nil {
                problem =
                    tool == "mv"
                    ? "can't rename '\(source)': No such file or directory" : "can't stat '\(source)': No such file or directory"
            } else if sources.count > 1, !isDirectory {
                problem = "can't create '\(target)/\(source.split(separator: "/").last ?? "")': Not a directory"
            } else if from == to || (try? files.resolved(from)) == (try? files.resolved(to)) {
                problem = "'\(source)' and '\(isDirectory ? to : target)' are the same file"
            } else {
                problem = action(call, source, from, to)
            }
            if let problem { call.errors += "\(tool): \(problem)\n" }
        }
        return call.errors.isEmpty ? 0 : 1
    }

    /// Where something of this name comes to stand: within a directory, or in its place.
    static func place(_ path: String, for source: String, _ files: FileSystem) -> String {
        guard files.node(at: path) == .directory, let name = FileSystem.normalized(source).split(separator: "/").last else { return path }
        return FileSystem.normalized(path + "/" + name)
    }

    private static func problem(with subject: String, _ action: () throws(FileSystem.Failure) -> Void) -> String? {
        do throws(FileSystem.Failure) {
            try action()
            return nil
        } catch {
            return "\(subject): \(error.rawValue)"
        }
    }

    private static func copyTree(from source: String, to path: String, _ files: FileSystem) throws(FileSystem.Failure) {
        switch files.entry(at: source) {
        case nil: throw .missing
        case .link(let target): try files.makeLink(at: path, to: target)
        case .file(let bytes, let isExecutable): try files.write(bytes, to: path, isExecutable: isExecutable)
        case .directory:
            guard path != source, !path.hasPrefix(source + "/") else { throw .exists }
            try files.makeDirectory(path, withParents: true)
            for name in try files.names(in: source) { try copyTree(from: source + "/" + name, to: path + "/" + name, files) }
        case .null, .zero: throw .readOnly
        }
    }

    private static func remove(_ call: inout Call) -> Int {
        let (isForced, isRecursive) = (call.has("f"), call.has("r") || call.has("R"))
        for operand in call.operands {
            let path = call.path(operand)
            let entry = call.context.files.entry(at: path)
            if entry == nil, isForced { continue }
            if entry == .directory, !isRecursive {
                call.errors += "rm: '\(operand)' is a directory\n"
            } else if let problem = problem(
                with: "can't remove '\(operand)'", { () throws(FileSystem.Failure) in try call.context.files.remove(path) })
            {
                call.errors += "rm: \(problem)\n"
            }
        }
        if call.operands.isEmpty, !isForced { call.errors = "Usage: rm [-rf] FILE...\n" }
        return call.errors.isEmpty ? 0 : 1
    }
}
