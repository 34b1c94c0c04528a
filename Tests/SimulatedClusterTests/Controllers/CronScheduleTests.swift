import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Cron schedules")
struct CronScheduleTests {
    @Test(
        "the next time is the first that all fields allow",
        arguments: [
            ("*/15 * * * *", nil, "2026-03-01T09:31:20Z", "2026-03-01T09:45:00Z"),
            ("0 3 * * *", nil, "2026-03-01T09:31:20Z", "2026-03-02T03:00:00Z"),
            ("30 8-10 * * mon-fri", nil, "2026-03-01T09:31:20Z", "2026-03-02T08:30:00Z"),
            ("0 0 13 * 5", nil, "2026-03-01T09:31:20Z", "2026-03-06T00:00:00Z"),
            ("0 0 29 2 *", nil, "2026-03-01T09:31:20Z", "2028-02-29T00:00:00Z"),
            ("@hourly", nil, "2026-03-01T09:31:20Z", "2026-03-01T10:00:00Z"),
            ("@every 1h30m", nil, "2026-03-01T09:31:20Z", "2026-03-01T11:01:20Z"),
            ("0 12 * * *", "Europe/Berlin", "2026-07-01T09:31:20Z", "2026-07-01T10:00:00Z"),
        ] as [(String, String?, String, String)])
    func next(_ text: String, _ zone: String?, _ now: String, _ expected: String) throws {
        let schedule = try #require(CronSchedule(text, zone: zone))
        let start = try #require(KubernetesTime.parse(now))
        #expect(schedule.next(after: start).map(KubernetesTime.seconds) == expected)
    }

    @Test("the last time is the latest that has passed")
    func last() throws {
        let schedule = try #require(CronSchedule("*/5 * * * *"))
        let end = try #require(KubernetesTime.parse("2026-03-01T09:31:20Z"))
        #expect(schedule.last(after: end - .seconds(7200), until: end).map(KubernetesTime.seconds) == "2026-03-01T09:30:00Z")
        #expect(schedule.last(after: end - .seconds(60), until: end) == nil)
    }

    @Test("what is no schedule or no time zone is none")
    func invalid() {
        #expect(CronSchedule("every day") == nil)
        #expect(CronSchedule("0 0 * * *", zone: "Nowhere/Land") == nil)
    }

    @Test(
        "an interval without an end is none, and one without sense is refused",
        arguments: [
            ("@every 9999999999999999h", Int?.some(315_360_000)), ("@every 90m", 5400), ("@every 1ms", 1), ("@every x", nil),
            ("@every -1h", nil),
            ("@every ", nil),
        ])
    func intervals(schedule: String, seconds: Int?) {
        #expect(CronExpression.interval(of: schedule) == seconds)
        #expect((CronExpression.problem(with: schedule) == nil) == (seconds != nil))
    }
}
