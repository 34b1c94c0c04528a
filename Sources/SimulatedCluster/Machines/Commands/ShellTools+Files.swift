extension ShellTools {
    static let fileTools: [String: Tool] = [
        "ls": { call in list(&call) },
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
        var target = call.path(operands[1])
        if call.context.files.node(at: target) == .directory, let name = operands[0].split(separator: "/").last { target += "/" + name }
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

    private static func list(_ call: inout Call) -> Int {
        let operands = call.operands.isEmpty ? ["."] : call.operands
        var code = 0
        var sections: [String] = []
        for operand in operands.sorted() {
            let path = call.path(operand)
            do throws(FileSystem.Failure) {
                let names = try call.context.files.names(in: path).filter { call.has("a") || !$0.hasPrefix(".") }
                let title = operands.count > 1 ? "\(operand):\n" : ""
                sections.append(title + names.map { "\($0)\n" }.joined())
            } catch {
                if error == .notDirectory {
                    sections.append("\(operand)\n")
                } else {
                    call.errors += "ls: \(operand): \(error.rawValue)\n"
                    code = 1
                }
            }
        }
        call.output = sections.joined(separator: "\n")
        return code
    }
}
