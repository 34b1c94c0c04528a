/// Puts the rules of a Kubernetes API server in force: admission, validation, access.
package enum BuiltInRules {
    package static func install(in parts: ClusterParts) {
        parts.pipeline.rules = WriteRules(admission: BuiltInAdmission(services: ServiceAllocator(parts.store)))
    }
}
