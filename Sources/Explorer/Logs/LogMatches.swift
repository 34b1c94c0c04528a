import DequeModule

/// The lines of a log that its filter admits, found bit by bit so that nothing waits for it: the newest at once, then those before.
struct LogMatches {
    /// How many bytes are looked at in one step: little enough for a frame.
    static let step = 256 << 10

    /// In the order of the lines; see `LogBuffer.dropped`.
    private(set) var numbers: Deque<Int> = []
    /// Those that were looked at; nil before the first step.
    private var examined: Range<Int>?

    /// Whether all lines were looked at.
    func areComplete(in buffer: LogBuffer) -> Bool {
        examined.map { $0.lowerBound <= buffer.dropped && $0.upperBound >= buffer.end } ?? false
    }

    func contains(_ number: Int) -> Bool { place(of: number) != nil }

    /// The place of a number among the others.
    func place(of number: Int) -> Int? {
        let place = numbers.partitioningIndex { $0 >= number }
        return place < numbers.count && numbers[place] == number ? place : nil
    }

    /// A line was put in with this number, and moved those after it: they have to be looked at anew, which are few.
    mutating func insert(at number: Int) {
        guard let known = examined, number < known.upperBound else { return }
        while let last = numbers.last, last >= number { numbers.removeLast() }
        examined = min(known.lowerBound, number)..<number
    }

    /// Looks at what is new, then at what was not looked at yet.
    /// - Returns: how many matches were found before those known.
    mutating func look(at buffer: LogBuffer, bytes: Int = Self.step, admits: (LogEntry) -> Bool) -> Int {
        while let first = numbers.first, first < buffer.dropped { numbers.removeFirst() }
        var left = bytes
        var known = (examined ?? buffer.end..<buffer.end).clamped(to: buffer.dropped..<buffer.end)
        while known.upperBound < buffer.end, left > 0 {
            let number = known.upperBound
            left -= buffer[number].size
            if admits(buffer[number]) { numbers.append(number) }
            known = known.lowerBound..<number + 1
        }
        if known.upperBound < buffer.end {
            // Much has come since: the newest is wanted first.
            (numbers, known, left) = ([], buffer.end..<buffer.end, bytes)
        }
        let before = numbers.count
        while known.lowerBound > buffer.dropped, left > 0 {
            let number = known.lowerBound - 1
            left -= buffer[number].size
            if admits(buffer[number]) { numbers.prepend(number) }
            known = number..<known.upperBound
        }
        examined = known
        return numbers.count - before
    }
}

extension Deque<Int> {
    /// The first place from which on `isBehind` holds, of one that is sorted so.
    fileprivate func partitioningIndex(where isBehind: (Int) -> Bool) -> Int {
        var range = 0..<count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = isBehind(self[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return range.lowerBound
    }
}
