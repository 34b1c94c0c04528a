import KubernetesModel
import ResourceTables

/// A table as comma-separated values: the rows shown, all columns.
nonisolated enum TableText {
    static func csv(_ snapshot: TableSnapshot, now: Instant) -> String {
        let lines = [snapshot.columns.map(\.title)] + snapshot.rows.map { row in row.cells.map { $0.text(now: now) } }
        return lines.map { $0.map(quoted).joined(separator: ",") }.joined(separator: "\n") + "\n"
    }

    private static func quoted(_ text: String) -> String {
        let isPlain = !text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
