/// Runs a program of awk over its input, at once.
struct AwkInterpreter {
    /// What a statement leads to.
    enum Flow {
        case goOn
        case nextRecord
        case exit
        case leaveLoop
        case continueLoop
        case giveBack(AwkValue)
    }

    final class Array {
        var elements: [String: AwkValue] = [:]
    }

    /// The variables of a function that is being called.
    struct Frame {
        var names: Set<String>
        var values: [String: AwkValue] = [:]
        var arrays: [String: Array] = [:]
    }

    let program: AwkProgram
    var input: AwkInput
    var record = AwkRecord()
    var values: [String: AwkValue]
    var arrays: [String: Array] = [:]
    var frames: [Frame] = []
    var patterns: [String: RegularExpression] = [:]
    private var openRanges: Set<Int> = []
    /// What has been written to each file; the standard streams are among them.
    private(set) var files: [(name: String, text: String, isAppended: Bool)] = []
    private var code = 0
    private(set) var budget = Budget()
    var random: Randomness
    var seed = 0.0

    /// How deep statements and expressions are in one another just now.
    var nesting = 0
    /// What parts fields, as `FS` has said it last.
    var knownSeparator: (text: String, separator: AwkSeparator)?

    static let output = "/dev/stdout"
    private static let deepest = 200
    private static let mostNested = 1000

    /// A program takes all its steps in one turn of the cluster, which they may not fill.
    struct Budget {
        var steps = 2_000_000
        var bytes = 32 << 20
    }

    init(
        _ program: AwkProgram, input: AwkInput, variables: [(name: String, value: String)], environment: [(name: String, value: String)],
        random: Randomness
    ) {
        self.program = program
        self.input = input
        self.random = random
        values = [
            "FS": .text(" "), "OFS": .text(" "), "ORS": .text("\n"), "RS": .text("\n"), "SUBSEP": .text("\u{1C}"), "CONVFMT": .text("%.6g"),
            "OFMT": .text("%.6g"), "NR": .number(0), "FNR": .number(0), "RSTART": .number(0), "RLENGTH": .number(-1), "FILENAME": .text(""),
        ]
        for (name, value) in variables { values[name] = AwkValue(input: value) }
        array("ENVIRON").elements = Dictionary(environment.map { ($0.name, AwkValue(input: $0.value)) }, uniquingKeysWith: { $1 })
    }

    /// - Returns: the exit code.
    mutating func run() throws(AwkFailure) -> Int {
        var isOver = try perform(program.beginnings)
        if !isOver, !(program.rules.isEmpty && program.endings.isEmpty) {
            while !isOver, try readRecord() { isOver = try process() }
        }
        _ = try perform(program.endings)
        return code
    }

    /// - Returns: whether the program has asked for its end.
    private mutating func perform(_ statements: [AwkStatement]) throws(AwkFailure) -> Bool {
        for statement in statements {
            if case .exit = try run(statement) { return true }
        }
        return false
    }

    /// Takes one record through all rules.
    private mutating func process() throws(AwkFailure) -> Bool {
        for (index, rule) in program.rules.enumerated() where try applies(rule.pattern, index) {
            switch try run(rule.action) {
            case .exit: return true
            case .nextRecord: return false
            default: continue
            }
        }
        return false
    }

    private mutating func applies(_ pattern: AwkRule.Pattern, _ index: Int) throws(AwkFailure) -> Bool {
        switch pattern {
        case .always: return true
        case .condition(let condition): return try evaluate(condition).isTrue
        case .range(let first, let last):
            if !openRanges.contains(index), !(try evaluate(first).isTrue) { return false }
            if try evaluate(last).isTrue { openRanges.remove(index) } else { openRanges.insert(index) }
            return true
        }
    }

    // MARK: Records

    /// - Returns: false at the end of the input.
    mutating func readRecord() throws(AwkFailure) -> Bool {
        guard let text = try nextText() else { return false }
        setRecord(text)
        return true
    }

    mutating func nextText() throws(AwkFailure) -> String? {
        try spend()
        while true {
            switch try input.next(separator: variable("RS").text()) {
            case .record(let text, let file, let isFirst):
                values["NR"] = .number(variable("NR").number + 1)
                values["FNR"] = .number(isFirst ? 1 : variable("FNR").number + 1)
                values["FILENAME"] = .text(file)
                return text
            case .assignment(let name, let value): values[name] = AwkValue(input: value)
            case .end: return nil
            }
        }
    }

    mutating func setRecord(_ text: String) {
        record = AwkRecord(text)
    }

    // MARK: Statements

