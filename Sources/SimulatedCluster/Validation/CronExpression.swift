import KubernetesModel

/// The form of a cron schedule, judged in the words of the library that Kubernetes uses (robfig/cron).
enum CronExpression {
    private static let descriptors: Set = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"]

    struct Field {
        let range: ClosedRange<Int>
        var names: [String: Int] = [:]
    }

    static let fields = [
        Field(range: 0...59), Field(range: 0...23), Field(range: 1...31),
        Field(range: 1...12, names: named("jan feb mar apr may jun jul aug sep oct nov dec", from: 1)),
        Field(range: 0...6, names: named("sun mon tue wed thu fri sat", from: 0)),
    ]

    private static func named(_ names: String, from first: Int) -> [String: Int] {
        var numbers: [String: Int] = [:]
        for (index, name) in names.split(separator: " ").enumerated() { numbers[String(name)] = first + index }
        return numbers
    }

    /// The seconds between the times of an `@every` schedule: at least one, and at most ten years.
    static func interval(of schedule: String) -> Int? {
        guard schedule.hasPrefix("@every "), let seconds = GoDuration.seconds(String(schedule.dropFirst("@every ".count))) else {
            return nil
        }
        return seconds > 0 ? Int(max(1, min(seconds, 315_360_000))) : nil
    }

    /// Nil for a schedule that can be kept.
    static func problem(with schedule: String) -> String? {
        if schedule.hasPrefix("@") {
            if descriptors.contains(schedule) || interval(of: schedule) != nil { return nil }
            if schedule.hasPrefix("@every ") { return "failed to parse duration \(schedule)" }
            return "unrecognized descriptor: \(schedule)"
        }
        let words = schedule.split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == fields.count else {
            return "expected exactly 5 fields, found \(words.count): [\(words.joined(separator: " "))]"
        }
        for (word, field) in zip(words, fields) {
            for part in word.split(separator: ",") {
                if let problem = problem(with: String(part), field) { return problem }
            }
        }
        return nil
    }

    private static func problem(with part: String, _ field: Field) -> String? {
        let stepped = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard stepped.count <= 2 else { return "too many slashes: \(part)" }
        if stepped.count == 2 {
            guard let step = Int(stepped[1]) else {
                return "failed to parse int from \(stepped[1]): strconv.Atoi: parsing \(stepped[1].goQuoted): invalid syntax"
            }
            if step == 0 { return "step of range should be a positive number: \(part)" }
        }
        if stepped[0] == "*" || stepped[0] == "?" { return nil }
        let ends = stepped[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count <= 2 else { return "too many hyphens: \(part)" }
        var numbers: [Int] = []
        for end in ends {
            guard let number = field.names[end.lowercased()] ?? Int(end) else {
                return "failed to parse int from \(end): strconv.Atoi: parsing \(end.goQuoted): invalid syntax"
            }
            numbers.append(number)
        }
        guard let first = numbers.first, let last = numbers.last else { return nil }
        if first < field.range.lowerBound {
            return "beginning of range (\(first)) below minimum (\(field.range.lowerBound)): \(part)"
        }
        if last > field.range.upperBound { return "end of range (\(last)) above maximum (\(field.range.upperBound)): \(part)" }
        return first > last ? "beginning of range (\(first)) beyond end of range (\(last)): \(part)" : nil
    }
}
