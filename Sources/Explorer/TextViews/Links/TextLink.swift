import KubernetesModel

/// A place in a text that leads to an object.
struct TextLink: Hashable {
    let stop: TextStop
    let reference: ObjectReference
}
