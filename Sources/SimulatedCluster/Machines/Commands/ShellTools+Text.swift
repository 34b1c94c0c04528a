extension ShellTools {
    static let textTools: [String: Tool] = [
        "head": { call in head(&call) },
        "tail": { call in tail(&call) },
        "grep": { call in grep(&call) },
        "cut": { call in cut(&call) },
        "tr": { call in tr(&call) },
        "sort": { call in
            guard let text = call.text(of: call.operands, tool: "sort") else { return 1 }
            var lines = lines(of: text)
            if call.has("n") {
                lines.sort { (Int($0.prefix { $0.isNumber }) ?? 0, $0) < (Int($1.prefix { $0.isNumber }) ?? 0, $1) }
            } else {
                lines.sort()
            }
            if call.has("r") { lines.reverse() }
            if call.has("u") { lines = lines.enumerated().filter { $0.offset == 0 || lines[$0.offset - 1] != $0.element }.map(\.element) }
            call.output = joined(lines)
            return 0
        },
        "uniq": { call in
            guard let text = call.text(of: call.operands, tool: "uniq") else { return 1 }
            let lines = lines(of: text)
            call.output = joined(lines.enumerated().filter { $0.offset == 0 || lines[$0.offset - 1] != $0.element }.map(\.element))
            return 0
        },
        "wc": { call in
            guard let bytes = call.bytes(of: call.operands, tool: "wc") else { return 1 }
            let count =
                if call.has("l") { bytes.count { $0 == UInt8(ascii: "\n") } } else if call.has("w") {
                    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).count
                } else { bytes.count }
            call.output = "\(count)\n"
            return 0
        },
        "seq": { call in
            // As much as anybody reads: a made-up world isn't for counting.
            let numbers = call.arguments.compactMap(Int.init).map { max(-1_000_000, min($0, 1_000_000)) }
            guard let last = numbers.last else { return 1 }
            let first = numbers.count > 1 ? numbers[0] : 1
            call.output = first <= last ? joined((first...last).map(String.init)) : ""
            return 0
        },
    ]

    static func lines(of text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    static func joined(_ lines: [String]) -> String {
        lines.map { $0 + "\n" }.joined()
    }

    /// A number with an option of its own (`-n 5`, `-n5`, `-5`) or nil, and the files named besides.
    private static func count(_ call: Call, option: String) -> (text: String?, files: [String]) {
        var text: String?
        var files: [String] = []
        var arguments = call.arguments[...]
        while let argument = arguments.popFirst() {
            if argument == option {
                text = arguments.popFirst()
            } else if argument.hasPrefix(option) {
                text = String(argument.dropFirst(option.count))
            } else if option == "-n", argument.hasPrefix("-"), Int(argument.dropFirst()) != nil {
                text = String(argument.dropFirst())
            } else if !argument.hasPrefix("-") {
                files.append(argument)
            }
        }
        return (text, files)
    }

    private static func head(_ call: inout Call) -> Int {
        let (number, files) = count(call, option: "-n")
        guard let text = call.text(of: files, tool: "head") else { return 1 }
        call.output = joined(Array(lines(of: text).prefix(max(number.flatMap { Int($0) } ?? 10, 0))))
        return 0
    }

    private static func tail(_ call: inout Call) -> Int {
        let (place, named) = count(call, option: "-c")
        if let place, let count = Int(place.drop { $0 == "+" }), count >= 0, let all = call.bytes(of: named, tool: "tail") {
            call.data = place.hasPrefix("+") ? Array(all.dropFirst(max(count - 1, 0))) : all.suffix(count)
            return 0
        }
        let (number, files) = count(call, option: "-n")
        guard let text = call.text(of: files, tool: "tail") else { return 1 }
        let all = lines(of: text)
        let isFromStart = number?.hasPrefix("+") ?? false
        let count = max(number.flatMap { Int($0.drop { $0 == "+" }) } ?? 10, 0)
        call.output = joined(Array(isFromStart ? all.dropFirst(max(count - 1, 0)) : all.suffix(count)))
        return 0
    }

    private static func grep(_ call: inout Call) -> Int {
        var operands = call.operands
        guard !operands.isEmpty else { return 2 }
        let pattern = operands.removeFirst()
        guard let text = call.text(of: operands, tool: "grep") else { return 2 }
        let expression: RegularExpression
        do throws(RegularExpression.Failure) {
            let literal = call.has("F") ? RegularExpression.literal(pattern) : pattern
            expression = try RegularExpression(
                literal, syntax: call.has("E") || call.has("F") ? .extended : .basic, isCaseless: call.has("i"))
        } catch {
            call.errors = "grep: bad regex '\(pattern)': \(error.message)\n"
            return 2
        }
        let found = lines(of: text).filter { expression.matches($0) != call.has("v") }
        if call.has("c") { call.output = "\(found.count)\n" } else if !call.has("q") { call.output = joined(found) }
        return found.isEmpty ? 1 : 0
    }

    private static func cut(_ call: inout Call) -> Int {
        let delimiter = count(call, option: "-d").text?.first ?? "\t"
        let fields = (count(call, option: "-f").text ?? "1").split(separator: ",").flatMap { part -> [Int] in
            let bounds = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard bounds.count == 2 else { return bounds.compactMap { $0 } }
            let first = bounds[0] ?? 1
            return Array(first...max(first, min(bounds[1] ?? 64, 4096)))
        }
        guard let text = call.text(of: [], tool: "cut") else { return 1 }
        call.output = joined(
            lines(of: text).map { line in
                let parts = line.split(separator: delimiter, omittingEmptySubsequences: false)
                guard parts.count > 1 else { return line }
                return fields.filter { $0 >= 1 && $0 <= parts.count }.map { String(parts[$0 - 1]) }.joined(separator: String(delimiter))
            })
        return 0
    }

    private static func tr(_ call: inout Call) -> Int {
        let sets = call.operands.map { Array(expandedRange(String(decoding: EscapedText($0.utf8, needsZero: false).bytes, as: UTF8.self))) }
        guard let first = sets.first, let text = call.text(of: [], tool: "tr") else { return 1 }
        if call.has("d") {
            call.output = text.filter { !first.contains($0) }
            return 0
        }
        guard sets.count == 2, let last = sets[1].last else { return 1 }
        call.output = String(
            text.map { character in
                guard let index = first.firstIndex(of: character) else { return character }
                return index < sets[1].count ? sets[1][index] : last
            })
        return 0
    }

    private static func expandedRange(_ text: String) -> String {
        let characters = Array(text.unicodeScalars)
        guard characters.count == 3, characters[1] == "-", characters[0].value <= characters[2].value else { return text }
        return String(String.UnicodeScalarView((characters[0].value...characters[2].value).compactMap(Unicode.Scalar.init)))
    }
}
