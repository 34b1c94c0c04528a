/// Writes JSON values as block-style YAML: two spaces a level, lists not indented below their key.
struct YAMLWriter {
    /// Where kubectl's library breaks a line at the next space.
    private static let bestWidth = 80
    /// Longer keys can't stand before a colon on one line.
    private static let longestSimpleKey = 128

    private(set) var text = ""
    private let sortsKeys: Bool
    private var column = 0

    init(sortsKeys: Bool) {
        self.sortsKeys = sortsKeys
    }

    mutating func writeDocument(_ value: JSONValue) {
        switch value {
        case .object(let object) where !object.isEmpty: write(object, indentation: 0)
        case .array(let elements) where !elements.isEmpty: write(elements, indentation: 0)
        default:
            writeScalar(value, indentation: 0)
            newLine(0)
        }
    }

    private mutating func put(_ piece: String) {
        text += piece
        column += piece.unicodeScalars.count
    }

    private mutating func newLine(_ indentation: Int) {
        text += "\n"
        text += String(repeating: " ", count: indentation)
        column = indentation
    }

    /// Starts where the first key stands and ends at the beginning of a line.
    private mutating func write(_ object: JSONObject, indentation: Int) {
        var members = Array(object)
        if sortsKeys { members.sort { YAMLKeyOrder.isBefore($0.key, $1.key) } }
        for (index, (key, value)) in members.enumerated() {
            if index > 0 { put(String(repeating: " ", count: indentation)) }
            if key.utf8.count > Self.longestSimpleKey {
                put("? ")
                writeString(key, isKey: true, indentation: indentation)
                newLine(indentation)
            } else {
                writeString(key, isKey: true, indentation: indentation)
            }
            put(":")
            writeMember(value, indentation: indentation)
        }
    }

    private mutating func writeMember(_ value: JSONValue, indentation: Int) {
        switch value {
        case .object(let object) where !object.isEmpty:
            newLine(indentation + 2)
            write(object, indentation: indentation + 2)
        case .array(let elements) where !elements.isEmpty:
            newLine(indentation)
            write(elements, indentation: indentation)
        default:
            put(" ")
            writeScalar(value, indentation: indentation + 2)
            newLine(0)
        }
    }

    /// Starts where the first dash stands and ends at the beginning of a line.
    private mutating func write(_ elements: [JSONValue], indentation: Int) {
        for (index, element) in elements.enumerated() {
            if index > 0 { put(String(repeating: " ", count: indentation)) }
            put("- ")
            switch element {
            case .object(let object) where !object.isEmpty: write(object, indentation: indentation + 2)
            case .array(let elements) where !elements.isEmpty: write(elements, indentation: indentation + 2)
            default:
                writeScalar(element, indentation: indentation + 2)
                newLine(0)
            }
        }
    }

    /// - Parameter indentation: of further lines.
    private mutating func writeScalar(_ value: JSONValue, indentation: Int) {
        switch value {
        case .null: put("null")
        case .bool(let value): put(value ? "true" : "false")
        case .number(let number): put(number.text)
        case .string(let text): writeString(text, isKey: false, indentation: indentation)
        case .array: put("[]")
        case .object: put("{}")
        }
    }

    private mutating func writeString(_ string: String, isKey: Bool, indentation: Int) {
        switch YAMLStyle(for: string, isKey: isKey) {
        case .plain: writeFolding(string, in: nil, canBreak: !isKey, indentation: indentation) { String($0) }
        case .singleQuoted:
            writeFolding(string, in: "'", canBreak: !isKey, indentation: indentation) { $0 == "'" ? "''" : String($0) }
        case .doubleQuoted: writeDoubleQuoted(string, canBreak: !isKey, indentation: indentation)
        case .literal: writeLiteral(string, indentation: indentation)
        }
    }

    /// Breaks a long line at single spaces, which readers put back.
    private mutating func writeFolding(
        _ string: String, in quote: String?, canBreak: Bool, indentation: Int, escape: (Unicode.Scalar) -> String
    ) {
        put(quote ?? "")
        let scalars = Array(string.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let standsAlone =
                scalar == " " && index > 0 && index + 1 < scalars.count && scalars[index - 1] != " " && scalars[index + 1] != " "
            if canBreak, standsAlone, column > Self.bestWidth {
                newLine(indentation)
            } else {
                put(escape(scalar))
            }
        }
        put(quote ?? "")
    }

