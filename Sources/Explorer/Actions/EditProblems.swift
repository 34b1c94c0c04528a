import KubernetesClient
import KubernetesModel

/// What is wrong with an edited text, each problem with the line it is about.
struct EditProblems: Equatable {
    struct Problem: Equatable {
        /// From 1; nil when no line is to blame.
        let line: Int?
        let text: String
    }

    /// One of the text's lines, or a problem below the one that it is about.
    enum Line: Equatable {
        case text(number: Int, String)
        case problem(String)
        case gap
    }

    let problems: [Problem]
    private let lines: [String]

    /// - Parameters:
    ///   - error: what reading the text, or the server, said to it.
    ///   - showsValues: whether what others have put in is for everybody who sees the screen.
    init(_ error: any Error, in text: String, showsValues: Bool = true) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let error = error as? YAMLError {
            problems = [Problem(line: error.line, text: error.problem)]
        } else if case .status(let status)? = (error as? ClientError)?.cause, !status.causes.isEmpty {
            let places = YAMLPlaces(text)
            problems = status.causes.map { cause in
                Problem(line: places.line(of: cause.field), text: cause.field.isEmpty ? cause.message : "\(cause.field): \(cause.message)")
            }
        } else if case .status(let status)? = (error as? ClientError)?.cause, case let fields = Self.fields(in: status.message),
            !fields.isEmpty
        {
            let places = YAMLPlaces(text)
            problems = fields.map { Problem(line: places.line(of: $0.path), text: "\($0.path): \($0.what) field") }
        } else if let conflict = error as? EditConflict {
            let places = YAMLPlaces(text)
            problems = conflict.fields.map {
                Problem(line: places.line(of: $0.path), text: showsValues ? $0.text : "\($0.path) is another now")
            }
        } else {
            problems = [Problem(line: nil, text: FailureText.of(error))]
        }
    }

    /// What strict decoding says of fields: `strict decoding error: unknown field "spec.foo", duplicate field "spec.bar"`.
    private static func fields(in message: String) -> [(what: String, path: String)] {
        guard message.contains("strict decoding error") else { return [] }
        return message.matches(of: /(unknown|duplicate) field "([^"]+)"/).map { (String($0.output.1), String($0.output.2)) }
    }

    /// The lines around each problem, the problem below its line; first those that are about none.
    /// - Parameter showsText: false names the lines alone: what stands there is not for everybody who sees the screen.
    func excerpt(context: Int = 2, showsText: Bool = true) -> [Line] {
        guard showsText else { return problems.map { .problem(($0.line.map { "line \($0): " } ?? "") + $0.text) } }
        let byLine = Dictionary(grouping: problems) { $0.line.map { min(max($0, 1), lines.count) } }
        var excerpt = (byLine[nil] ?? []).map { Line.problem($0.text) }
        var last = 0
        for number in byLine.keys.compactMap(\.self).sorted() {
            let first = max(last + 1, number - context)
            if first > last + 1 { excerpt.append(.gap) }
            for shown in first..<max(first, number + 1) { excerpt.append(.text(number: shown, lines[shown - 1])) }
            excerpt += (byLine[number] ?? []).map { .problem($0.text) }
            last = number
        }
        for shown in (last + 1)..<max(last + 1, min(lines.count, last + context) + 1) where last > 0 {
            excerpt.append(.text(number: shown, lines[shown - 1]))
        }
        return excerpt
    }
}
