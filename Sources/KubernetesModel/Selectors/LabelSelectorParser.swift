/// Reads a label selector's text form: requirements with commas between them.
struct LabelSelectorParser {
    private enum Token: Equatable {
        case identifier, open, close, comma, not, equals, doubleEquals, notEquals, greater, less, `in`, notIn, end, error
    }

    private struct Item {
        var token: Token
        var text: String

        /// Where a value may stand, `in` and `notin` are words like any other.
        var asValue: Token { token == .in || token == .notIn ? .identifier : token }
    }

    private let items: [Item]
    private var position = 0

    init(_ text: String) {
        items = Self.scan(Array(text.utf8))
    }

    mutating func parse() throws(SelectorError) -> [LabelSelector.Requirement] {
        var requirements: [LabelSelector.Requirement] = []
        while true {
            switch next.asValue {
            case .end: return requirements
            case .identifier, .not: break
            default: throw SelectorError("found '\(next.text)', expected: !, identifier, or 'end of string'")
            }
            do throws(SelectorError) {
                requirements.append(try requirement())
            } catch {
                throw SelectorError("unable to parse requirement: \(error.message)")
            }
            let separator = take()
            guard separator.token != .end else { return requirements }
            guard separator.token == .comma else { throw SelectorError("found '\(separator.text)', expected: ',' or 'end of string'") }
            guard next.asValue == .identifier || next.token == .not else {
                throw SelectorError("found '\(next.text)', expected: identifier after ','")
            }
        }
    }

    private var next: Item { items[min(position, items.count - 1)] }

    private mutating func take() -> Item {
        defer { position += 1 }
        return next
    }

    private mutating func requirement() throws(SelectorError) -> LabelSelector.Requirement {
        var key = take()
        let isNegated = key.token == .not
        if isNegated { key = take() }
        guard key.asValue == .identifier else { throw SelectorError("found '\(key.text)', expected: identifier") }
        let errors = NameRules.qualifiedName(key.text)
        guard errors.isEmpty else { throw SelectorError("<nil>: Invalid value: \(key.text.goQuoted): \(errors.joined(separator: "; "))") }
        if isNegated { return try LabelSelector.Requirement(checking: key.text, .doesNotExist, []) }
        if next.token == .end || next.token == .comma { return try LabelSelector.Requirement(checking: key.text, .exists, []) }
        let kind = try relation()
        let values = kind == .in || kind == .notIn ? try valueList() : [try exactValue()]
        return try LabelSelector.Requirement(checking: key.text, kind, values)
    }

    private mutating func relation() throws(SelectorError) -> LabelSelector.Operator {
        let item = take()
        return switch item.token {
        case .in: .in
        case .notIn: .notIn
        case .equals: .equals
        case .doubleEquals: .doubleEquals
        case .notEquals: .notEquals
        case .greater: .greaterThan
        case .less: .lessThan
        default: throw SelectorError("found '\(item.text)', expected: in, notin, =, ==, !=, gt, lt")
        }
    }

    private mutating func exactValue() throws(SelectorError) -> String {
        if next.token == .end || next.token == .comma { return "" }
        let item = take()
        guard item.asValue == .identifier else { throw SelectorError("found '\(item.text)', expected: identifier") }
        return item.text
    }

    private mutating func valueList() throws(SelectorError) -> [String] {
        let open = take()
        guard open.token == .open else { throw SelectorError("found '\(open.text)' expected: '('") }
        let first = next
        switch first.asValue {
        case .close:
            _ = take()
            return [""]
        case .identifier, .comma:
            let values = try identifiers()
            guard take().token == .close else { throw SelectorError("found '\(first.text)', expected: ')'") }
            return values
        default:
            throw SelectorError("found '\(first.text)', expected: ',', ')' or identifier")
        }
    }

    /// Stops before the closing parenthesis; nothing between commas is the empty value.
    private mutating func identifiers() throws(SelectorError) -> [String] {
        var values: [String] = []
        while true {
            let item = take()
            switch item.asValue {
            case .identifier:
                values.append(item.text)
                if next.token == .close { return values }
                guard next.token == .comma else { throw SelectorError("found '\(next.text)', expected: ',' or ')'") }
            case .comma:
                if values.isEmpty { values.append("") }
                if next.token == .close {
                    values.append("")
                    return values
                }
                if next.token == .comma {
                    _ = take()
                    values.append("")
                }
            default:
                throw SelectorError("found '\(item.text)', expected: ',', or identifier")
            }
        }
    }

    private static let symbols: [String: Token] = [
        ")": .close, ",": .comma, "!": .not, "==": .doubleEquals, "=": .equals, ">": .greater, "<": .less, "!=": .notEquals, "(": .open,
    ]

    private static func scan(_ bytes: [UInt8]) -> [Item] {
        var items: [Item] = []
        var index = 0
        while index < bytes.count, bytes[index] != 0 {
            if isSpace(bytes[index]) {
                index += 1
            } else if isSymbol(bytes[index]) {
                items.append(symbol(bytes, &index))
            } else {
                let start = index
                while index < bytes.count, bytes[index] != 0, !isSpace(bytes[index]), !isSymbol(bytes[index]) { index += 1 }
                let word = String(decoding: bytes[start..<index], as: UTF8.self)
                items.append(Item(token: word == "in" ? .in : word == "notin" ? .notIn : .identifier, text: word))
            }
        }
        return items + [Item(token: .end, text: "")]
    }

    /// Takes the longest symbol that starts here.
    private static func symbol(_ bytes: [UInt8], _ index: inout Int) -> Item {
        let start = index
        var found: Item?
        while index < bytes.count, isSymbol(bytes[index]) {
            let text = String(decoding: bytes[start...index], as: UTF8.self)
            if let token = symbols[text] {
                found = Item(token: token, text: text)
            } else if found != nil {
                break
            }
            index += 1
        }
        return found
            ?? Item(token: .error, text: "error expected: keyword found '\(String(decoding: bytes[start..<index], as: UTF8.self))'")
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }

    private static func isSymbol(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ">"),
            UInt8(ascii: "<"):
            true
        default: false
        }
    }
}
