import Testing

@testable import ResourceTables

@Suite struct NaturalOrderTests {
    @Test(
        "texts are in the order that people expect",
        arguments: [
            ("web-2", "web-10"), ("a", "B"), ("a1b9", "a1b10"), ("1", "01"), ("a", "ab"), ("v1.9.0", "v1.10.0"), ("", "a"),
            ("x99999999999999999999", "x100000000000000000000"),
        ])
    func order(smaller: String, greater: String) {
        #expect(NaturalOrder.compare(smaller, greater) < 0)
        #expect(NaturalOrder.compare(greater, smaller) > 0)
        #expect(NaturalOrder.compare(smaller, smaller) == 0)
    }
}
