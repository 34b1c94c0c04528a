/// `sort` and `uniq`.
extension ShellTools {
    static let sortTools: [String: Tool] = ["sort": { call in sort(&call) }, "uniq": { call in uniq(&call) }]

    /// The part of lines that they are sorted by: `2`, `2,3`, `2nr`.
    private struct SortKey {
        var first = 1
        var last: Int?
        var options: Set<Character>

        init?(_ text: String, _ options: Set<Character>) {
            let ends = text.split(separator: ",", maxSplits: 1).map(String.init)
            let letters = Set(text.filter(\.isLetter))
            guard let first = ends.first.flatMap({ Int($0.prefix(while: \.isNumber)) }), first > 0 else { return nil }
            self.first = first
            last = ends.count > 1 ? Int(ends[1].prefix(while: \.isNumber)) : nil
            self.options = letters.isEmpty ? options : letters
        }

        init(whole options: Set<Character>) {
            self.options = options
        }

        func part(of line: String, _ separator: Character?) -> String {
            if first == 1, last == nil { return line }
            let fields =
                separator.map { line.split(separator: $0, omittingEmptySubsequences: false) } ?? line.split(whereSeparator: \.isWhitespace)
            return fields.prefix(last ?? .max).dropFirst(first - 1).joined(separator: separator.map(String.init) ?? " ")
        }

        /// Below, equal or above zero.
        func order(_ left: String, _ right: String) -> Int {
            let result =
                if options.contains("n") || options.contains("h") {
                    Self.compare(Self.number(left, options), Self.number(right, options))
                } else if options.contains("f") {
                    Self.compare(left.uppercased(), right.uppercased())
                } else {
                    Self.compare(left, right)
                }
            return options.contains("r") ? -result : result
        }

        private static func compare<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
            left < right ? -1 : left > right ? 1 : 0
        }

        private static func number(_ text: String, _ options: Set<Character>) -> Double {
            let (value, length) = AwkValue.leadingNumber(String(text.drop { $0 == " " || $0 == "\t" }))
            guard options.contains("h") else { return value }
            let unit = text.drop { $0 == " " }.dropFirst(length).first.flatMap { "KMGTP".firstIndex(of: Character($0.uppercased())) }
            let power = unit.map { "KMGTP".distance(from: "KMGTP".startIndex, to: $0) + 1 } ?? 0
            return value * Double(1 << (10 * power))
        }
    }

    private static func sort(_ call: inout Call) -> Int {
        let options = ToolOptions(call.arguments, flags: "bcfghnrsuz", valued: "kot")
        guard let text = call.text(of: options.operands, tool: "sort") else { return 2 }
        let general = options.flags.intersection("nrfhg")
        let keys = (options.values["k"] ?? []).compactMap { SortKey($0, general) }
        let separator = options.value("t")?.first
        let all = keys.isEmpty ? [SortKey(whole: general)] : keys
        let lines = lines(of: text).map { line in (line: line, parts: all.map { $0.part(of: line, separator) }) }
        func order(_ left: [String], _ right: [String]) -> Int {
            for (index, key) in all.enumerated() {
                let result = key.order(left[index], right[index])
                if result != 0 { return result }
            }
            return 0
        }
        var sorted = lines.enumerated().sorted { left, right in
            let result = order(left.element.parts, right.element.parts)
            if result != 0 { return result < 0 }
            // Lines that are equal by their keys are sorted as a whole, but for those of which one is kept.
            if options.has("s") || options.has("u") { return left.offset < right.offset }
            return general.contains("r") ? left.element.line > right.element.line : left.element.line < right.element.line
        }.map(\.element)
        if options.has("u") {
            sorted = sorted.enumerated().filter { $0.offset == 0 || order(sorted[$0.offset - 1].parts, $0.element.parts) != 0 }.map(
                \.element)
        }
        let result = joined(sorted.map(\.line))
        guard let file = options.value("o") else {
            call.output = result
            return 0
        }
        return (try? call.context.files.write(result, to: call.path(file))) == nil ? 2 : 0
    }

    private static func uniq(_ call: inout Call) -> Int {
        let options = ToolOptions(call.arguments, flags: "cdiu")
        guard let text = call.text(of: Array(options.operands.prefix(1)), tool: "uniq") else { return 1 }
        var runs: [(line: String, count: Int)] = []
        for line in lines(of: text) {
            let isSame = runs.last.map { options.has("i") ? $0.line.lowercased() == line.lowercased() : $0.line == line } ?? false
            if isSame { runs[runs.count - 1].count += 1 } else { runs.append((line, 1)) }
        }
        let shown = runs.filter { (!options.has("d") || $0.count > 1) && (!options.has("u") || $0.count == 1) }
        call.output = joined(
            shown.map { run in
                let count = String(run.count)
                return options.has("c") ? String(repeating: " ", count: max(0, 7 - count.count)) + count + " " + run.line : run.line
            })
        return 0
    }
}
