import Testing

/// What kubectl prints of a ConfigMap's data: an entry for each key, in the order of a Go map, which is another each time.
enum DataSection {
    /// The same text with the entries in the order of their keys, and nothing but an empty line between them.
    static func sorted(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(of: "Data"), lines.dropFirst(start + 1).first == "====" else { return text }
        let end = lines.firstIndex(of: "BinaryData") ?? lines.endIndex
        let heads = lines.indices.filter {
            (start..<end).contains($0) && lines[$0].hasSuffix(":") && lines.dropFirst($0 + 1).first == "----"
        }
        guard let first = heads.first else { return text }
        let entries = zip(heads, heads.dropFirst() + [end]).map { head, next in
            lines[head..<next].reversed().drop { $0.isEmpty }.reversed().joined(separator: "\n")
        }
        let before = lines[..<first].joined(separator: "\n")
        return ([before] + entries.sorted() + [lines[end...].joined(separator: "\n")]).joined(separator: "\n\n")
    }
}

@Suite("Printed data of ConfigMaps")
struct DataSectionTests {
    private static let described = "Name: c\n\nData\n====\nk:\n----\nv\nw\n\nl:\n----\n\n\n\nBinaryData\n====\n\nEvents: <none>"
    private static let otherOrder = "Name: c\n\nData\n====\nl:\n----\n\n\nk:\n----\nv\nw\n\n\nBinaryData\n====\n\nEvents: <none>"

    @Test("the order of the keys makes no difference, their values do")
    func order() {
        #expect(DataSection.sorted(Self.described) == DataSection.sorted(Self.otherOrder))
        #expect(DataSection.sorted(Self.described) != DataSection.sorted(Self.otherOrder.replacing("w", with: "x")))
        #expect(DataSection.sorted("Name: c") == "Name: c")
    }
}
