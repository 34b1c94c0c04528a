/// A step on the way to a field of an object.
nonisolated enum FieldStep: Hashable {
    case key(String)
    case index(Int)
}