    mutating func run(_ statement: AwkStatement) throws(AwkFailure) -> Flow {
        try goDeeper()
        defer { nesting -= 1 }
        switch statement {
        case .block(let statements):
            for statement in statements {
                let flow = try run(statement)
                guard case .goOn = flow else { return flow }
            }
        case .expression(let expression): _ = try evaluate(expression)
        case .print(let values, let isFormatted, let target): try print(values, isFormatted, target)
        case .conditional(let condition, let body, let otherwise):
            if try evaluate(condition).isTrue { return try run(body) }
            if let otherwise { return try run(otherwise) }
        case .loop(let condition, let step, let body, let testsFirst): return try loop(condition, step, body, testsFirst)
        case .forEach(let variable, let name, let body): return try forEach(variable, name, body)
        case .next: return .nextRecord
        case .exit(let value):
            if let value { code = try evaluate(value).integer & 255 }
            return .exit
        case .leaveLoop: return .leaveLoop
        case .continueLoop: return .continueLoop
        case .giveBack(let value): return .giveBack(try value.map { value throws(AwkFailure) in try evaluate(value) } ?? .missing)
        case .delete(let name, let subscripts):
            if subscripts.isEmpty { array(name).elements = [:] } else { array(name).elements[try key(subscripts)] = nil }
        }
        return .goOn
    }

    private mutating func loop(
        _ condition: AwkExpression?, _ step: AwkStatement?, _ body: AwkStatement, _ testsFirst: Bool
    ) throws(AwkFailure) -> Flow {
        var tests = testsFirst
        while true {
            try spend()
            if tests, let condition, !(try evaluate(condition).isTrue) { return .goOn }
            tests = true
            switch try run(body) {
            case .goOn, .continueLoop: if let step { _ = try run(step) }
            case .leaveLoop: return .goOn
            case let flow: return flow
            }
        }
    }

    private mutating func forEach(_ variable: String, _ name: String, _ body: AwkStatement) throws(AwkFailure) -> Flow {
        let elements = array(name)
        // Any order is right: this one is the same each time.
        let keys = elements.elements.keys.map { key in (key, Double(key).flatMap { $0.isNaN ? nil : $0 } ?? .infinity) }.sorted {
            ($0.1, $0.0) < ($1.1, $1.0)
        }
        for (key, _) in keys {
            set(variable, AwkValue(input: key))
            switch try run(body) {
            case .goOn, .continueLoop: continue
            case .leaveLoop: return .goOn
            case let flow: return flow
            }
        }
        return .goOn
    }

    private mutating func print(_ expressions: [AwkExpression], _ isFormatted: Bool, _ target: AwkTarget?) throws(AwkFailure) {
        var values: [AwkValue] = []
        for expression in expressions { values.append(try evaluate(expression)) }
        let text: String
        if isFormatted {
            text = AwkFormat.print(values.first?.text() ?? "", Swift.Array(values.dropFirst()), limit: budget.bytes)
        } else {
            let format = variable("OFMT").text()
            let words = values.isEmpty ? [recordText] : values.map { $0.text(format) }
            text = words.joined(separator: variable("OFS").text()) + variable("ORS").text()
        }
        try spend(bytes: text.utf8.count)
        let name = try target.map { target throws(AwkFailure) in try evaluate(target.name).text() } ?? Self.output
        if let index = files.lastIndex(where: { $0.name == name }) {
            files[index].text += text
        } else {
            files.append((name, text, target?.isAppended ?? false))
        }
    }

    // MARK: Names

    func variable(_ name: String) -> AwkValue {
        if let frame = frames.last, frame.names.contains(name) { return frame.values[name] ?? .missing }
        return values[name] ?? .missing
    }

    mutating func set(_ name: String, _ value: AwkValue) {
        if frames.last?.names.contains(name) == true { frames[frames.count - 1].values[name] = value } else { values[name] = value }
    }

    mutating func array(_ name: String) -> Array {
        let isOwn = frames.last?.names.contains(name) == true
        if let known = isOwn ? frames[frames.count - 1].arrays[name] : arrays[name] { return known }
        let made = Array()
        if isOwn { frames[frames.count - 1].arrays[name] = made } else { arrays[name] = made }
        return made
    }

    mutating func call(_ function: AwkFunction, _ arguments: [AwkExpression]) throws(AwkFailure) -> AwkValue {
        guard frames.count < Self.deepest else { throw AwkFailure(message: "functions call each other too deeply") }
        var frame = Frame(names: Set(function.parameters))
        for (name, argument) in zip(function.parameters, arguments) {
            // What is no value yet may be an array: then the function has the caller's own.
            if case .variable(let outer) = argument, case .missing = try evaluate(argument) { frame.arrays[name] = array(outer) }
            frame.values[name] = try evaluate(argument)
        }
        frames.append(frame)
        defer { frames.removeLast() }
        if case .giveBack(let value) = try run(function.body) { return value }
        return .missing
    }

    // MARK: Limits

    /// One statement or expression more; whoever calls it comes back by `nesting`.
    mutating func goDeeper() throws(AwkFailure) {
        guard nesting < Self.mostNested else { throw AwkFailure(message: "the program is nested too deeply") }
        try spend()
        nesting += 1
    }

    mutating func spend(bytes: Int = 0) throws(AwkFailure) {
        budget.steps -= 1
        budget.bytes -= bytes
        guard budget.steps > 0 else { throw AwkFailure(message: "the program takes too many steps") }
        guard budget.bytes > 0 else { throw AwkFailure(message: "out of memory") }
    }
}
