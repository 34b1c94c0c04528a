import Foundation
import Testing

/// What people do all day, in a real terminal against a served cluster: finding out.
@Suite(
    "A working day: finding out", .serialized, .timeLimit(.minutes(10)),
    .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct FindingOutTests {
    @Test("a crashing pod is found among the others, and its last words are read")
    func crash() async throws {
        let day = try await Workplace("pods shop")
        try day.wait(for: "Running")
        try day.press("C-z", shows: "faults only")
        try day.press("/", type: "recommendations", shows: "CrashLoopBackOff")
        try day.press("p", shows: "┌ Previous logs")
        try day.wait(for: "giving up")
        try day.press("Escape", "d", shows: "┌ Describe Pod")
        try day.press("G", shows: "Back-off restarting failed container recommendations")
    }

    @Test("merged logs of a deployment are read by their parts and filtered by them")
    func logs() async throws {
        let day = try await Workplace("deployments shop /cart")
        try day.wait(for: "2/2")
        try day.press("l", shows: "ERROR")
        try day.press("/", type: "level>=error", shows: " /level>=error")
        #expect(try !day.screen.contains("INFO"))
    }

    @Test("faults only, why, and the fix: the cause is repaired with one key, and the repair is watched")
    func repair() async throws {
        let day = try await Workplace("deployments")
        try day.press("C-z", shows: "faults only")
        try day.wait(for: " affected")
        try day.press("w", shows: "Network policy blocks DNS")
        try day.press("f", shows: "┌ Fix ")
        try day.press("Tab", "Enter", shows: "┌ Repair ")
        try day.wait(for: "✓ Deployment shop/cart")
    }

    @Test("a Service is followed to its pods, and one of them to its node")
    func path() async throws {
        let day = try await Workplace("services shop /web")
        try day.wait(for: "ClusterIP")
        try day.press("Enter", shows: "┌ Pods(shop)[3]")
        try day.wait(for: "app=web")
        try day.press("o", shows: "┌ Nodes[1]")
        let node = try day.line(with: "compute.internal").split(separator: " ").first { $0.hasPrefix("ip-") }
        try day.press("Enter", shows: "┌ Pods(all)")
        try day.wait(for: "spec.nodeName=\(node ?? "")")
    }

    @Test("related objects, a split and tabs are where they were left")
    func views() async throws {
        let day = try await Workplace("services shop /cart-redis")
        try day.wait(for: "ClusterIP")
        try day.press("R", shows: "▾ Selects")
        try day.press("Escape", shows: "┌ Services(shop)")
        try day.run("split nodes", shows: "┐┌ Nodes")
        try day.press("M-t", shows: "2 overview")
        try day.press("M-b", shows: "┐┌ Nodes")
    }

    @Test("xray shows a deployment with everything below it, and leads there")
    func xray() async throws {
        let day = try await Workplace("xray deploy shop")
        try day.wait(for: "deployment cart-redis")
        try day.press("/", type: "deployment shipping", shows: "/deployment shipping")
        try day.press("Down", "Enter", shows: "┌ Describe Deployment shop/shipping")
    }

    @Test("a table is narrowed by labels, sorted by a column, and saved as CSV")
    func table() async throws {
        let day = try await Workplace("pods shop app=web")
        try day.wait(for: "┌ Pods(shop)[3]")
        try day.press("N", shows: "NAME↑")
        let names = try day.names("web-")
        try day.press("N", shows: "NAME↓")
        while try day.names("web-") != names.reversed() { try day.session.waitForFrame() }
        try day.press("C-s", shows: "┌ Save 3 pods")
        try day.press("Enter", shows: "Saved /")
        let path = try day.line(with: "Saved /").firstMatch(of: /\/\S+\.csv/).map { String($0.0) }
        let csv = try String(contentsOfFile: path ?? "", encoding: .utf8).split(separator: "\n")
        #expect(csv.count == 4)
        #expect(csv[0].hasPrefix("NAMESPACE,NAME,"))
        #expect(csv[1...].map { $0.split(separator: ",")[1] } == names.reversed())
    }

    @Test("a Secret is decoded where a person asks for it, and not before")
    func secret() async throws {
        let day = try await Workplace(
            "secrets shop /login",
            manifests: """
                apiVersion: v1
                kind: Secret
                metadata: {name: login, namespace: shop}
                stringData: {password: open-sesame}
                """)
        try day.wait(for: "Opaque")
        try day.press("d", shows: "┌ Describe Secret")
        try day.wait(for: " bytes")
        #expect(try !day.screen.contains("open-sesame"))
        try day.press("y", shows: "b3Blbi1zZXNhbWU=")
        try day.press("x", shows: "password: open-sesame")
    }

    @Test("a Helm release is looked at: its history, and the values of a revision")
    func helm() async throws {
        let day = try await Workplace("helm shop", manifests: Self.release)
        try day.wait(for: "web-1.2.3")
        try day.press("Enter", shows: "┌ History(shop/cart)")
        try day.wait(for: "Upgrade complete")
        try day.press("Enter", shows: "┌ cart · revision 3")
        try day.press("Enter", shows: "cart · 3 · values")
        try day.wait(for: "tag: b")
    }

    /// Revision 3 of a chart `web`, as Helm writes it.
    private static let release = """
        apiVersion: v1
        kind: Secret
        type: helm.sh/release.v1
        metadata: {name: sh.helm.release.v1.cart.v3, namespace: shop, labels: {owner: helm, name: cart, version: "3", status: deployed}}
        data:
          release: "\
        SDRzSUFBQUFBQUFDLzEyUDNXckRNQXlGWDZYb09nMUp5c2JtcDloRnQ0c3hHS3F0SktieEQ3YmFNVUxlZlZJWlpReDhJUjBkSDMxYUlXSWdNR0\
        N4TURTM3JtYTBLdFU1WlpHdVZLcFBFY3loQVIvSEJHYUZ5c2lYS2g1SGVVbmY1TVMzWU9YUGUyOWc2SWJIZmZlMDcvcGozNWxPWC92d0xrWkgx\
        UmFmK1JZS3Iza3E2R2huVThnTE1TbEVZdEx3NDR6eFhHRnJ3TTZLSjRzRE1UcGsxUHFYL0l0T2Z5bWhiNGYySUFybS9IWVhuelhsaXN0RmcxY2\
        9ndWt0U3QzTFVRRW5VcFZ4RWl2S1g1bkxuVkJnMjNSN2lxT2YxUEhQZWdJZEI0eCtwQ3A4Y1BiUm1kMUxjaDhSdGgvclNxQzVYQUVBQUE9PQ=="
        """

    @Test("a link of a description leads to what it names, and Esc comes back")
    func links() async throws {
        let day = try await Workplace("pods shop /cart-redis")
        try day.wait(for: "Running")
        try day.press("d", shows: "Containers:")
        try day.press("Tab", "Tab", "Tab", "Enter", shows: "┌ Describe Node ")
        try day.wait(for: "Unschedulable:")
        try day.press("Escape", shows: "┌ Describe Pod ")
    }

    @Test("a text is found in the labels of every kind")
    func find() async throws {
        let day = try await Workplace("find app=cart-redis")
        try day.wait(for: "label app=cart-redis")
        try day.wait(for: " kinds, ")
        try day.press("Enter", shows: "┌ Describe ")
    }
}
