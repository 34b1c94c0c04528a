/// `echo` and `printf`.
extension ShellTools {
    static let printTools: [String: Tool] = ["echo": { call in echo(&call) }, "printf": { call in printf(&call) }]

    private static func echo(_ call: inout Call) -> Int {
        var words = call.arguments[...]
        var endsLine = true
        var escapes = false
        while let option = words.first, option.count > 1, option.hasPrefix("-"), option.dropFirst().allSatisfy({ "neE".contains($0) }) {
            if option.contains("n") { endsLine = false }
            if option.contains("e") { escapes = true }
            words = words.dropFirst()
        }
        let text = words.joined(separator: " ")
        guard escapes else {
            call.output = text + (endsLine ? "\n" : "")
            return 0
        }
        let unescaped = EscapedText(text.utf8, needsZero: true)
        call.data = unescaped.bytes + (endsLine && !unescaped.isEnded ? [UInt8(ascii: "\n")] : [])
        return 0
    }

    private static func printf(_ call: inout Call) -> Int {
        guard let text = call.arguments.first else {
            call.errors = "Usage: printf FORMAT [ARG]...\n"
            return 1
        }
        var printing = FormattedPrinting(Array(call.arguments.dropFirst()))
        let format = PrintFormat(text)
        // The format comes again for as long as there is something to print by it.
        repeat { printing.print(format) } while printing.goesOn && format.hasConversions
        call.data = printing.bytes
        call.errors = printing.problems.map { "printf: \($0)\n" }.joined()
        return printing.problems.isEmpty ? 0 : 1
    }
}

/// What `printf` is told: texts, and how to print the arguments between them.
struct PrintFormat {
    struct Conversion {
        var kind: UInt8 = 0
        var flags: Set<UInt8> = []
        /// A star stands for the next argument.
        var width: [UInt8] = []
        var precision: [UInt8]?
    }

    enum Part {
        case bytes([UInt8])
        case conversion(Conversion)
        case end
    }

    private(set) var parts: [Part] = []

    init(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let literal = rest.prefix { $0 != UInt8(ascii: "%") }
            rest = rest.dropFirst(literal.count)
            let unescaped = EscapedText(literal, needsZero: false)
            parts.append(.bytes(unescaped.bytes))
            guard !unescaped.isEnded else {
                parts.append(.end)
                return
            }
            guard rest.popFirst() != nil else { return }
            if rest.first == UInt8(ascii: "%") {
                rest.removeFirst()
                parts.append(.bytes([UInt8(ascii: "%")]))
            } else {
                parts.append(.conversion(Self.conversion(&rest)))
            }
        }
    }

    var hasConversions: Bool {
        parts.contains { if case .conversion = $0 { true } else { false } }
    }

    private static func conversion(_ rest: inout ArraySlice<UInt8>) -> Conversion {
        var conversion = Conversion()
        while let flag = rest.first, "-+ 0#".utf8.contains(flag) { conversion.flags.insert(rest.removeFirst()) }
        conversion.width = size(&rest)
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            conversion.precision = size(&rest)
        }
        conversion.kind = rest.popFirst() ?? 0
        return conversion
    }

    private static func size(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        let digits = rest.first == UInt8(ascii: "*") ? rest.prefix(1) : rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(digits.count)
        return Array(digits)
    }
}

/// Arguments on their way through a format.
struct FormattedPrinting {
    private(set) var bytes: [UInt8] = []
    private(set) var problems: [String] = []
    private var arguments: ArraySlice<String>
    private var isEnded = false

    /// Nobody reads wider columns, nor more.
    private static let widest = 65_536
    private static let most = 64 << 20

    init(_ arguments: [String]) {
        self.arguments = arguments[...]
    }

    var goesOn: Bool { !arguments.isEmpty && !isEnded }

