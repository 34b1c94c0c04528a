/// Hashes that are the same in every process, unlike `Hasher`.
enum StableHash {
    static func fnv32(_ text: String) -> UInt32 {
        text.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }

    static func fnv64(_ text: String) -> UInt64 {
        text.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }

    /// 64 hexadecimal digits, in the look of a SHA-256.
    static func hexadecimal(_ text: String) -> String {
        (0..<4).map { part in
            let digits = String(fnv64("\(part)\(text)"), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// A number in the alphabet of generated names, as template hashes are written.
    static func name(_ hash: UInt32) -> String {
        String(String(hash).utf8.map { Randomness.alphabet[Int($0) % Randomness.alphabet.count] })
    }
}

extension Randomness {
    func int(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + next(below: range.upperBound - range.lowerBound + 1)
    }

    func pick<Element>(from elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[next(below: elements.count)]
    }

    /// `count` lower-case hexadecimal digits.
    func hexadecimal(_ count: Int) -> String {
        let digits = Array("0123456789abcdef")
        return String((0..<count).map { _ in digits[Int(next() >> 60)] })
    }
}
