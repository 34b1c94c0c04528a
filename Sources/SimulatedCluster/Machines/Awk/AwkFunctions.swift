import Foundation

/// The functions that awk has itself.
enum AwkFunctions {
    static let names: Set = [
        "atan2", "cos", "exp", "gsub", "index", "int", "length", "log", "match", "rand", "sin", "split", "sprintf", "sqrt", "srand", "sub",
        "substr", "system", "tolower", "toupper",
    ]

    static func call(_ name: String, _ arguments: [AwkExpression], _ awk: inout AwkInterpreter) throws(AwkFailure) -> AwkValue {
        switch name {
        case "length": return try length(arguments, &awk)
        case "split": return try split(arguments, &awk)
        case "sub", "gsub": return try substitute(arguments, isGlobal: name == "gsub", &awk)
        case "match": return try match(arguments, &awk)
        case "system": throw AwkFailure(message: "commands can't be run from here")
        default: break
        }
        var values: [AwkValue] = []
        for argument in arguments { values.append(try awk.evaluate(argument)) }
        try awk.spend(bytes: values.reduce(0) { $0 + $1.text().utf8.count })
        func number(_ index: Int) -> Double { index < values.count ? values[index].number : 0 }
        func text(_ index: Int) -> String { index < values.count ? values[index].text() : "" }
        switch name {
        case "atan2": return .number(atan2(number(0), number(1)))
        case "cos": return .number(cos(number(0)))
        case "sin": return .number(sin(number(0)))
        case "exp": return .number(exp(number(0)))
        case "log": return .number(log(number(0)))
        case "sqrt": return .number(number(0).squareRoot())
        case "int": return .number(number(0).rounded(.towardZero))
        case "tolower": return .text(text(0).lowercased())
        case "toupper": return .text(text(0).uppercased())
        case "index":
            let place = text(0).firstRange(of: text(1)).map { text(0)[..<$0.lowerBound].unicodeScalars.count + 1 }
            return .number(Double(place ?? 0))
        case "substr": return .text(substring(text(0), number(1), values.count > 2 ? number(2) : .infinity))
        case "sprintf":
            let printed = AwkFormat.print(text(0), Array(values.dropFirst()), limit: awk.budget.bytes)
            try awk.spend(bytes: printed.utf8.count)
            return .text(printed)
        case "rand": return .number(Double(awk.random.next() >> 11) / Double(1 << 53))
        case "srand":
            let old = awk.seed
            awk.seed = values.first?.number ?? 0
            awk.random = Randomness(seed: awk.seed.bitPattern)
            return .number(old)
        default: throw AwkFailure(message: "function \(name) not defined")
        }
    }

    private static func length(_ arguments: [AwkExpression], _ awk: inout AwkInterpreter) throws(AwkFailure) -> AwkValue {
        guard let argument = arguments.first else { return .number(Double(awk.recordText.unicodeScalars.count)) }
        let value = try awk.evaluate(argument)
        if case .variable(let name) = argument, case .missing = value { return .number(Double(awk.array(name).elements.count)) }
        let text = value.text()
        try awk.spend(bytes: text.utf8.count)
        return .number(Double(text.unicodeScalars.count))
    }

    /// The characters whose numbers, rounded, lie within the length from the start, as POSIX has it.
    private static func substring(_ text: String, _ start: Double, _ length: Double) -> String {
        let scalars = Array(text.unicodeScalars)
        guard !start.isNaN, !length.isNaN else { return "" }
        let first = start.rounded()
        let end = min(first + length.rounded(), Double(scalars.count) + 1)
        let from = max(first, 1)
        guard from < end else { return "" }
        return String(String.UnicodeScalarView(scalars[(Int(from) - 1)..<(Int(end) - 1)]))
    }

    private static func split(_ arguments: [AwkExpression], _ awk: inout AwkInterpreter) throws(AwkFailure) -> AwkValue {
        guard arguments.count >= 2, case .variable(let name) = arguments[1] else { throw AwkFailure(message: "split needs an array") }
        let text = try awk.evaluate(arguments[0]).text()
        try awk.spend(bytes: 2 * text.utf8.count)
        var separator = AwkSeparator(awk.variable("FS").text())
        if arguments.count > 2 {
            let pattern = try awk.pattern(arguments[2])
            if case .pattern = arguments[2] { separator = .pattern(try awk.expression(pattern)) } else { separator = AwkSeparator(pattern) }
        }
        let parts = separator.split(text)
        awk.array(name).elements = Dictionary(
            parts.enumerated().map { (String($0 + 1), AwkValue(input: $1)) }, uniquingKeysWith: { first, _ in first })
        return .number(Double(parts.count))
    }

    private static func match(_ arguments: [AwkExpression], _ awk: inout AwkInterpreter) throws(AwkFailure) -> AwkValue {
        guard arguments.count >= 2 else { throw AwkFailure(message: "match needs a text and an expression") }
        let scalars = Array(try awk.evaluate(arguments[0]).text().unicodeScalars)
        try awk.spend(bytes: scalars.count)
        let found = try awk.expression(try awk.pattern(arguments[1])).firstMatch(in: scalars)
        awk.set("RSTART", .number(Double(found.map { $0.range.lowerBound + 1 } ?? 0)))
        awk.set("RLENGTH", .number(Double(found?.range.count ?? -1)))
        return awk.variable("RSTART")
    }

    private static func substitute(
        _ arguments: [AwkExpression], isGlobal: Bool, _ awk: inout AwkInterpreter
    ) throws(AwkFailure) -> AwkValue {
        guard arguments.count >= 2 else { throw AwkFailure(message: "sub needs an expression and a replacement") }
        let expression = try awk.expression(try awk.pattern(arguments[0]))
        let replacement = Array(try awk.evaluate(arguments[1]).text().unicodeScalars)
        let target = arguments.count > 2 ? arguments[2] : .field(.number(0))
        let scalars = Array(try awk.evaluate(target).text().unicodeScalars)
        try awk.spend(bytes: scalars.count)
        let matches = isGlobal ? expression.matches(in: scalars) : expression.firstMatch(in: scalars).map { [$0] } ?? []
        guard !matches.isEmpty else { return .number(0) }
        var result = String.UnicodeScalarView()
        var start = 0
        for match in matches {
            result += scalars[start..<match.range.lowerBound]
            result += Self.replacement(replacement, for: scalars[match.range])
            start = match.range.upperBound
            try awk.spend(bytes: replacement.count + match.range.count)
        }
        result += scalars[start...]
        if target.isAssignable { try awk.set(target, .text(String(result))) }
        return .number(Double(matches.count))
    }

    /// An ampersand stands for what has matched, unless a backslash is before it.
    private static func replacement(_ text: [Unicode.Scalar], for match: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var rest = text[...]
        while let scalar = rest.popFirst() {
            if scalar == "\\", let next = rest.first, next == "&" || next == "\\" {
                result.append(rest.removeFirst())
            } else if scalar == "&" {
                result += match
            } else {
                result.append(scalar)
            }
        }
        return result
    }
}
