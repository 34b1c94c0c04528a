import KubernetesModel
import ResourceTables
import Testing

@Suite("A person's own columns") struct ViewColumnsTests {
    private func titles(_ texts: [String], wide: Bool = false) -> [String] {
        ResourceLayout.of(builtIn("pods"), view: ViewColumns(texts)).columns.filter { wide || !$0.isWide }.map(\.title)
    }

    @Test("those chosen stand first, in their order; the others are left to the wide form")
    func order() {
        #expect(titles(["NAME", "AGE", "NODE|W"]) == ["NAME", "AGE"])
        #expect(titles(["NAME", "AGE"], wide: true).starts(with: ["NAME", "AGE", "NAMESPACE", "READY"]))
        #expect(!titles(["NAME", "AGE|H"], wide: true).contains("AGE"))
        #expect(titles([]).contains("READY"))
    }

    @Test("a column may show anything that a path leads to")
    func paths() {
        let layout = ResourceLayout.of(
            builtIn("pods"), view: ViewColumns(["NAME", "TIER:.metadata.labels.tier", "CPU LIMIT:.spec.limit|NR"]))
        let row = layout.row(
            of: object(#"{"kind":"Pod","metadata":{"name":"a","labels":{"tier":"web"}},"spec":{"limit":"250m"}}"#), now: start)
        #expect(row.cells.prefix(3).map { $0.text(now: start) } == ["a", "web", "250m"])
        #expect(layout.columns[2].alignment == .right)
    }

    @Test("what can't be understood is told")
    func problems() {
        #expect(ViewColumns(["NAME", "", "X:.a["]).problems == [" is no column", "X:.a[ is no column"])
    }
}
