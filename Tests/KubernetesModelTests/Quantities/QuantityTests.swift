import KubernetesModel
import Testing

@Suite struct QuantityTests {
    @Test(
        "quantities print as the API server prints them",
        arguments: [
            ("0", "0"), ("100m", "100m"), ("1000m", "1"), ("1500m", "1500m"), ("0.5", "500m"), ("1.5", "1500m"), ("0.1m", "100u"),
            ("2000k", "2M"),
            ("1Gi", "1Gi"), ("1024Mi", "1Gi"), ("1.5Gi", "1536Mi"), ("1000Mi", "1000Mi"), ("0.5Gi", "512Mi"), ("512", "512"),
            ("0.5Ki", "512"),
            ("1.5Ki", "1536"), ("1.1Ki", "1126400m"), ("12e6", "12e6"), ("12E6", "12E6"), ("1e4", "10e3"), ("1E", "1E"), ("1Ei", "1Ei"),
            ("8Ei", "9223372036854775807"), ("-1.5", "-1500m"), ("-2Gi", "-2Gi"), ("+1", "+1"), ("0.0000000001", "1n"),
            ("-0.0000000001", "-1n"),
            ("00100", "00100"), ("001000", "1k"), ("1.", "1."), (".5", "500m"), ("0Ki", "0"), ("3000000", "3M"), ("1n", "1n"), ("1u", "1u"),
            ("1e-3", "1e-3"),
        ])
    func canonical(text: String, expected: String) throws {
        #expect(try Quantity(text).description == expected)
    }

    @Test(
        "texts that are no quantities are refused in the API server's words",
        arguments: [
            ("", QuantityError.format), ("1x", .format), ("1 ", .format), ("1Gi5x", .format), ("abc", .format), ("1g", .format),
            ("1mm", .suffix),
            ("1e", .suffix), ("1Mi1", .suffix), ("1ei", .suffix), ("1e99999999999", .suffix),
            ("1234567890123456789012345678901234567890", .number),
        ])
    func refusal(text: String, error: QuantityError) {
        #expect(throws: error) { try Quantity(text) }
    }

    @Test("amounts compare by value, whatever their suffix")
    func comparison() throws {
        #expect(try Quantity("1Gi") == Quantity("1073741824"))
        #expect(try Quantity("1Gi") > Quantity("1G"))
        #expect(try Quantity("999m") < Quantity("1"))
        #expect(try Quantity("1e30") > Quantity("1n"))
        #expect(try Quantity("1e300") > Quantity("1e299"))
    }

    @Test("sums are exact and keep the first amount's format")
    func sums() throws {
        #expect(try (Quantity("100m") + Quantity("1n")).description == "100000001n")
        #expect(try (Quantity("1Gi") + Quantity("512Mi")).description == "1536Mi")
        #expect(try (Quantity.zero + Quantity("1Gi")).description == "1Gi")
        #expect(try (Quantity("1") - Quantity("1001m")).description == "-1m")
    }

    @Test("amounts that are far apart are added at once")
    func distance() throws {
        let large = try Quantity("1e2147483647")
        #expect(try large + Quantity("1n") > large)
        #expect(Quantity.zero + large == large)
    }

    @Test("whole and milli units are rounded away from zero")
    func rounding() throws {
        #expect(try Quantity("1001m").value == 2)
        #expect(try Quantity("-1001m").value == -2)
        #expect(try Quantity("1u").milliValue == 1)
        #expect(try Quantity("2Gi").value == 2_147_483_648)
        #expect(try Quantity("1e300").value == .max)
        #expect(try Quantity("1500u").roundedUp(to: -3).description == "2m")
        #expect(Quantity(.number(JSONNumber(3)))?.value == 3)
        #expect(Quantity(.bool(true)) == nil)
    }

    @Test("an amount's canonical form reads back as the same amount")
    func roundTrip() throws {
        var random = SplitMix(seed: 7)
        let suffixes = ["", "n", "u", "m", "k", "M", "G", "Ki", "Mi", "Gi", "e3", "e-2", "E1"]
        for _ in 0..<3000 {
            let text =
                "\(Int.random(in: -99999...99999, using: &random)).\(Int.random(in: 0...999, using: &random))\(suffixes.randomElement(using: &random) ?? "")"
            let quantity = try Quantity(text)
            let again = try Quantity(quantity.canonical)
            #expect(again == quantity, "\(text)")
            #expect(again.canonical == quantity.canonical, "\(text)")
        }
    }
}
