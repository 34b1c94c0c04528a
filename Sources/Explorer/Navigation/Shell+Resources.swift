import KubernetesClient
import KubernetesModel

/// Opening the views of resources.
extension Shell {
    /// Opens the table of a resource by any of its names.
    func openResource(_ line: CommandLine) {
        guard let resource = session.catalog.resource(named: line.name) else {
            return report(.error, "Unknown command or resource: \(line.name)")
        }
        if let context = line.context, context != session.configuration.names.context {
            return switchContext(to: context, then: line.name)
        }
        report(.info, "\(resource.kind): no table yet")
    }

    /// What a session begins with.
    func openFirstScreen() {
        push(AliasesScreen(shell: self))
    }
}
