/// Tools that turn lines round, number, join and cut them.
extension ShellTools {
    static let lineTools: [String: Tool] = [
        "tac": { call in
            guard let text = call.text(of: call.operands, tool: "tac") else { return 1 }
            call.output = joined(lines(of: text).reversed())
            return 0
        },
        "rev": { call in
            guard let text = call.text(of: call.operands, tool: "rev") else { return 1 }
            call.output = joined(lines(of: text).map { String($0.reversed()) })
            return 0
        },
        "shuf": { call in shuffle(&call) },
        "nl": { call in number(&call) },
        "paste": { call in paste(&call) },
        "fold": { call in fold(&call) },
    ]

    private static func shuffle(_ call: inout Call) -> Int {
        let options = ToolOptions(call.arguments, flags: "ez", valued: "in")
        var lines: [String]
        if options.has("e") {
            lines = options.operands
        } else if let range = options.value("i") {
            let ends = range.split(separator: "-").compactMap { Int($0) }
            guard ends.count == 2, ends[0] <= ends[1], ends[1] - ends[0] < 1_000_000 else {
                call.errors = "shuf: \(range): invalid range\n"
                return 1
            }
            lines = (ends[0]...ends[1]).map(String.init)
        } else {
            guard let text = call.text(of: options.operands, tool: "shuf") else { return 1 }
            lines = self.lines(of: text)
        }
        for index in lines.indices.reversed() { lines.swapAt(index, call.context.random.next(below: index + 1)) }
        call.output = joined(Array(lines.prefix(max(0, options.number("n") ?? lines.count))))
        return 0
    }

    private static func number(_ call: inout Call) -> Int {
        let options = ToolOptions(call.arguments, flags: "p", valued: "bswv")
        guard let text = call.text(of: options.operands, tool: "nl") else { return 1 }
        let width = min(max(options.number("w") ?? 6, 1), 100)
        let separator = options.value("s") ?? "\t"
        var next = options.number("v") ?? 1
        call.output = joined(
            lines(of: text).map { line in
                guard options.value("b") == "a" || !line.isEmpty else {
                    return String(repeating: " ", count: width + separator.count) + line
                }
                defer { next &+= 1 }
                let digits = String(next)
                return String(repeating: " ", count: max(0, width - digits.count)) + digits + separator + line
            })
        return 0
    }

    private static func paste(_ call: inout Call) -> Int {
        let options = ToolOptions(call.arguments, flags: "s", valued: "d")
        let signs = options.value("d").map { String(decoding: EscapedText($0.utf8, needsZero: false).bytes, as: UTF8.self) } ?? "\t"
        let separators = signs.isEmpty ? [""] : signs.map { String($0) }
        var columns: [[String]] = []
        for file in options.operands.isEmpty ? ["-"] : options.operands {
            guard let text = call.text(of: [file], tool: "paste") else { return 1 }
            columns.append(lines(of: text))
        }
        func joint(_ parts: [String]) -> String {
            parts.enumerated().map { $0 == 0 ? $1 : separators[($0 - 1) % separators.count] + $1 }.joined()
        }
        if options.has("s") {
            call.output = joined(columns.map(joint))
            return 0
        }
        let inputs = options.operands.count { $0 == "-" }
        if inputs > 1, inputs == options.operands.count {
            // Each of them takes the next line of the same input.
            let all = columns[0]
            columns = (0..<inputs).map { column in stride(from: column, to: all.count, by: inputs).map { all[$0] } }
        }
        let height = columns.map(\.count).max() ?? 0
        call.output = joined((0..<height).map { row in joint(columns.map { row < $0.count ? $0[row] : "" }) })
        return 0
    }

    private static func fold(_ call: inout Call) -> Int {
        let options = ToolOptions(call.arguments, flags: "bs", valued: "w")
        guard let text = call.text(of: options.operands, tool: "fold") else { return 1 }
        let width = max(1, options.number("w") ?? 80)
        call.output = joined(
            lines(of: text).flatMap { line -> [String] in
                var rest = Array(line)[...]
                var parts: [String] = []
                while rest.count > width {
                    let blank = options.has("s") ? rest.prefix(width).lastIndex(of: " ") : nil
                    let part = rest[...(blank ?? rest.startIndex + width - 1)]
                    parts.append(String(part))
                    rest = rest.dropFirst(part.count)
                }
                return parts + [String(rest)]
            })
        return 0
    }
}
