/// `awk [-F SEPARATOR] [-v NAME=VALUE] 'PROGRAM' [FILE | NAME=VALUE …]`.
extension ShellTools {
    static let awkTools: [String: Tool] = ["awk": { call in awk(&call) }]

    private static func awk(_ call: inout Call) -> Int {
        var words = call.arguments[...]
        var variables: [(name: String, value: String)] = []
        var text: String?
        while let word = words.first, word.hasPrefix("-"), word.count > 1 {
            words = words.dropFirst()
            guard word != "--" else { break }
            let value = word.count > 2 ? String(word.dropFirst(2)) : words.popFirst() ?? ""
            let unescaped = String(decoding: EscapedText(value.utf8, needsZero: false).bytes, as: UTF8.self)
            switch word.prefix(2) {
            case "-F": variables.append(("FS", value == "t" ? "\t" : unescaped))
            case "-v":
                let parts = unescaped.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                guard parts.count == 2 else { return refuse(&call, "-v needs NAME=VALUE") }
                variables.append((parts[0], parts[1]))
            case "-f":
                guard let file = call.text(of: [value], tool: "awk") else { return 1 }
                text = (text.map { $0 + "\n" } ?? "") + file
            default: return refuse(&call, "unrecognized option: \(word)")
            }
        }
        guard let text = text ?? words.popFirst() else { return refuse(&call, "usage: awk [-F SEP] [-v VAR=VAL] 'PROGRAM' [FILE]...") }
        return run(text, variables, Array(words), &call)
    }

    private static func refuse(_ call: inout Call, _ problem: String) -> Int {
        call.errors = "awk: \(problem)\n"
        return 1
    }

    private static func run(_ text: String, _ variables: [(name: String, value: String)], _ operands: [String], _ call: inout Call) -> Int {
        do throws(AwkFailure) {
            let program = try AwkParser.parse(text)
            // What only begins reads nothing; everything else is run when its input is there.
            let reads = !program.rules.isEmpty || !program.endings.isEmpty || text.contains("getline")
            if reads, operands.allSatisfy({ $0 == "-" || $0.contains("=") }), call.bytes(of: [], tool: "awk") == nil { return 0 }
            let (input, files, path) = (call.input ?? [], call.context.files, call.context.absolute)
            let source = AwkInput(operands) { name throws(AwkFailure) in
                if name == "-" { return String(decoding: input, as: UTF8.self) }
                do throws(FileSystem.Failure) {
                    return try files.read(path(name))
                } catch {
                    throw AwkFailure(message: "\(name): \(error.rawValue)")
                }
            }
            var interpreter = AwkInterpreter(
                program, input: source, variables: variables, environment: call.context.environment, random: Randomness(seed: 1))
            do throws(AwkFailure) {
                let code = try interpreter.run()
                write(interpreter.files, &call)
                return call.errors.isEmpty ? code : 2
            } catch {
                write(interpreter.files, &call)
                throw error
            }
        } catch {
            call.errors += "awk: \(error.message)\n"
            return 2
        }
    }

    private static func write(_ files: [(name: String, text: String, isAppended: Bool)], _ call: inout Call) {
        for file in files {
            switch file.name {
            case AwkInterpreter.output, "-": call.output += file.text
            case "/dev/stderr": call.errors += file.text
            default:
                do throws(FileSystem.Failure) {
                    try call.context.files.write(file.text, to: call.path(file.name), appending: file.isAppended)
                } catch {
                    call.errors += "awk: \(file.name): \(error.rawValue)\n"
                }
            }
        }
    }
}
