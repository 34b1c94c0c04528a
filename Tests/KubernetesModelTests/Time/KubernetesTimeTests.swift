import KubernetesModel
import Testing

@Suite struct KubernetesTimeTests {
    @Test(
        "times are read with any offset and fraction",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2024-02-29T23:59:59Z", 1_709_251_199_000_000_000),
            ("2026-03-01T09:30:00.5Z", 1_772_357_400_500_000_000),
            ("2026-03-01T09:30:00.123456789123Z", 1_772_357_400_123_456_789),
            ("2026-03-01T10:30:00+01:00", 1_772_357_400_000_000_000),
            ("1969-12-31T23:59:59.999999999Z", -1),
            ("1900-01-01T00:00:00Z", -2_208_988_800_000_000_000),
        ] as [(String, Int64)])
    func parsing(text: String, nanoseconds: Int64) {
        #expect(KubernetesTime.parse(text) == Instant(nanoseconds: nanoseconds))
    }

    @Test(
        "anything that is no time is refused",
        arguments: [
            "", "2026", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00",
            "2026-01-01T00:00:00Zx",
            "2026-01-01T00:00:00.Z", "9999-01-01T00:00:00Z", "2026-01-01T00:00:00+1:00",
        ])
    func refusing(text: String) {
        #expect(KubernetesTime.parse(text) == nil)
    }

    @Test("times are written as metav1.Time, MicroTime and log lines are")
    func writing() {
        let instant = Instant(nanoseconds: 1_772_357_400_123_456_789)
        #expect(KubernetesTime.seconds(instant) == "2026-03-01T09:30:00Z")
        #expect(KubernetesTime.microseconds(instant) == "2026-03-01T09:30:00.123456Z")
        #expect(KubernetesTime.nanoseconds(instant) == "2026-03-01T09:30:00.123456789Z")
        #expect(KubernetesTime.nanoseconds(Instant(nanoseconds: -1)) == "1969-12-31T23:59:59.999999999Z")
    }

    @Test("every day of 500 years is read back as it was written")
    func roundTrip() {
        for day in stride(from: -100_000, to: 106_000, by: 1) {
            let instant = Instant(seconds: day * 86_400 + 12_345)
            #expect(KubernetesTime.parse(KubernetesTime.seconds(instant)) == instant)
        }
    }

    @Test("time stands still at the ends of what an instant holds")
    func saturation() {
        #expect(Instant(nanoseconds: .max).advanced(by: .seconds(1)) == Instant(nanoseconds: .max))
        #expect(Instant(nanoseconds: .min).advanced(by: .seconds(-1)) == Instant(nanoseconds: .min))
        #expect(Instant(nanoseconds: .min).duration(to: Instant(nanoseconds: .max)) == .nanoseconds(Int64.max))
        #expect("\(Instant(nanoseconds: .min))" == "1677-09-21T00:12:43.145224192Z")
        #expect("\(Instant(seconds: .min))" == "1677-09-21T00:12:43.145224192Z")
        #expect("\(Instant(seconds: .max))" == "2262-04-11T23:47:16.854775807Z")
        #expect(Instant(exactlySeconds: .min, nanoseconds: 0) == nil)
        #expect(Instant(seconds: 5) + .milliseconds(1500) - Instant(seconds: 6) == .milliseconds(500))
    }
}
