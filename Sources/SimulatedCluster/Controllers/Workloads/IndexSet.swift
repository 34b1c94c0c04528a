/// The indexes of a Job's pods, as its status lists them: `0-2,5`.
///
/// They are kept as ranges, of which there are never more than pods have ended: a Job may want thousands of millions of completions.
struct IndexSet: Equatable {
    private var numbers = RangeSet<Int>()
    private let end: Int

    /// - Parameter end: how many indexes there are. Others, which anybody may write into a status or an annotation, are left out.
    init(_ text: String?, below end: Int) {
        self.end = end
        let ranges = (text ?? "").split(separator: ",").compactMap { part -> Range<Int>? in
            let ends = part.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first >= 0, first <= last, first < end else { return nil }
            return first..<min(last, end - 1) + 1
        }
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) { numbers.insert(contentsOf: range) }
    }

    var count: Int { numbers.ranges.reduce(0) { $0 + $1.count } }
    var isEmpty: Bool { numbers.isEmpty }

    mutating func insert(_ number: Int) {
        if (0..<max(end, 0)).contains(number) { numbers.insert(contentsOf: number..<number + 1) }
    }

    func union(_ other: IndexSet) -> IndexSet {
        var union = self
        union.numbers.formUnion(other.numbers)
        return union
    }

    /// The first of those that are not in it.
    func missing(atMost count: Int) -> [Int] {
        var rest = RangeSet(0..<max(end, 0))
        rest.subtract(numbers)
        return Array(rest.ranges.lazy.flatMap(\.self).prefix(count))
    }

    var text: String {
        // Two in a row are still listed one by one.
        numbers.ranges.map { range in
            switch range.count {
            case 1: "\(range.lowerBound)"
            case 2: "\(range.lowerBound),\(range.lowerBound + 1)"
            default: "\(range.lowerBound)-\(range.upperBound - 1)"
            }
        }.joined(separator: ",")
    }
}
