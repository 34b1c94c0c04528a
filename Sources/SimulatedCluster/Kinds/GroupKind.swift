package import KubernetesModel

/// A kind whatever its version: what defaults and validation are registered by.
package struct GroupKind: Sendable, Hashable, CustomStringConvertible {
    /// Empty for the core group.
    package var group: String
    package var kind: String

    package init(group: String = "", _ kind: String) {
        self.group = group
        self.kind = kind
    }

    package init(_ object: KubernetesObject) {
        let gvk = object.groupVersionKind
        self.init(group: gvk.group, gvk.kind)
    }

    /// As messages name it: `Pod`, `Deployment.apps`.
    package var description: String {
        group.isEmpty ? kind : "\(kind).\(group)"
    }
}
