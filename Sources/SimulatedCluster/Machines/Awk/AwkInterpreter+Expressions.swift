import Foundation

extension AwkInterpreter {
    mutating func evaluate(_ expression: AwkExpression) throws(AwkFailure) -> AwkValue {
        try goDeeper()
        defer { nesting -= 1 }
        switch expression {
        case .number(let value): return .number(value)
        case .text(let text): return .text(text)
        case .pattern(let pattern): return AwkValue(try matches(recordText, pattern))
        case .variable(let name): return name == "NF" ? .number(Double(fields.count)) : variable(name)
        case .field(let index): return field(try evaluate(index).integer)
        case .element(let name, let subscripts):
            let key = try key(subscripts)
            let array = array(name)
            if let known = array.elements[key] { return known }
            try spend(bytes: key.utf8.count + Self.element)
            array.elements[key] = .missing
            return .missing
        case .assignment(let target, let operation, let value): return try assign(target, operation, value)
        case .step(let target, let step, let givesNew):
            let old = try evaluate(target).number
            try set(target, .number(old + step))
            return .number(givesNew ? old + step : old)
        case .choice(let condition, let first, let second): return try evaluate(try evaluate(condition).isTrue ? first : second)
        case .both(let left, let right):
            guard try evaluate(left).isTrue else { return AwkValue(false) }
            return AwkValue(try evaluate(right).isTrue)
        case .either(let left, let right):
            if try evaluate(left).isTrue { return AwkValue(true) }
            return AwkValue(try evaluate(right).isTrue)
        case .not(let value): return AwkValue(!(try evaluate(value).isTrue))
        case .negation(let value): return .number(-(try evaluate(value).number))
        case .identity(let value): return .number(try evaluate(value).number)
        case .binary(let operation, let left, let right): return try binary(operation, try evaluate(left), try evaluate(right))
        case .match(let text, let pattern, let isNegated):
            return AwkValue(try matches(try evaluate(text).text(), try self.pattern(pattern)) != isNegated)
        case .membership(let subscripts, let name):
            let key = try key(subscripts)
            return AwkValue(array(name).elements[key] != nil)
        case .concatenation(let parts): return try concatenate(parts)
        case .call(let name, let arguments):
            try spend()
            if let function = program.functions[name] { return try call(function, arguments) }
            return try AwkFunctions.call(name, arguments, &self)
        case .readLine(let target, let file): return try readLine(into: target, file: file)
        case .list: throw AwkFailure(message: "several values stand where one is expected")
        }
    }

    private mutating func concatenate(_ parts: [AwkExpression]) throws(AwkFailure) -> AwkValue {
        if parts.count == 1 { return try evaluate(parts[0]) }
        let format = variable("CONVFMT").text()
        var text = ""
        for part in parts { text += try evaluate(part).text(format) }
        try spend(bytes: text.utf8.count)
        return .text(text)
    }

    private func binary(_ operation: AwkExpression.Operator, _ left: AwkValue, _ right: AwkValue) throws(AwkFailure) -> AwkValue {
        switch operation {
        case .plus: return .number(left.number + right.number)
        case .minus: return .number(left.number - right.number)
        case .times: return .number(left.number * right.number)
        case .over, .modulo:
            guard right.number != 0 else { throw AwkFailure(message: "division by zero") }
            return .number(operation == .over ? left.number / right.number : fmod(left.number, right.number))
        case .power: return .number(pow(left.number, right.number))
        case .less: return AwkValue(isLess(left, right))
        case .greaterOrEqual: return AwkValue(!isLess(left, right))
        case .greater: return AwkValue(isLess(right, left))
        case .lessOrEqual: return AwkValue(!isLess(right, left))
        case .equal: return AwkValue(isEqual(left, right))
        case .unequal: return AwkValue(!isEqual(left, right))
        }
    }

    /// Numbers are compared as such, everything else as text.
    private func isLess(_ left: AwkValue, _ right: AwkValue) -> Bool {
        left.isNumeric && right.isNumeric ? left.number < right.number : left.text() < right.text()
    }

