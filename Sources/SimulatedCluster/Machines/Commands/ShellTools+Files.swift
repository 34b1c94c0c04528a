extension ShellTools {
    static let fileTools: [String: Tool] = [
        "ls": { call in list(&call) },
        "ln": { call in link(&call) },
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
        "touch": { call in
            change(&call, "touch:") { (call: Call, path: String) throws(FileSystem.Failure) in
                try call.context.files.write([], to: path, appending: true)
            }
        },
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
        let path = place(call.path(operands[1]), for: operands[0], call.context.files)
        do throws(FileSystem.Failure) {
            if call.has("f"), call.context.files.entry(at: path) != nil { try call.context.files.remove(path) }
            try call.context.files.makeLink(at: path, to: operands[0])
            return 0
        } catch {
            call.errors = "ln: \(operands[1]): \(error.rawValue)\n"
            return 1
        }
    }
}
