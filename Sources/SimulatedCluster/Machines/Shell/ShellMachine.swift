/// What the shell has of the outside while it takes its next steps.
struct ShellMachine {
    let context: ProcessContext
    private(set) var actions: [ProgramAction] = []

    init(_ context: ProcessContext) {
        self.context = context
    }

    /// - Returns: why the bytes didn't get into the file that they were for.
    mutating func write(_ bytes: [UInt8], to outlet: Outlet) -> FileSystem.Failure? {
        guard !bytes.isEmpty else { return nil }
        if case .pipe(let pipe) = outlet, pipe.leadsToFile {
            pipe.write(bytes)
            return pipe.takeProblem()
        }
        actions.append(.write(bytes, outlet))
        return nil
    }

    mutating func write(_ text: String, to outlet: Outlet) {
        _ = write(Array(text.utf8), to: outlet)
    }

    mutating func perform(_ action: ProgramAction) {
        actions.append(action)
    }

    func absolute(_ path: String, from directory: String) -> String {
        FileSystem.normalized(path.hasPrefix("/") ? path : directory + "/" + path)
    }
}