    mutating func print(_ format: PrintFormat) {
        for part in format.parts where !isEnded {
            switch part {
            case .bytes(let bytes): self.bytes += bytes
            case .end: isEnded = true
            case .conversion(let conversion): convert(conversion)
            }
            guard bytes.count > Self.most else { continue }
            problems.append("out of memory")
            (isEnded, bytes) = (true, [])
        }
    }

    private mutating func size(_ text: [UInt8]) -> Int {
        let text = text == [UInt8(ascii: "*")] ? arguments.popFirst() ?? "0" : String(decoding: text, as: UTF8.self)
        return min(max(Int(text) ?? (text.isEmpty ? 0 : Self.widest), -Self.widest), Self.widest)
    }

    private mutating func convert(_ conversion: PrintFormat.Conversion) {
        let width = size(conversion.width)
        let precision = conversion.precision.map { size($0) }
        let isLeft = conversion.flags.contains(UInt8(ascii: "-")) || width < 0
        let kind = Character(UnicodeScalar(conversion.kind))
        var text: [UInt8]
        switch kind {
        case "s": text = Array((arguments.popFirst() ?? "").utf8)
        case "b":
            let unescaped = EscapedText((arguments.popFirst() ?? "").utf8, needsZero: true)
            text = unescaped.bytes
            isEnded = unescaped.isEnded
        case "c": text = Array((arguments.popFirst() ?? "").utf8.prefix(1))
        case "d", "i", "u", "x", "X", "o": text = number(kind, conversion.flags, precision)
        default:
            problems.append("%\(kind): invalid format")
            isEnded = true
            return
        }
        if let precision, "sb".contains(kind) { text = Array(text.prefix(max(precision, 0))) }
        let space = max(0, abs(width) - text.count)
        let fillsZeros = conversion.flags.contains(UInt8(ascii: "0")) && !isLeft && precision == nil && !"sbc".contains(kind)
        if fillsZeros {
            let sign = text.prefix { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: " ") }
            text = Array(sign) + Array(repeating: UInt8(ascii: "0"), count: space) + text.dropFirst(sign.count)
        } else {
            let blanks = Array(repeating: UInt8(ascii: " "), count: space)
            text = isLeft ? text + blanks : blanks + text
        }
        bytes += text
    }

    private mutating func number(_ kind: Character, _ flags: Set<UInt8>, _ precision: Int?) -> [UInt8] {
        let value = value(of: arguments.popFirst() ?? "0")
        let isSigned = kind == "d" || kind == "i"
        let radix = kind == "o" ? 8 : kind == "x" || kind == "X" ? 16 : 10
        let digits =
            isSigned ? String(value.magnitude, radix: radix) : String(UInt(bitPattern: value), radix: radix, uppercase: kind == "X")
        let zeros = String(repeating: "0", count: max(0, (precision ?? 0) - digits.count))
        let prefix = flags.contains(UInt8(ascii: "#")) && value != 0 ? (kind == "o" ? "0" : radix == 16 ? "0\(kind)" : "") : ""
        let sign = !isSigned ? "" : value < 0 ? "-" : flags.contains(UInt8(ascii: "+")) ? "+" : flags.contains(UInt8(ascii: " ")) ? " " : ""
        return Array((sign + prefix + zeros + digits).utf8)
    }

    /// Decimal, `0x…`, `0…`, or a character after a quote.
    private mutating func value(of text: String) -> Int {
        if let quote = text.first, quote == "'" || quote == "\"" { return text.dropFirst().unicodeScalars.first.map { Int($0.value) } ?? 0 }
        let isNegative = text.hasPrefix("-")
        let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let (radix, start) =
            digits.hasPrefix("0x") || digits.hasPrefix("0X") ? (16, 2) : digits.hasPrefix("0") && digits.count > 1 ? (8, 1) : (10, 0)
        guard let magnitude = Int(digits.dropFirst(start), radix: radix), !digits.dropFirst(start).hasPrefix("-") else {
            problems.append("invalid number '\(text)'")
            return 0
        }
        return isNegative ? -magnitude : magnitude
    }
}
