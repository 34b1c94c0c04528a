import KubernetesSemantics

/// Runs a tool that asks the network.
struct NetworkProgram: Program {
    private let words: [String]
    private var tool: NetworkTool?

    init(words: [String]) {
        self.words = words
        tool = NetworkTool(words[0].split(separator: "/").last.map(String.init) ?? "", Array(words.dropFirst()))
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start:
            guard let tool else { return [.line("\(words[0]): no host is named", .standardError), .exit(code: 1)] }
            return [tool.begin(ticket: 0, server: Self.server(context))]
        case .lookedUp(let result, _): return follow(tool?.lookedUp(result, ticket: 0, server: Self.server(context)), context)
        case .answered(let result, _): return follow(tool?.answered(result, server: Self.server(context)), context)
        case .signal(let signal): return context.defaultAction(for: signal)
        default: return []
        }
    }

    private func follow(_ step: NetworkTool.Step?, _ context: ProcessContext) -> [ProgramAction] {
        switch step {
        case .action(let action): return [action]
        case .finished(let code, let output, let errors): return [.text(errors, .standardError), .text(output), .exit(code: code)]
        case .saved(let body, let file, let errors):
            do throws(FileSystem.Failure) {
                try context.files.write(body, to: context.absolute(file))
                return [.text(errors, .standardError), .exit(code: 0)]
            } catch {
                return [.line("wget: can't open '\(file)': \(error.rawValue)", .standardError), .exit(code: 1)]
            }
        case nil: return [.exit(code: 1)]
        }
    }

    private static func server(_ context: ProcessContext) -> String {
        let file = ResolverConfiguration(parsing: (try? context.files.read("/etc/resolv.conf")) ?? "")
        return file.nameservers.first ?? "127.0.0.1"
    }
}
