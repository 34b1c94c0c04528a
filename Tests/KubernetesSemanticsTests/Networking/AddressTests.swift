import KubernetesSemantics
import Testing

@Suite("Addresses")
struct AddressTests {
    @Test(
        "addresses are equal however they are written",
        arguments: [
            ("fd00::1", "fd00:0:0:0:0:0:0:1"), ("::ffff:10.0.0.1", "::ffff:a00:1"), ("::", "0:0:0:0:0:0:0:0"),
        ])
    func equal(_ left: String, _ right: String) throws {
        #expect(try #require(IPAddress(left)) == #require(IPAddress(right)))
    }

    @Test(
        "what is no address is refused",
        arguments: [
            "", "10.0.0", "10.0.0.256", "10.0.0.+1", "a.b.c.d", ":::", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::",
        ])
    func invalid(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "blocks hold the addresses of their prefix",
        arguments: [
            ("10.96.0.0/12", "10.111.255.255", true), ("10.96.0.0/12", "10.112.0.0", false), ("0.0.0.0/0", "8.8.8.8", true),
            ("10.0.0.1/32", "10.0.0.1", true), ("10.0.0.1/32", "10.0.0.2", false), ("fd00::/8", "fdff::1", true),
            ("0.0.0.0/0", "fd00::1", false),
        ])
    func blocks(_ block: String, _ address: String, isHeld: Bool) throws {
        #expect(try #require(AddressBlock(block)).contains(#require(IPAddress(address))) == isHeld)
    }

    @Test("a prefix that does not fit is refused", arguments: ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "x/8", "fd00::/129"])
    func invalidBlocks(_ text: String) {
        #expect(AddressBlock(text) == nil)
    }
}
