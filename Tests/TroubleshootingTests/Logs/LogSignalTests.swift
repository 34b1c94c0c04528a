import Testing
import Troubleshooting

@Suite("What log lines say about the network")
struct LogSignalTests {
    @Test(
        "failed lookups are known in many languages",
        arguments: [
            (
                "dial tcp: lookup cart on 10.96.0.10:53: read udp 10.0.0.1:5->10.96.0.10:53: i/o timeout",
                LogSignal.lookup(name: "cart", .timedOut)
            ),
            ("dial tcp: lookup cart on 10.96.0.10:53: no such host", .lookup(name: "cart", .noSuchName)),
            ("dial tcp: lookup cart on 10.96.0.10:53: server misbehaving", .lookup(name: "cart", .serverFailure)),
            ("Error: getaddrinfo EAI_AGAIN cart", .lookup(name: "cart", .timedOut)),
            ("curl: (6) Could not resolve host: cart", .lookup(name: "cart", .failed)),
            ("wget: bad address 'cart:8080'", .lookup(name: "cart", .failed)),
            ("java.net.UnknownHostException: cart", .lookup(name: "cart", .failed)),
            (";; connection timed out; no servers could be reached", .lookup(name: "", .timedOut)),
        ])
    func lookups(_ line: String, _ signal: LogSignal) {
        #expect(LogSignal(line: line) == signal)
    }

    @Test(
        "failed connections name their target",
        arguments: [
            ("dial tcp 10.96.0.20:80: connect: connection refused", LogSignal.connection(target: "10.96.0.20", .refused)),
            ("dial tcp 10.96.0.20:80: i/o timeout", .connection(target: "10.96.0.20", .timedOut)),
            ("Error: connect ECONNREFUSED 10.0.0.1:5432", .connection(target: "10.0.0.1", .refused)),
        ])
    func connections(_ line: String, _ signal: LogSignal) {
        #expect(LogSignal(line: line) == signal)
    }

    @Test(
        "other lines say nothing",
        arguments: [
            "", "listening on :8080", "cache lookup took 3ms", "GET /lookup 200", "request timed out waiting for lock",
            "connect to the future",
        ])
    func silence(_ line: String) {
        #expect(LogSignal(line: line) == nil)
    }
}
