/// A shell script as it was parsed.
indirect enum ShellNode {
    case simple(ShellCommand)
    case pipeline([ShellNode], isNegated: Bool)
    /// `first && second || third`: a list, however long, for what lies in itself has to be taken apart step by step.
    case chain(ShellNode, [Link])
    case sequence([ShellNode])
    case background(ShellNode)
    case forLoop(variable: String, words: [ShellWord], body: ShellNode)
    case whileLoop(condition: ShellNode, body: ShellNode, isUntil: Bool)
    case conditional(branches: [(condition: ShellNode, body: ShellNode)], otherwise: ShellNode?)
    case choice(word: ShellWord, branches: [(patterns: [ShellWord], body: ShellNode)])
    /// In the same shell (`{ … }`) or in one of its own (`( … )`).
    case group(ShellNode, isSubshell: Bool)
    case function(name: String, body: ShellNode)
    /// A compound command with redirections of its own.
    case redirected(ShellNode, [ShellRedirection])

    struct Link {
        /// `&&`: it runs when what came before has succeeded. `||` otherwise.
        var runsAfterSuccess: Bool
        var node: ShellNode
    }

    /// Whether `set -e` looks at how it ends; what is put together of others ends with one of them.
    var endsOnFailure: Bool {
        switch self {
        case .simple, .pipeline(_, isNegated: false), .group(_, isSubshell: true): true
        default: false
        }
    }

    /// The scripts that have to be run before its words can be expanded, in the order of expansion.
    var substitutions: [String] {
        switch self {
        case .simple(let command):
            (command.words + command.redirections.map(\.target) + command.assignments.map(\.value)).flatMap(\.substitutions)
        case .forLoop(_, let words, _): words.flatMap(\.substitutions)
        case .choice(let word, _): word.substitutions
        case .redirected(_, let redirections): redirections.flatMap(\.target.substitutions)
        default: []
        }
    }
}

struct ShellCommand {
    var assignments: [(name: String, value: ShellWord)] = []
    var words: [ShellWord] = []
    var redirections: [ShellRedirection] = []
}

struct ShellRedirection {
    enum Kind {
        case input
        /// A here-document: the target is the text itself.
        case document
        case output
        case append
        /// `2>&1`: the same place as another descriptor.
        case duplicate
    }

    var descriptor: Int
    var kind: Kind
    var target: ShellWord
}

/// A word before its expansion.
struct ShellWord {
    enum Part {
        case text(String, isQuoted: Bool)
        case parameter(ShellParameter, isQuoted: Bool)
        case substitution(String, isQuoted: Bool)
        case arithmetic(String)
    }

    var parts: [Part] = []

    var substitutions: [String] {
        parts.compactMap { if case .substitution(let script, _) = $0 { script } else { nil } }
    }

    /// The text of a word without expansions; nil for others and for quoted ones, which are never keywords.
    var plain: String? {
        guard parts.count == 1, case .text(let text, false) = parts[0] else { return nil }
        return text
    }
}

struct ShellSyntaxError: Error {
    let message: String
    /// Whether another line may make the script whole.
    var isIncomplete = false
}
