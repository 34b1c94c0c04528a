/// `kill` as a command of its own, as an exec runs it.
struct KillProgram: Program {
    private let words: [String]

    init(words: [String]) {
        self.words = words
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        guard case .start = input else { return [] }
        let order = KillOrder(words.dropFirst())
        let running = Set(context.processes.map(\.number))
        let missing = order.targets.filter { !running.contains($0) }
        let problems = missing.map { ProgramAction.line("kill: can't kill pid \($0): No such process", .standardError) }
        let signals = order.signal.map { signal in order.targets.map { ProgramAction.signal(signal, process: $0) } } ?? []
        return problems + signals + [.exit(code: missing.isEmpty ? 0 : 1)]
    }
}

/// Which signal is to be sent to whom: `-9 12`, `-TERM 12 13`, `12`.
struct KillOrder {
    private static let names = ["HUP": 1, "INT": 2, "KILL": 9, "TERM": 15]

    /// Nil for a number that only asks whether the processes are there.
    let signal: Signal?
    let targets: [Int]

    init(_ words: some Sequence<String>) {
        var number = Signal.terminate.rawValue
        var targets: [Int] = []
        for word in words {
            if word.hasPrefix("-") {
                let text = String(word.dropFirst()).replacing("SIG", with: "")
                number = Self.names[text] ?? Int(text) ?? number
            } else if let target = Int(word) {
                targets.append(target)
            }
        }
        signal = Signal(rawValue: number)
        self.targets = targets
    }
}
