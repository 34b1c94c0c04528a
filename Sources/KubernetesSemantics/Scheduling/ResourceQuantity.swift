package import KubernetesModel

/// An amount as specs write it, in thousandths: exact for everything that is scheduled or bound, saturating beyond.
package struct ResourceQuantity: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let thousandths: Int
    /// As written.
    package let description: String

    /// Nil unless `json` is a number or a quantity's text.
    package init?(json: JSONValue) {
        guard let text = json.stringValue ?? json.numberValue?.text else { return nil }
        let number = text.prefix { "+-.0123456789".contains($0) }
        var (factor, suffix) = (1.0, String(text.dropFirst(number.count)))
        if suffix.count > 1, let first = suffix.first, first == "e" || first == "E", let exponent = Int(suffix.dropFirst()) {
            (factor, suffix) = ((0..<abs(exponent)).reduce(1.0) { power, _ in exponent < 0 ? power / 10 : power * 10 }, "")
        }
        guard let scale = Self.scales[suffix], let value = Double(number), value.isFinite else { return nil }
        let scaled = (value * factor * scale * 1000).rounded(.up)
        thousandths = scaled >= Double(Int.max) ? Int.max : scaled <= Double(Int.min) ? Int.min : Int(scaled)
        description = text
    }

    package static func < (left: Self, right: Self) -> Bool { left.thousandths < right.thousandths }

    package static func == (left: Self, right: Self) -> Bool { left.thousandths == right.thousandths }

    package func hash(into hasher: inout Hasher) { hasher.combine(thousandths) }

    /// In whole units, rounded up.
    package var units: Int { thousandths / 1000 + (thousandths % 1000 > 0 ? 1 : 0) }

    private static let scales: [String: Double] = [
        "n": 1e-9, "u": 1e-6, "m": 1e-3, "": 1, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
        "Ki": 1024, "Mi": 1_048_576, "Gi": 1_073_741_824, "Ti": 1_099_511_627_776, "Pi": 1_125_899_906_842_624,
        "Ei": 1_152_921_504_606_846_976,
    ]
}
