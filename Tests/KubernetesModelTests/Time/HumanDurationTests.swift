import KubernetesModel
import Testing

@Suite struct HumanDurationTests {
    static let day = 86_400
    static let year = 365 * day

    @Test(
        "ages are as coarse as kubectl's",
        arguments: [
            (-2, "<invalid>"), (-1, "0s"), (0, "0s"), (119, "119s"), (120, "2m"), (121, "2m1s"), (599, "9m59s"), (600, "10m"),
            (10_799, "179m"),
            (10_800, "3h"), (10_860, "3h1m"), (28_799, "7h59m"), (28_800, "8h"), (2 * day - 1, "47h"), (2 * day, "2d"),
            (2 * day + 3600, "2d1h"),
            (8 * day - 1, "7d23h"), (8 * day, "8d"), (2 * year - 1, "729d"), (2 * year, "2y"), (2 * year + day, "2y1d"),
            (8 * year - 1, "7y364d"),
            (8 * year, "8y"),
        ])
    func ages(seconds: Int, expected: String) {
        #expect(HumanDuration.text(seconds: seconds) == expected)
    }

    @Test(
        "short ages have one unit",
        arguments: [(-2, "<invalid>"), (-1, "0s"), (59, "59s"), (119, "1m"), (7199, "1h"), (2 * day - 1, "1d"), (2 * year - 1, "1y")])
    func short(seconds: Int, expected: String) {
        #expect(HumanDuration.short(seconds: seconds) == expected)
    }
}
