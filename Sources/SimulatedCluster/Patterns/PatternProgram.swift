/// A regular expression as steps of a machine.
struct PatternProgram {
    enum Step {
        case take(PatternSet)
        /// Goes on at both places, the first of which is preferred.
        case split(Int, Int)
        case jump(Int)
        /// Notes the place in the text.
        case save(Int)
        case check(PatternAssertion)
        case match
    }

    /// Repetitions of repetitions would take any memory.
    private static let mostSteps = 10_000

    private(set) var steps: [Step] = []
    /// How many places are noted: two for the match, and two for each group.
    let places: Int

    init(_ node: PatternNode, groups: Int) throws(RegularExpression.Failure) {
        places = 2 * (groups + 1)
        try append(.save(0))
        try add(node)
        try append(.save(1))
        try append(.match)
    }

    private mutating func append(_ step: Step) throws(RegularExpression.Failure) {
        guard steps.count < Self.mostSteps else { throw RegularExpression.Failure(message: "expression too large") }
        steps.append(step)
    }

    private mutating func add(_ node: PatternNode) throws(RegularExpression.Failure) {
        switch node {
        case .empty: break
        case .character(let set): try append(.take(set))
        case .assertion(let assertion): try append(.check(assertion))
        case .sequence(let nodes): for node in nodes { try add(node) }
        case .group(let node, let number):
            try append(.save(2 * number))
            try add(node)
            try append(.save(2 * number + 1))
        case .choice(let nodes): try add(choice: nodes)
        case .repetition(let node, let least, let most, let isGreedy):
            for _ in 0..<least {
                let before = steps.count
                try add(node)
                // Nothing is the same however often it comes, and may be asked for a thousand thousand times.
                if steps.count == before { break }
            }
            if let most { try add(optional: node, times: most - least, isGreedy) } else { try add(endless: node, isGreedy) }
        }
    }

    private mutating func add(choice nodes: [PatternNode]) throws(RegularExpression.Failure) {
        var ends: [Int] = []
        for node in nodes.dropLast() {
            let split = steps.count
            try append(.split(split + 1, 0))
            try add(node)
            ends.append(steps.count)
            try append(.jump(0))
            steps[split] = .split(split + 1, steps.count)
        }
        if let last = nodes.last { try add(last) }
        for end in ends { steps[end] = .jump(steps.count) }
    }

    private mutating func add(optional node: PatternNode, times: Int, _ isGreedy: Bool) throws(RegularExpression.Failure) {
        var splits: [Int] = []
        for _ in 0..<max(times, 0) {
            splits.append(steps.count)
            try append(.jump(0))
            try add(node)
        }
        for split in splits { steps[split] = isGreedy ? .split(split + 1, steps.count) : .split(steps.count, split + 1) }
    }

    private mutating func add(endless node: PatternNode, _ isGreedy: Bool) throws(RegularExpression.Failure) {
        let split = steps.count
        try append(.jump(0))
        try add(node)
        try append(.jump(split))
        steps[split] = isGreedy ? .split(split + 1, steps.count) : .split(steps.count, split + 1)
    }
}

/// Runs a program over a text: all its threads take a character together.
struct PatternMachine {
    private struct Thread {
        var step: Int
        /// The places that it has noted; below zero for none.
        var places: [Int]
    }

    private let program: PatternProgram
    private let text: [Unicode.Scalar]
    private let isLongest: Bool
    /// The place in the text at which a step was reached last: a second thread there would do the same.
    private var reached: [Int]

    init(_ program: PatternProgram, text: [Unicode.Scalar], isLongest: Bool) {
        self.program = program
        self.text = text
        self.isLongest = isLongest
        reached = Array(repeating: -1, count: program.steps.count)
    }

    /// The places that the first match has noted.
    mutating func run(from start: Int) -> [Int]? {
        guard start <= text.count else { return nil }
        var current: [Thread] = []
        var best: [Int]?
        for place in start...text.count {
            if best == nil { follow(Thread(step: 0, places: Array(repeating: -1, count: program.places)), at: place, to: &current) }
            var next: [Thread] = []
            threads: for thread in current {
                switch program.steps[thread.step] {
                case .take(let set):
                    guard place < text.count, set.contains(text[place]) else { continue }
                    follow(Thread(step: thread.step + 1, places: thread.places), at: place + 1, to: &next)
                case .match:
                    if isBetter(thread.places, than: best) { best = thread.places }
                    // Those behind it are preferred less, but may be longer.
                    if !isLongest { break threads }
                default: continue
                }
            }
            if next.isEmpty, best != nil { break }
            current = next
        }
        return best
    }

    private func isBetter(_ places: [Int], than best: [Int]?) -> Bool {
        guard let best, isLongest else { return true }
        return places[0] < best[0] || (places[0] == best[0] && places[1] > best[1])
    }

    /// Goes on until a character is to be taken, on all ways, the preferred ones first.
    private mutating func follow(_ thread: Thread, at place: Int, to threads: inout [Thread]) {
        var open = [thread]
        while var thread = open.popLast() {
            guard reached[thread.step] != place else { continue }
            reached[thread.step] = place
            switch program.steps[thread.step] {
            case .take, .match: threads.append(thread)
            case .jump(let step): open.append(Thread(step: step, places: thread.places))
            case .split(let first, let second):
                open.append(Thread(step: second, places: thread.places))
                open.append(Thread(step: first, places: thread.places))
            case .save(let index):
                thread.places[index] = place
                open.append(Thread(step: thread.step + 1, places: thread.places))
            case .check(let assertion):
                if assertion.holds(at: place, in: text) { open.append(Thread(step: thread.step + 1, places: thread.places)) }
            }
        }
    }
}
