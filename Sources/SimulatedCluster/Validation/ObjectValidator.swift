import KubernetesModel

/// Judges objects as an API server does before it stores them: their metadata, then what their kind asks for, then what an
/// update may not change.
enum ObjectValidator {
    /// What is wrong with an object that is to be created, or to replace `old`; in Kubernetes's order.
    static func validate(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) -> [FieldError] {
        let rules = KindRules.of(object)
        var errors: [FieldError] = []
        MetadataRules.validate(object, rules, isNamespaced: context.resource.isNamespaced, &errors)
        if let old { MetadataRules.validateUpdate(object, old, &errors) }
        let change = ObjectChange(
            new: object.json, old: old?.json, subresource: context.subresource, group: context.resource.group)
        let rule = context.subresource == "status" ? rules.validateStatus : rules.validate
        rule?(change, &errors)
        return errors
    }
}

/// An object that is to be created, or to replace an old one.
struct ObjectChange {
    let new: JSONObject
    let old: JSONObject?
    var subresource: String?
    /// Of the API through which it came; events have two.
    var group = ""

    var name: String { new.object("metadata")?.string("name") ?? "" }
    var spec: JSONObject { new.object("spec") ?? [:] }
    var status: JSONObject { new.object("status") ?? [:] }
    var oldSpec: JSONObject? { old.map { $0.object("spec") ?? [:] } }
}
