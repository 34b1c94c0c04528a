/// What the shell has of the outside while it takes its next steps.
struct ShellMachine {
    let context: ProcessContext
    private(set) var actions: [ProgramAction] = []

    init(_ context: ProcessContext) {
        self.context = context
    }

    mutating func write(_ text: String, to outlet: Outlet) {
        guard !text.isEmpty else { return }
        actions.append(.write(Array(text.utf8), outlet))
    }

    mutating func perform(_ action: ProgramAction) {
        actions.append(action)
    }

    func absolute(_ path: String, from directory: String) -> String {
        FileSystem.normalized(path.hasPrefix("/") ? path : directory + "/" + path)
    }
}
