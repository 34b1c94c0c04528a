package struct Namespace: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    /// `Active` or `Terminating`.
    package var phase: String { status.string("phase") ?? "Active" }
}

package struct ConfigMap: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var data: [String: String] { object["data"]?.stringMap ?? [:] }
    /// Values in Base64.
    package var binaryData: [String: String] { object["binaryData"]?.stringMap ?? [:] }
    package var isImmutable: Bool { object["immutable"]?.boolValue ?? false }
}

/// Its values never reach a log, an error or a report.
package struct Secret: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var type: String { object["type"]?.stringValue ?? "Opaque" }
    package var keys: [String] { object["data"]?.objectValue?.keys.sorted() ?? [] }
    /// Values in Base64.
    package var data: [String: String] { object["data"]?.stringMap ?? [:] }
}

package struct ServiceAccount: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var imagePullSecrets: [String] { object["imagePullSecrets"]?.arrayValue?.compactMap { $0.string("name") } ?? [] }
    package var mountsToken: Bool? { object["automountServiceAccountToken"]?.boolValue }
}

package struct ResourceQuota: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var hard: [String: Quantity] { spec.quantities("hard") }
    package var used: [String: Quantity] { status.quantities("used") }
}
