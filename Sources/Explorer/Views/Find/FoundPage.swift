import KubernetesModel
import TextUI

/// One page of a kind's objects, looked through.
nonisolated struct FoundPage: Sendable {
    let found: [FoundObject]
    /// How many objects there were.
    let count: Int
    /// Where the next page begins; empty behind the last.
    let rest: String

    /// Nil where it is no list. The main loop goes on meanwhile.
    @concurrent static func reading(_ bytes: [UInt8], pattern: String) async -> FoundPage? {
        guard let list = try? JSONParser.parse(bytes), let search = TextSearch(pattern) else { return nil }
        let items = list["items"]?.arrayValue ?? []
        return FoundPage(
            found: items.compactMap { $0["metadata"].flatMap { FoundObject($0, search) } }, count: items.count,
            rest: list["metadata"]?["continue"]?.stringValue ?? "")
    }
}
