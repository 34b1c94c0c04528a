import KubernetesModel

/// Takes jobs from a queue that is its own, and says so.
struct WorkerProgram: Program {
    private let interval: Duration
    private let task: String
    private let format: LogFormat
    private var count = 0

    init(interval: Duration = .seconds(7), task: String = "job", format: LogFormat = .json) {
        self.interval = interval
        self.task = task
        self.format = format
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start:
            return [.line(format.line(.info, "worker started", at: context.now)), .wake(after: interval, ticket: 0)]
        case .wake:
            count += 1
            let fields = [("task", task), ("id", String(count)), ("duration", "\(context.random.int(in: 20...900))ms")]
            let spread = context.random.int(in: 60...140)
            return [.line(format.line(.info, "done", fields, at: context.now)), .wake(after: interval * spread / 100, ticket: 0)]
        case .signal(.terminate), .signal(.interrupt):
            return [.line(format.line(.info, "worker stopped", at: context.now)), .exit(code: 0)]
        default: return []
        }
    }
}
