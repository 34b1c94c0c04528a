import KubernetesModel
import ResourceTables
import Testing

@testable import Explorer

@Suite("Marks")
struct TableMarksTests {
    func row(_ name: String, _ change: RowChange? = nil) -> TableRow {
        TableRow(key: ObjectKey(namespace: "shop", name: name), uid: name, resourceVersion: "1", cells: [], change: change)
    }

    @Test("what is gone is marked no more, and what is only out of sight stays marked")
    func deleted() async {
        var marks = TableMarks()
        marks.insert([row("a"), row("b"), row("c")])
        let fate = await marks.fate(among: [row("a", RowChange(.deleted, at: Instant(seconds: 0))), row("b"), row("d")])
        #expect(fate.gone.map(\.key.name) == ["a"] && fate.hidden.map(\.key.name) == ["c"])
        marks.forget(fate.gone)
        #expect(marks.uids.keys.map(\.key.name).sorted() == ["b", "c"])
    }
}
