extension ShellTools {
    static let textTools: [String: Tool] = [
        "head": { call in head(&call) },
        "tail": { call in tail(&call) },
        "cut": { call in cut(&call) },
        "tr": { call in tr(&call) },
    ]

    static func lines(of text: String) -> [String] {
        // Of scalars: a carriage return before it makes the end of a line no other character.
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
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
