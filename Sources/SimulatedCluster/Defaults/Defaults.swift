package import KubernetesModel

/// Fills in what an API server fills in when it decodes an object: on every write, and on every object of a scenario.
///
/// Clients dereference these fields without asking. What depends on other objects (priorities, service accounts, addresses)
/// is admission's work; what happens only at creation (generation, first status) is `ObjectStrategy`'s.
package enum Defaults {
    /// Applying twice changes nothing more.
    package static func apply(to object: inout KubernetesObject) {
        KindRules.of(object).defaults?(&object.json)
    }
}
