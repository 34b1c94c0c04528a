/// Times as Kubernetes writes them: RFC 3339, in UTC.
package enum KubernetesTime {
    /// `2026-03-01T09:30:00Z`, as `metav1.Time`.
    package static func seconds(_ instant: Instant) -> String {
        text(instant, digits: 0)
    }

    /// `2026-03-01T09:30:00.000000Z`, as `metav1.MicroTime`.
    package static func microseconds(_ instant: Instant) -> String {
        text(instant, digits: 6)
    }

    /// `2026-03-01T09:30:00.000000000Z`, as a log line's time.
    package static func nanoseconds(_ instant: Instant) -> String {
        text(instant, digits: 9)
    }

    /// - Parameter digits: of the second's fraction, up to 9; the rest is cut off.
    package static func text(_ instant: Instant, digits: Int) -> String {
        let (days, second) = instant.seconds.quotientAndFloorRemainder(by: 86_400)
        let (year, month, day) = civil(fromDays: days)
        var text: [UInt8] = []
        text.reserveCapacity(30)
        text.append(year, width: 4)
        text.append(UInt8(ascii: "-"))
        text.append(month, width: 2)
        text.append(UInt8(ascii: "-"))
        text.append(day, width: 2)
        text.append(UInt8(ascii: "T"))
        text.append(second / 3600, width: 2)
        text.append(UInt8(ascii: ":"))
        text.append(second / 60 % 60, width: 2)
        text.append(UInt8(ascii: ":"))
        text.append(second % 60, width: 2)
        if digits > 0 {
            var fraction = Int(instant.fraction)
            for _ in digits..<9 { fraction /= 10 }
            text.append(UInt8(ascii: "."))
            text.append(fraction, width: digits)
        }
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// `Sun, 01 Mar 2026 09:30:00 +0000`, as messages and `kubectl describe` have it.
    package static func rfc1123(_ instant: Instant) -> String {
        let (days, second) = instant.seconds.quotientAndFloorRemainder(by: 86_400)
        let (year, month, day) = civil(fromDays: days)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = [second / 3600, second / 60 % 60, second % 60].map(two).joined(separator: ":")
        return "\(weekdays[((days % 7) + 7) % 7]), \(two(day)) \(months[month - 1]) \(year) \(time) +0000"
    }

    /// Reads RFC 3339 with any offset and any number of digits; nil for anything else, and for years that `Instant` can't hold.
    package static func parse(_ text: String) -> Instant? {
        var reader = TimeReader(text)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"), let day = reader.number(2),
            reader.skip("T") || reader.skip("t") || reader.skip(" "), let hour = reader.number(2), reader.skip(":"),
            let minute = reader.number(2), reader.skip(":"), let second = reader.number(2)
        else { return nil }
        guard (1...12).contains(month), (1...daysIn(month: month, year: year)).contains(day), hour < 24, minute < 60, second < 61 else {
            return nil
        }
        var fraction = 0
        if reader.skip(".") {
            guard let digits = reader.fraction() else { return nil }
            fraction = digits
        }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        let seconds = days(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second - offset
        return Instant(exactlySeconds: seconds, nanoseconds: fraction)
    }

    /// Days since 1970 of a date of the Gregorian calendar. Eras of 400 years begin on 1 March, so that the leap day comes last.
    package static func days(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let (era, yearOfEra) = marchYear.quotientAndFloorRemainder(by: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    package static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (days + 719_468).quotientAndFloorRemainder(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

private struct TimeReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { index == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func digit() -> Int? {
        guard index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else { return nil }
        index += 1
        return Int(bytes[index - 1] - UInt8(ascii: "0"))
    }

    mutating func number(_ width: Int) -> Int? {
        var value = 0
        for _ in 0..<width {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Nanoseconds; digits after the ninth are passed over.
    mutating func fraction() -> Int? {
        guard var value = digit() else { return nil }
        var count = 1
        while let digit = digit() {
            if count < 9 { value = value * 10 + digit }
            count += 1
        }
        while count < 9 {
            value *= 10
            count += 1
        }
        return value
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign = skip("-") ? -1 : skip("+") ? 1 : 0
        guard sign != 0, let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

extension Int {
    /// Division that rounds down, with a remainder that is never negative.
    fileprivate func quotientAndFloorRemainder(by divisor: Int) -> (Int, Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ value: Int, width: Int) {
        let digits = String(Swift.max(value, 0)).utf8
        append(contentsOf: repeatElement(UInt8(ascii: "0"), count: Swift.max(width - digits.count, 0)))
        append(contentsOf: digits)
    }
}
