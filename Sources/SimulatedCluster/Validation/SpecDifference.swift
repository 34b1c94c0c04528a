import KubernetesModel

/// What differs between two documents, a line for each member.
enum SpecDifference {
    static func text(from old: JSONObject, to new: JSONObject) -> String {
        let keys = Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }
        let lines = keys.flatMap { key in
            [old[key].map { "- \t\(key): \(GoText.of($0))" }, new[key].map { "+ \t\(key): \(GoText.of($0))" }].compactMap(\.self)
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
