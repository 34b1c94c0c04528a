/// The order in which people expect names: numbers inside them by value, `web-2` before `web-10`, letters whatever their case.
enum NaturalOrder {
    /// Negative, zero or positive, as `left` comes before, with or after `right`.
    static func compare(_ left: String, _ right: String) -> Int {
        var left = left
        var right = right
        return left.withUTF8 { left in right.withUTF8 { compare(left, $0) } }
    }

    private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        var i = 0
        var j = 0
        while i < left.count, j < right.count {
            if isDigit(left[i]), isDigit(right[j]) {
                let order = compareNumbers(left, &i, right, &j)
                if order != 0 { return order }
            } else {
                let (one, other) = (lower(left[i]), lower(right[j]))
                if one != other { return Int(one) - Int(other) }
                i += 1
                j += 1
            }
        }
        return (left.count - i) - (right.count - j)
    }

    /// Compares two runs of digits by value and moves past them; equal values with fewer zeros in front come first.
    private static func compareNumbers(
        _ left: UnsafeBufferPointer<UInt8>, _ i: inout Int, _ right: UnsafeBufferPointer<UInt8>, _ j: inout Int
    ) -> Int {
        let zeros = (skipZeros(left, &i), skipZeros(right, &j))
        let (start, other) = (i, j)
        while i < left.count, isDigit(left[i]) { i += 1 }
        while j < right.count, isDigit(right[j]) { j += 1 }
        if i - start != j - other { return (i - start) - (j - other) }
        for offset in 0..<(i - start) where left[start + offset] != right[other + offset] {
            return Int(left[start + offset]) - Int(right[other + offset])
        }
        return zeros.0 - zeros.1
    }

    private static func skipZeros(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int {
        let start = index
        while index < bytes.count, bytes[index] == UInt8(ascii: "0") { index += 1 }
        return index - start
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func lower(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
