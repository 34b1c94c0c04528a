/// Names of the time zone database, judged by their form: the machines of a simulated cluster keep UTC.
enum TimeZoneNames {
    private static let areas: Set = [
        "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil", "Canada", "Chile", "Etc", "Europe",
        "Indian",
        "Mexico", "Pacific", "US",
    ]
    private static let zones: Set = [
        "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "GB", "GMT", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica",
        "Japan", "Libya", "MET", "MST", "MST7MDT", "NZ", "Navajo", "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore",
        "Turkey", "UCT", "UTC", "Universal", "W-SU", "WET", "Zulu",
    ]

    static func isKnown(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return zones.contains(name) }
        return areas.contains(String(parts[0])) && parts.dropFirst().allSatisfy { $0.first?.isUppercase == true }
    }
}
