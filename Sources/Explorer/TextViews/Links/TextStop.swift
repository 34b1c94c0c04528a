/// A place in a text that Tab leads to: a link, or the head of a block.
struct TextStop: Hashable {
    let line: Int
    /// Characters of the line.
    let range: Range<Int>
}
