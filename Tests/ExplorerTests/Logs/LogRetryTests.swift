import KubernetesClient
import KubernetesModel
import Testing

@testable import Explorer

@Suite("Logs that break off")
struct LogRetryTests {
    private func status(_ code: Int) -> ClientError {
        ClientError(.logs, cause: .status(ServerStatus(code: code, reason: "", message: "")))
    }

    @Test("an outage of any length is waited for, ever more patiently; what is final is not asked again")
    func steps() {
        var retry = LogRetry()
        let lost = [status(503), status(429), status(401), ClientError(.logs, cause: .closedEarly)]
        var waits: [LogRetry.Step] = []
        for number in 0..<40 { waits.append(retry.failed(lost[number % lost.count], random: 0)) }
        #expect(
            waits.prefix(4) == [
                .wait(.milliseconds(800)), .wait(.milliseconds(1600)), .wait(.milliseconds(3200)), .wait(.milliseconds(6400)),
            ])
        #expect(waits.last == .wait(.seconds(30)) && retry.failures == 40)
        retry.succeeded()
        #expect(retry.failed(status(500), random: 0) == .wait(.milliseconds(800)))
        #expect([403, 404, 400].map { retry.failed(status($0)) } == [.end, .end, .end])
    }
}
