/// `grep`.
extension ShellTools {
    static let grepTools: [String: Tool] = [
        "grep": { call in grep(&call, "grep") }, "egrep": { call in grep(&call, "egrep") }, "fgrep": { call in grep(&call, "fgrep") },
    ]

    private struct Search {
        let expression: RegularExpression
        let options: ToolOptions
        var showsNames = false
        var output = ""
        var found = 0

        /// Looks through one file.
        mutating func search(_ text: String, _ name: String) {
            var count = 0
            let most = options.number("m") ?? .max
            var shownTo = -1
            let all = ShellTools.lines(of: text)
            for (index, line) in all.enumerated() where count < most && matches(line) != options.has("v") {
                count += 1
                if options.has("q") || options.has("l") || options.has("c") { continue }
                let (before, after) = (context("B", in: all), context("A", in: all))
                let (first, last) = (max(shownTo + 1, index - before), min(index + after, all.count - 1))
                guard first <= last else { continue }
                if before + after > 0, shownTo >= 0, first > shownTo + 1 { output += "--\n" }
                for place in first...last { show(all[place], place, name, isMatch: place == index) }
                shownTo = last
            }
            found += count
            if options.has("l"), count > 0 { output += name + "\n" }
            if options.has("c"), !options.has("q"), !options.has("l") { output += (showsNames ? name + ":" : "") + "\(count)\n" }
        }

        /// How many lines around a match are shown.
        private func context(_ side: Character, in lines: [String]) -> Int {
            min(max(options.number(side) ?? options.number("C") ?? 0, 0), lines.count)
        }

        private func matches(_ line: String) -> Bool {
            guard options.has("w") || options.has("x") else { return expression.matches(line) }
            return !self.matches(in: Array(line.unicodeScalars)).isEmpty
        }

        /// Those that are whole words or whole lines, where only those are wanted.
        private func matches(in line: [Unicode.Scalar]) -> [Range<Int>] {
            func isWord(_ index: Int) -> Bool {
                line.indices.contains(index)
                    && (line[index].properties.isAlphabetic || line[index].properties.numericType != nil || line[index] == "_")
            }
            return expression.matches(in: line).map(\.range).filter { range in
                if options.has("x") { return range == 0..<line.count }
                return !options.has("w") || !range.isEmpty && !isWord(range.lowerBound - 1) && !isWord(range.upperBound)
            }
        }

        private mutating func show(_ line: String, _ index: Int, _ name: String, isMatch: Bool) {
            let sign = isMatch ? ":" : "-"
            let prefix = (showsNames ? name + sign : "") + (options.has("n") ? "\(index + 1)\(sign)" : "")
            guard options.has("o") else {
                output += prefix + line + "\n"
                return
            }
            guard isMatch, !options.has("v") else { return }
            let scalars = Array(line.unicodeScalars)
            for range in matches(in: scalars) where !range.isEmpty {
                output += prefix + String(String.UnicodeScalarView(scalars[range])) + "\n"
            }
        }
    }

    private static func grep(_ call: inout Call, _ tool: String) -> Int {
        let options = ToolOptions(call.arguments, flags: "EFGHRchilnoqrsvwx", valued: "ABCem")
        var operands = options.operands
        var patterns = options.values["e"] ?? []
        if patterns.isEmpty {
            guard !operands.isEmpty else {
                call.errors = "Usage: grep [-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... } [FILE]...\n"
                return 2
            }
            patterns = operands.removeFirst().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        let isLiteral = options.has("F") || tool == "fgrep"
        let isExtended = options.has("E") || tool == "egrep" || isLiteral
        let pattern = patterns.map { isLiteral ? RegularExpression.literal($0) : $0 }.joined(separator: isExtended ? "|" : "\\|")
        var search: Search
        do throws(RegularExpression.Failure) {
            let expression = try RegularExpression(pattern, syntax: isExtended ? .extended : .basic, isCaseless: options.has("i"))
            search = Search(expression: expression, options: options)
        } catch {
            call.errors = "grep: bad regex '\(pattern)': \(error.message)\n"
            return 2
        }
        let isDeep = options.has("r") || options.has("R")
        var files = isDeep ? (operands.isEmpty ? ["."] : operands).flatMap { below($0, call) } : operands
        search.showsNames = options.has("H") || (files.count > 1 || isDeep) && !options.has("h")
        if files.isEmpty, !isDeep { files = ["-"] }
        var hasFailed = false
        for file in files {
            let known = call.errors
            guard let text = call.text(of: [file], tool: "grep") else {
                if call.wantsInput || call.isEndless { return 2 }
                if options.has("s") { call.errors = known }
                hasFailed = true
                continue
            }
            search.search(text, file == "-" ? "(standard input)" : file)
        }
        call.output = search.output
        return hasFailed && !(options.has("q") && search.found > 0) ? 2 : search.found > 0 ? 0 : 1
    }

    /// The files of a directory and of all below it.
    private static func below(_ name: String, _ call: Call) -> [String] {
        let files = call.context.files
        guard files.entry(at: call.path(name)) == .directory, let names = try? files.names(in: call.path(name)) else { return [name] }
        let parent = name.hasSuffix("/") ? name : name + "/"
        return names.flatMap { below(parent + $0, call) }
    }
}
