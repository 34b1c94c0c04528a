/// Which blocks of an indented text are closed: a line, and the deeper ones below it that are hidden then.
///
/// A block is known by the lines that lead to it, so that it stays closed while the text changes around it.
struct Folding: Equatable {
    struct Block: Equatable {
        /// The line that stays visible.
        let head: Int
        /// The first line behind the block.
        let end: Int
        fileprivate let path: [String]
    }

    /// In the order of their heads.
    private(set) var blocks: [Block] = []
    /// The lines that are visible.
    private(set) var shown: [Int] = []
    private var closed: Set<[String]> = []
    private var byHead: [Int: Block] = [:]
    private var count = 0

    mutating func update(_ lines: [String]) {
        blocks = FoldingReader.blocks(of: lines)
        byHead = Dictionary(blocks.map { ($0.head, $0) }) { first, _ in first }
        count = lines.count
        show()
    }

    /// How many lines are hidden below a line; nil where none are.
    func hidden(below line: Int) -> Int? {
        guard let block = byHead[line], closed.contains(block.path) else { return nil }
        return block.end - block.head - 1
    }

    /// The block that begins at a line, else the innermost around it.
    func block(at line: Int) -> Block? {
        byHead[line] ?? blocks.last { $0.head < line && line < $0.end }
    }

    mutating func toggle(_ block: Block) {
        if closed.remove(block.path) == nil { closed.insert(block.path) }
        show()
    }

    /// Closes all blocks, or opens all where any is closed.
    mutating func toggleAll() {
        closed = blocks.contains { closed.contains($0.path) } ? [] : Set(blocks.map(\.path))
        show()
    }

    /// Opens what hides a line.
    mutating func reveal(_ line: Int) {
        for block in blocks where block.head < line && line < block.end { closed.remove(block.path) }
        show()
    }

    /// Where a line is among those shown: its own place, or that of the closed block it is in.
    func row(of line: Int) -> Int {
        (shown.firstIndex { $0 > line } ?? shown.count) - 1
    }

    private mutating func show() {
        shown = []
        var line = 0
        while line < count {
            shown.append(line)
            line = hidden(below: line).map { line + $0 + 1 } ?? line + 1
        }
    }
}

/// Finds blocks by indentation.
private struct FoldingReader {
    private struct Open {
        let depth: Int
        let head: Int
        let path: [String]
        var items = 0
        var names: [String: Int] = [:]
    }

    private var blocks: [Folding.Block] = []
    private var open: [Open] = [Open(depth: -1, head: -1, path: [])]

    static func blocks(of lines: [String]) -> [Folding.Block] {
        var reader = FoldingReader()
        for (index, line) in lines.enumerated() {
            // A blank line belongs to what it stands in.
            if let depth = depth(of: line) { reader.take(line, depth, index) }
        }
        while reader.open.count > 1 { reader.close(at: lines.count) }
        return reader.blocks.sorted { $0.head < $1.head }
    }

    /// Lists are not indented below their key: an item is a little deeper than a key in its column.
    private static func depth(of line: String) -> Int? {
        guard let start = line.firstIndex(where: { $0 != " " }) else { return nil }
        let column = line.distance(from: line.startIndex, to: start)
        return 2 * column + (line[start...].hasPrefix("- ") ? 1 : 0)
    }

    private mutating func take(_ line: String, _ depth: Int, _ index: Int) {
        while let last = open.last, last.depth >= depth { close(at: index) }
        open.append(Open(depth: depth, head: index, path: path(of: line)))
    }

    private mutating func close(at end: Int) {
        let last = open.removeLast()
        if end - last.head > 1 { blocks.append(Folding.Block(head: last.head, end: end, path: last.path)) }
    }

    /// An item is told from its siblings by its number, anything else by what stands before the colon.
    private mutating func path(of line: String) -> [String] {
        let parent = open.count - 1
        let text = line.drop { $0 == " " }
        if text.hasPrefix("- ") {
            open[parent].items += 1
            return open[parent].path + ["- \(open[parent].items)"]
        }
        let name = String(text.prefix { $0 != ":" })
        let number = open[parent].names[name, default: 0]
        open[parent].names[name] = number + 1
        return open[parent].path + [number == 0 ? name : "\(name) \(number)"]
    }
}
