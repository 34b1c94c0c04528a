import KubernetesSemantics
import Testing

@testable import SimulatedCluster

@Suite("Looking names up")
struct LookupTests {
    @Test("no options make it try more often, or at shorter intervals, than the C library does")
    func bounds() {
        let text = (1...9).map { "nameserver 10.0.0.\($0)\n" }.joined() + "options timeout:0 attempts:1000000 ndots:99\n"
        let file = ResolverConfiguration(parsing: text)
        var lookup = Lookup("a.b", with: file)
        var packets = 0
        while packets < 100, case .ask(_, _, let timeout) = lookup.receive(.timedOut) {
            #expect(timeout == .seconds(1))
            packets += 1
        }
        // Three servers, five times; the first packet has been sent before.
        #expect(packets == 14)
        #expect(file.ndots == 15)
        #expect(ResolverConfiguration(parsing: "options timeout:100 attempts:-1\n").timeout == .seconds(30))
        #expect(ResolverConfiguration(parsing: "options timeout:100 attempts:-1\n").attempts == 1)
    }
}
