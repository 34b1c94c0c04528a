/// `sed`.
extension ShellTools {
    static let sedTools: [String: Tool] = ["sed": { call in sed(&call) }]

    /// The words of a call, in whatever order they come.
    private struct SedOptions {
        var scripts: [String] = []
        var files: [String] = []
        var isQuiet = false
        var isExtended = false
        var isInPlace = false
        var problem: String?

        init(_ arguments: [String]) {
            var rest = arguments[...]
            while let argument = rest.popFirst() {
                guard argument.hasPrefix("-"), argument.count > 1 else {
                    files.append(argument)
                    continue
                }
                for option in argument.dropFirst() {
                    switch option {
                    case "n": isQuiet = true
                    case "E", "r": isExtended = true
                    case "i": isInPlace = true
                    case "e":
                        if let script = rest.popFirst() { scripts.append(script) } else { problem = "option requires an argument -- 'e'" }
                    default: problem = "unrecognized option: \(option)"
                    }
                }
            }
            if scripts.isEmpty, !files.isEmpty { scripts.append(files.removeFirst()) }
            if scripts.isEmpty, problem == nil { problem = "no script was given" }
        }
    }

    private static func sed(_ call: inout Call) -> Int {
        let options = SedOptions(call.arguments)
        let script: SedScript
        do throws(SedScript.Failure) {
            if let problem = options.problem { throw SedScript.Failure(message: problem) }
            script = try SedScript(options.scripts.joined(separator: "\n"), isExtended: options.isExtended)
        } catch {
            call.errors = "sed: \(error.message)\n"
            return 1
        }
        if options.isInPlace { return sedInPlace(&call, script, options) }
        guard let text = call.text(of: options.files, tool: "sed") else { return 1 }
        var run = SedRun(script, text: text, isQuiet: options.isQuiet)
        call.output = run.result()
        return finish(&call, run)
    }

    private static func finish(_ call: inout Call, _ run: SedRun) -> Int {
        guard let problem = run.problem else { return 0 }
        call.errors += "sed: \(problem)\n"
        return 1
    }

    /// Each file is a text of its own, and takes what becomes of it.
    private static func sedInPlace(_ call: inout Call, _ script: SedScript, _ options: SedOptions) -> Int {
        var code = 0
        for file in options.files {
            do throws(FileSystem.Failure) {
                let text = try call.context.files.read(call.path(file))
                var run = SedRun(script, text: text, isQuiet: options.isQuiet)
                let result = run.result()
                code = max(code, finish(&call, run))
                if run.problem == nil { try call.context.files.write(result, to: call.path(file)) }
            } catch {
                call.errors += "sed: \(file): \(error.rawValue)\n"
                code = 1
            }
        }
        return code
    }
}

/// A script on its way through the lines of a text.
private struct SedRun {
    private let script: SedScript
    private let lines: [[Unicode.Scalar]]
    private let endsLine: Bool
    private let isQuiet: Bool
    /// For each command with two addresses, the line at which its range ends: nil outside of it, `max` while only a match can tell.
    private var ends: [Int?]
    private var lastExpression: RegularExpression?
    private var output = String.UnicodeScalarView()
    private var outputSize = 0
    private(set) var problem: String?

    /// In characters: a few of a script may stand for thousands in each line.
    private static let longest = 16 << 20

    init(_ script: SedScript, text: String, isQuiet: Bool) {
        self.script = script
        self.isQuiet = isQuiet
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        endsLine = lines.last?.isEmpty ?? true
        if endsLine { lines.removeLast() }
        self.lines = lines
        ends = Array(repeating: nil, count: script.commands.count)
    }

    mutating func result() -> String {
        for number in lines.indices {
            if problem != nil || !edit(lines[number], number + 1) { break }
        }
        return String(output)
    }

    /// - Returns: whether the next line comes.
    private mutating func edit(_ line: [Unicode.Scalar], _ number: Int) -> Bool {
        var line = line
        for (index, command) in script.commands.enumerated() where isMeant(command, index, line, number) != command.isNegated {
            switch command.action {
            case .delete: return true
            case .print: write(line, number)
            case .quit:
                if !isQuiet { write(line, number) }
                return false
            case .substitute(let substitution):
                if substitute(substitution, in: &line), substitution.prints { write(line, number) }
            }
        }
        if !isQuiet { write(line, number) }
        return true
    }

    private mutating func write(_ line: [Unicode.Scalar], _ number: Int) {
        output.append(contentsOf: line)
        // The last line ends as it did.
        if endsLine || number < lines.count { output.append("\n") }
        outputSize += line.count + 1
        if outputSize > Self.longest { problem = "out of memory" }
    }

    // MARK: Addresses

    private mutating func isMeant(_ command: SedScript.Command, _ index: Int, _ line: [Unicode.Scalar], _ number: Int) -> Bool {
        guard let from = command.from else { return true }
        guard let to = command.to else { return holds(from, line, number) }
        if let end = ends[index] {
            let isLast = end == .max ? holds(to, line, number) : number >= end
            if isLast { ends[index] = nil }
            return end == .max || number <= end
        }
        guard holds(from, line, number) else { return false }
        switch to {
        case .line(let last): ends[index] = last > number ? last : nil
        case .count(let count): ends[index] = count > 0 ? number + min(count, lines.count) : nil
        case .last: ends[index] = number < lines.count ? lines.count : nil
        case .match: ends[index] = .max
        }
        return true
    }

    private mutating func holds(_ address: SedScript.Address, _ line: [Unicode.Scalar], _ number: Int) -> Bool {
        switch address {
        case .line(let wanted): wanted == number
        case .last: number == lines.count
        case .match(let expression): find(expression)?.firstMatch(in: line) != nil
        case .count: false
        }
    }

    private mutating func find(_ expression: RegularExpression?) -> RegularExpression? {
        if let expression { lastExpression = expression }
        if lastExpression == nil { problem = "no previous regex" }
        return lastExpression
    }

    // MARK: Substitution

    private mutating func substitute(_ substitution: SedScript.Substitution, in line: inout [Unicode.Scalar]) -> Bool {
        guard let matches = find(substitution.expression)?.matches(in: line), matches.count >= substitution.first else { return false }
        let chosen = substitution.isGlobal ? matches[(substitution.first - 1)...] : matches[(substitution.first - 1)..<substitution.first]
        var result: [Unicode.Scalar] = []
        var end = 0
        for match in chosen {
            result += line[end..<match.range.lowerBound]
            for part in substitution.parts {
                switch part {
                case .text(let text): result += text
                case .group(let number): if number < match.groups.count, let range = match.groups[number] { result += line[range] }
                }
            }
            end = match.range.upperBound
            guard result.count <= Self.longest else {
                problem = "out of memory"
                return false
            }
        }
        line = result + line[end...]
        return true
    }
}
