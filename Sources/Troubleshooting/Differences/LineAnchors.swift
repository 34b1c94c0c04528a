/// Lines by which two long texts are aligned: those that each of them has once, as many as stand in the same order in both (Bram Cohen's
/// "patience diff").
enum LineAnchors {
    typealias Anchor = (old: Int, new: Int)

    static func between(_ old: ArraySlice<String>, _ new: ArraySlice<String>) -> [Anchor] {
        let (left, right) = (placesOfUnique(old), placesOfUnique(new))
        let common = left.compactMap { line, place in right[line].map { (old: place, new: $0) } }
        return longestRise(common.sorted { $0.old < $1.old })
    }

    private static func placesOfUnique(_ lines: ArraySlice<String>) -> [String: Int] {
        var places: [String: Int?] = [:]
        for (place, line) in zip(lines.indices, lines) { places[line] = places[line] == nil ? .some(place) : .some(nil) }
        return places.compactMapValues(\.self)
    }

    /// The longest part in which the second places rise as the first ones do.
    private static func longestRise(_ anchors: [Anchor]) -> [Anchor] {
        /// Of each length the rise that ends lowest, by its last anchor.
        var ends: [Int] = []
        var previous = [Int?](repeating: nil, count: anchors.count)
        for (index, anchor) in anchors.enumerated() {
            var range = 0..<ends.count
            while !range.isEmpty {
                let middle = range.lowerBound + range.count / 2
                range = anchors[ends[middle]].new < anchor.new ? middle + 1..<range.upperBound : range.lowerBound..<middle
            }
            let length = range.lowerBound
            previous[index] = length == 0 ? nil : ends[length - 1]
            if length == ends.count { ends.append(index) } else { ends[length] = index }
        }
        var rise: [Anchor] = []
        var next = ends.last
        while let index = next {
            rise.append(anchors[index])
            next = previous[index]
        }
        return rise.reversed()
    }
}
