import KubernetesModel

/// A moment as `date` prints it, in UTC.
struct CalendarText {
    private let seconds: Int
    private let year: Int
    private let month: Int
    private let day: Int
    private let dayOfYear: Int

    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    init(_ moment: Instant) {
        seconds = Int(moment.seconds)
        // Days are counted from the first of March of the year 0, so that the day of a leap year is the last one.
        let days = Self.floor(seconds, 86_400) + 719_468
        let era = Self.floor(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let sinceMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * sinceMarch + 2) / 153
        day = sinceMarch - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        dayOfYear = (sinceMarch + 59 + (isLeap ? 1 : 0)) % (isLeap ? 366 : 365) + 1
    }

    private static func floor(_ number: Int, _ divisor: Int) -> Int {
        (number - (number % divisor + divisor) % divisor) / divisor
    }

    private var weekday: Int { (Self.floor(seconds, 86_400) % 7 + 11) % 7 }

    func text(_ format: String) -> String {
        PercentFormat.text(format) { part($0) ?? "%\($0)" }
    }

    private func part(_ kind: Character) -> String? {
        let second = (seconds % 86_400 + 86_400) % 86_400
        let hour = second / 3600
        switch kind {
        case "Y": return String(year)
        case "y": return padded(year % 100)
        case "m": return padded(month)
        case "d": return padded(day)
        case "e": return padded(day, with: " ")
        case "j": return padded(dayOfYear, to: 3)
        case "H": return padded(hour)
        case "I": return padded((hour + 11) % 12 + 1)
        case "M": return padded(second / 60 % 60)
        case "S": return padded(second % 60)
        case "p": return hour < 12 ? "AM" : "PM"
        case "s": return String(seconds)
        case "a": return String(Self.weekdays[weekday].prefix(3))
        case "A": return Self.weekdays[weekday]
        case "b", "h": return String(Self.months[month - 1].prefix(3))
        case "B": return Self.months[month - 1]
        case "u": return String(weekday == 0 ? 7 : weekday)
        case "w": return String(weekday)
        case "F": return text("%Y-%m-%d")
        case "T": return text("%H:%M:%S")
        case "R": return text("%H:%M")
        case "D": return text("%m/%d/%y")
        case "c": return text("%a %b %e %H:%M:%S %Y")
        case "Z": return "UTC"
        case "z": return "+0000"
        case "n": return "\n"
        case "t": return "\t"
        case "%": return "%"
        default: return nil
        }
    }

    private func padded(_ number: Int, to width: Int = 2, with fill: Character = "0") -> String {
        let text = String(number)
        return String(repeating: fill, count: max(0, width - text.count)) + text
    }
}
