import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Numbers of custom resources")
struct GoNumbersTests {
    @Test(
        "are kept as integers of 64 bits or floating point",
        arguments: [
            ("1.0", "1"), ("1e3", "1000"), ("12345678901234567890", "12345678901234567000"), ("-0", "0"), ("0.1", "0.1"), ("-2.50", "-2.5"),
            ("1e21", "1e+21"), ("1e20", "100000000000000000000"), ("0.000001", "0.000001"), ("0.0000001", "1e-7"), ("1.5e300", "1.5e+300"),
            ("9223372036854775807", "9223372036854775807"),
        ])
    func texts(written: String, kept: String) throws {
        let value = try JSONParser.parse("[\(written)]")
        #expect(try GoNumbers.normalized(value)?.description == (written == kept ? nil : "[\(kept)]"))
    }

    @Test("beyond floating point are refused")
    func tooLarge() throws {
        let value = try JSONParser.parse(#"{"a":[1e999]}"#)
        #expect(throws: GoNumbers.TooLarge.self) { try GoNumbers.normalized(value) }
    }
}
