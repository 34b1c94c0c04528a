import KubernetesModel

/// How a program writes its log lines.
enum LogFormat: String {
    /// `time=… level=INFO msg="…" key=value`
    case logfmt
    /// `{"time":…,"level":…,"msg":…}`
    case json
    /// `2026-03-01 09:30:00.123 INFO …`
    case plain

    enum Level: String {
        case debug = "DEBUG"
        case info = "INFO"
        case warning = "WARN"
        case error = "ERROR"
    }

    func line(_ level: Level, _ message: String, _ fields: [(String, String)] = [], at now: Instant) -> String {
        let time = KubernetesTime.text(now, digits: 3)
        switch self {
        case .logfmt:
            let rest = fields.map { " \($0)=\(quoted($1))" }.joined()
            return "time=\(time) level=\(level.rawValue) msg=\(quoted(message))\(rest)"
        case .json:
            var object = JSONObject([("time", .string(time)), ("level", .string(level.rawValue.lowercased())), ("msg", .string(message))])
            for (key, value) in fields { object[key] = .string(value) }
            return String(decoding: JSONWriter.compact(.object(object)), as: UTF8.self)
        case .plain:
            let rest = fields.map { " \($0)=\($1)" }.joined()
            let day = time.replacing("T", with: " ").dropLast()
            return "\(day) \(level.rawValue) \(message)\(rest)"
        }
    }

    private func quoted(_ text: String) -> String {
        guard text.isEmpty || text.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" }) else { return text }
        return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
