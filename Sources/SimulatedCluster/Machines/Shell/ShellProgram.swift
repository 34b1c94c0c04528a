/// The commands of the small shell image.
struct ShellProgram: Program {
    private let words: [String]

    init(words: [String]) {
        self.words = words
    }

    static func knows(_ command: String) -> Bool {
        ["echo", "false", "sleep", "true"].contains(command)
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch (input, words.first) {
        case (.start, "sleep"): [.wake(after: .seconds(words.dropFirst().first.flatMap(Int.init) ?? 0), ticket: 0)]
        case (.start, "echo"): [.line(words.dropFirst().joined(separator: " ")), .exit(code: 0)]
        case (.start, "false"): [.exit(code: 1)]
        case (.start, _), (.wake, _): [.exit(code: 0)]
        default: []
        }
    }
}
