/// Text that one command writes and the next one reads.
final class TextBuffer {
    private(set) var text: String

    init(_ text: String = "") {
        self.text = text
    }

    func append(_ more: String) {
        text += more
    }

    /// Takes everything that is left.
    func drain() -> String {
        defer { text = "" }
        return text
    }

    /// Takes the next line, without its end; nil when nothing is left.
    func nextLine() -> String? {
        guard !text.isEmpty else { return nil }
        guard let end = text.firstIndex(of: "\n") else { return drain() }
        defer { text = String(text[text.index(after: end)...]) }
        return String(text[..<end])
    }
}

/// What the shell has of the outside while it takes its next steps.
struct ShellMachine {
    let context: ProcessContext
    private(set) var actions: [ProgramAction] = []

    init(_ context: ProcessContext) {
        self.context = context
    }

    mutating func write(_ text: String, to sink: ShellInterpreter.Sink) {
        guard !text.isEmpty else { return }
        switch sink {
        case .stream(let stream): actions.append(.write(text, stream))
        case .buffer(let buffer): buffer.append(text)
        case .file(let path, let appends):
            // It was made when the redirection was set up; what fails since then has nowhere to be told.
            try? context.files.write(text, to: path, appending: appends)
        }
    }

    mutating func perform(_ action: ProgramAction) {
        actions.append(action)
    }

    func absolute(_ path: String, from directory: String) -> String {
        FileSystem.normalized(path.hasPrefix("/") ? path : directory + "/" + path)
    }
}

/// A file name pattern: `*`, `?`, and everything else as it is.
struct ShellPattern {
    private let pattern: [Character]

    init(_ text: String) {
        pattern = Array(text)
    }

    var isLiteral: Bool { !pattern.contains("*") && !pattern.contains("?") }

    func matches(_ text: String) -> Bool {
        Self.matches(pattern[...], Array(text)[...])
    }

    private static func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            if matches(pattern.dropFirst(), text) { return true }
            return !text.isEmpty && matches(pattern, text.dropFirst())
        }
        guard let character = text.first, first == "?" || first == character else { return false }
        return matches(pattern.dropFirst(), text.dropFirst())
    }
}
