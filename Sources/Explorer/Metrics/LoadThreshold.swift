/// From which share on a load is worth a warning, and from which it is critical.
enum LoadThreshold {
    static let warning = 70
    static let critical = 90

    static func role(percent: Int) -> StyleRole {
        percent >= critical ? .gaugeCritical : percent >= warning ? .gaugeWarning : .gauge
    }
}