    private func isEqual(_ left: AwkValue, _ right: AwkValue) -> Bool {
        left.isNumeric && right.isNumeric ? left.number == right.number : left.text() == right.text()
    }

    mutating func key(_ subscripts: [AwkExpression]) throws(AwkFailure) -> String {
        var texts: [String] = []
        for value in subscripts { texts.append(try evaluate(value).text(variable("CONVFMT").text())) }
        return texts.joined(separator: variable("SUBSEP").text())
    }

    // MARK: Assignment

    private mutating func assign(
        _ target: AwkExpression, _ operation: AwkExpression.Operator?, _ expression: AwkExpression
    ) throws(AwkFailure) -> AwkValue {
        var value = try evaluate(expression)
        if let operation { value = try binary(operation, try evaluate(target), value) }
        try set(target, value)
        return value
    }

    mutating func set(_ target: AwkExpression, _ value: AwkValue) throws(AwkFailure) {
        switch target {
        case .variable("NF"): record.setCount(value.integer, separator(), joinedBy: variable("OFS").text())
        case .variable(let name): set(name, value)
        case .element(let name, let subscripts):
            let key = try key(subscripts)
            try spend(bytes: key.utf8.count + value.text().utf8.count + Self.element)
            array(name).elements[key] = value
        case .field(let index):
            let index = try evaluate(index).integer
            guard (0...AwkRecord.mostFields).contains(index) else { throw AwkFailure(message: "there is no field \(index)") }
            if index == 0 { return setRecord(value.text()) }
            try spend(bytes: record.text.utf8.count + value.text().utf8.count + index)
            record.setField(index, value.text(), separator(), joinedBy: variable("OFS").text())
        default: throw AwkFailure(message: "nothing can be assigned there")
        }
    }

    // MARK: The record

    var recordText: String { record.text }

    var fields: [String] {
        mutating get { record.fields(separator()) }
    }

    /// What an element of an array takes besides its texts.
    private static let element = 64

    private mutating func separator() -> AwkSeparator {
        let text = variable("FS").text()
        if let knownSeparator, knownSeparator.text == text { return knownSeparator.separator }
        let separator = AwkSeparator(text)
        knownSeparator = (text, separator)
        return separator
    }

    private mutating func field(_ index: Int) -> AwkValue {
        if index == 0 { return AwkValue(input: record.text) }
        let fields = fields
        guard fields.indices.contains(index - 1) else { return .missing }
        return AwkValue(input: fields[index - 1])
    }

    private mutating func readLine(into target: AwkExpression?, file: AwkExpression?) throws(AwkFailure) -> AwkValue {
        let text: String
        if let file {
            guard let lines = input.line(of: try evaluate(file).text()) else { return .number(-1) }
            guard let line = lines else { return .number(0) }
            text = line
        } else {
            guard let next = try nextText() else { return .number(0) }
            text = next
        }
        try spend(bytes: text.utf8.count)
        if let target { try set(target, AwkValue(input: text)) } else { setRecord(text) }
        return .number(1)
    }

    // MARK: Patterns

    /// The regular expression that is meant: as it stands, or as a value says.
    mutating func pattern(_ expression: AwkExpression) throws(AwkFailure) -> String {
        if case .pattern(let pattern) = expression { return pattern }
        return try evaluate(expression).text()
    }

    mutating func expression(_ pattern: String) throws(AwkFailure) -> RegularExpression {
        if let known = patterns[pattern] { return known }
        let made: RegularExpression
        do throws(RegularExpression.Failure) {
            made = try RegularExpression(pattern, syntax: .extended)
        } catch {
            throw AwkFailure(message: "bad regex '\(pattern)': \(error.message)")
        }
        patterns[pattern] = made
        return made
    }

    private mutating func matches(_ text: String, _ pattern: String) throws(AwkFailure) -> Bool {
        try spend(bytes: text.utf8.count)
        return try expression(pattern).matches(text)
    }
}