    private mutating func writeDoubleQuoted(_ string: String, canBreak: Bool, indentation: Int) {
        put("\"")
        let scalars = Array(string.unicodeScalars)
        var wasSpace = false
        for (index, scalar) in scalars.enumerated() {
            if scalar == " ", canBreak, !wasSpace, column > Self.bestWidth, index > 0, index + 1 < scalars.count {
                newLine(indentation)
                if scalars[index + 1] == " " { put("\\") }
                wasSpace = true
            } else {
                put(Self.escape(scalar))
                wasSpace = scalar == " "
            }
        }
        put("\"")
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\u{00}": "\\0"
        case "\u{07}": "\\a"
        case "\u{08}": "\\b"
        case "\t": "\\t"
        case "\n": "\\n"
        case "\u{0B}": "\\v"
        case "\u{0C}": "\\f"
        case "\r": "\\r"
        case "\u{1B}": "\\e"
        case "\u{85}": "\\N"
        case "\u{2028}": "\\L"
        case "\u{2029}": "\\P"
        case _ where YAMLStyle.isPrintable(scalar): String(scalar)
        case _ where scalar.value <= 0xFF: "\\x" + hexadecimal(scalar, width: 2)
        case _ where scalar.value <= 0xFFFF: "\\u" + hexadecimal(scalar, width: 4)
        default: "\\U" + hexadecimal(scalar, width: 8)
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar, width: Int) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }

    private mutating func writeLiteral(_ string: String, indentation: Int) {
        put("|")
        if string.hasPrefix(" ") || string.hasPrefix("\n") { put("2") }
        if !string.hasSuffix("\n") {
            put("-")
        } else if string == "\n" || string.hasSuffix("\n\n") {
            put("+")
        }
        let indentation = max(indentation, 2)
        var lines = string.split(separator: "\n", omittingEmptySubsequences: false)
        if string.hasSuffix("\n") { lines.removeLast() }
        for line in lines { newLine(line.isEmpty ? 0 : indentation); put(String(line)) }
    }
}

/// The order in which kubectl prints a mapping's keys: by name, but numbers within names by their value.
enum YAMLKeyOrder {
    static func isBefore(_ left: String, _ right: String) -> Bool {
        let left = Array(left.unicodeScalars)
        let right = Array(right.unicodeScalars)
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
            let areLetters = (left[index].properties.isAlphabetic, right[index].properties.isAlphabetic)
            guard !(areLetters.0 && areLetters.1) else { return left[index] < right[index] }
            if areLetters.0 != areLetters.1 {
                let followsDigit = index > 0 && isDigit(left[index - 1])
                return followsDigit ? areLetters.0 : areLetters.1
            }
            return isBefore(left, right, differingAt: index)
        }
        return left.count < right.count
    }

    private static func isBefore(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], differingAt index: Int) -> Bool {
        var zeros = (0, 0)
        if left[index] == "0" || right[index] == "0" {
            // Zeros that lead a number in both do not count, unless nothing else differs.
            var place = index - 1
            while place >= 0, isDigit(left[place]) {
                if left[place] != "0" {
                    zeros = (1, 1)
                    break
                }
                place -= 1
            }
        }
        let leftNumber = number(left, from: index, countingZeros: zeros.0 == 1)
        let rightNumber = number(right, from: index, countingZeros: zeros.1 == 1)
        if leftNumber.value != rightNumber.value { return leftNumber.value < rightNumber.value }
        if leftNumber.end != rightNumber.end { return leftNumber.end < rightNumber.end }
        return left[index] < right[index]
    }

    private static func number(_ scalars: [Unicode.Scalar], from index: Int, countingZeros: Bool) -> (value: UInt64, end: Int) {
        var value: UInt64 = countingZeros ? 1 : 0
        var end = index
        while end < scalars.count, isDigit(scalars[end]) {
            value = value &* 10 &+ UInt64(scalars[end].value - 48)
            end += 1
        }
        return (value, end)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }
}
