import KubernetesModel

/// Puts a person's changes of an object on what others have made of it meanwhile, field by field. Lists are taken as a whole: their
/// elements have no place of their own. (`ThreeWayMerge` is for authors whose word counts for all that they write.)
nonisolated struct EditRebase {
    /// The fields that both have changed, each in another way; of them the person's counts.
    private(set) var conflicts: [EditConflict.Field] = []

    mutating func merge(_ base: JSONObject, mine: JSONObject, theirs: JSONObject) -> JSONObject {
        merge(base, mine, theirs, at: "")
    }

    private mutating func merge(_ base: JSONObject, _ mine: JSONObject, _ theirs: JSONObject, at path: String) -> JSONObject {
        var result = JSONObject()
        for key in theirs.keys + mine.keys where result[key] == nil {
            result[key] = member(base[key], mine[key], theirs[key], at: path.isEmpty ? key : "\(path).\(key)")
        }
        return result
    }

    private mutating func member(_ base: JSONValue?, _ mine: JSONValue?, _ theirs: JSONValue?, at path: String) -> JSONValue? {
        if mine == base || mine == theirs { return theirs }
        if theirs == base { return mine }
        if case .object(let mine)? = mine, case .object(let theirs)? = theirs {
            return .object(merge(base?.objectValue ?? [:], mine, theirs, at: path))
        }
        conflicts.append(.init(path: path, mine: mine, theirs: theirs))
        return mine
    }
}
