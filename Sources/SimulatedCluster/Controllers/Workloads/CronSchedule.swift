import Foundation
import KubernetesModel

/// When a cron schedule comes around, in its own time zone.
struct CronSchedule {
    /// The values that each of the five fields allows: minute, hour, day of month, month, day of week.
    private let allowed: [Set<Int>]
    private let restrictsDay: Bool
    private let restrictsWeekday: Bool
    /// Set for `@every`.
    private let interval: Int?
    private let zone: TimeZone?

    private static let descriptors = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0", "@daily": "0 0 * * *",
        "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]

    /// Nil for what is no schedule, or no time zone.
    /// - Parameter zone: a name such as `Europe/Berlin`; nil is UTC.
    init?(_ text: String, zone name: String? = nil) {
        guard CronExpression.problem(with: text) == nil else { return nil }
        zone = name.flatMap { TimeZone(identifier: $0) }
        guard name == nil || zone != nil else { return nil }
        interval = CronExpression.interval(of: text)
        let words = (Self.descriptors[text] ?? text).split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == CronExpression.fields.count else {
            guard interval != nil else { return nil }
            allowed = []
            restrictsDay = false
            restrictsWeekday = false
            return
        }
        allowed = zip(words, CronExpression.fields).map { word, field in
            word.split(separator: ",").reduce(into: Set()) { $0.formUnion(Self.values(of: String($1), field)) }
        }
        restrictsDay = !(words[2].hasPrefix("*") || words[2].hasPrefix("?"))
        restrictsWeekday = !(words[4].hasPrefix("*") || words[4].hasPrefix("?"))
    }

    private static func values(of part: String, _ field: CronExpression.Field) -> [Int] {
        let stepped = part.split(separator: "/").map(String.init)
        let step = stepped.count == 2 ? Int(stepped[1]) ?? 1 : 1
        let ends = stepped[0].split(separator: "-").compactMap { field.names[$0.lowercased()] ?? Int($0) }
        let first = ends.first ?? field.range.lowerBound
        let last = ends.count == 2 ? ends[1] : ends.isEmpty || stepped.count == 2 ? field.range.upperBound : first
        return Array(stride(from: first, through: last, by: max(step, 1)))
    }

    /// The first time after `instant`; nil when there is none within five years.
    func next(after instant: Instant) -> Instant? {
        if let interval { return Instant(seconds: instant.seconds + interval) }
        let local = instant.seconds + offset(at: instant.seconds)
        let firstDay = local / 86_400
        for day in firstDay...(firstDay + 366 * 5) where matches(day: day) {
            for hour in allowed[1].sorted() {
                for minute in allowed[0].sorted() {
                    let candidate = day * 86_400 + hour * 3600 + minute * 60
                    if candidate > local { return Instant(seconds: candidate - offset(at: candidate - offset(at: candidate))) }
                }
            }
        }
        return nil
    }

    /// The last time after `start` and not after `end`; nil when it didn't come around.
    func last(after start: Instant, until end: Instant) -> Instant? {
        var found: Instant?
        var time = start
        // After a long pause only the last one counts: what is older than a day need not be walked through.
        if let floor = next(after: end - .seconds(86_400)), floor <= end { time = max(time, end - .seconds(86_400)) }
        while let following = next(after: time), following <= end {
            found = following
            time = following
        }
        return found
    }

    private func matches(day: Int) -> Bool {
        let date = KubernetesTime.civil(fromDays: day)
        guard allowed[3].contains(date.month) else { return false }
        let fitsDay = allowed[2].contains(date.day)
        let fitsWeekday = allowed[4].contains((day + 4) % 7)
        // Where both are given, either is enough.
        return restrictsDay && restrictsWeekday ? fitsDay || fitsWeekday : fitsDay && fitsWeekday
    }

    private func offset(at seconds: Int) -> Int {
        zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))) ?? 0
    }
}
