import KubernetesClient
import KubernetesModel
import ResourceTables

extension Shell {
    /// Reads the object and goes where the jump leads from it.
    func follow(_ jump: Jump, from target: ObjectTarget) {
        let session = session
        work.run { [weak self] in
            do {
                let object = try await session.client.get(target.resource.gvr, namespace: target.namespace, name: target.name)
                guard let self, isStill(in: session) else { return }
                try open(jump, from: object)
            } catch {
                self?.report(error, after: "The jump from \(target.text) leads nowhere: ")
            }
        }
    }

    private func open(_ jump: Jump, from object: KubernetesObject) throws {
        guard let resource = session.catalog.resource(named: jump.target) else {
            throw ObjectTemplate.Problem(description: "the server does not serve \(jump.target)")
        }
        let fields = try jump.fields?.filled(from: object.value)
        let conditions = fields.flatMap(FieldConditions.init)
        if let fields, conditions == nil { throw ObjectTemplate.Problem(description: "\(fields) is no field selector") }
        let model = TableModel(
            resource, namespaces: try namespaces(of: jump, from: object), labelSelector: try jump.labels?.filled(from: object.value),
            conditions: conditions, shell: self
        )
        push(TableScreen(model, shell: self))
    }

    private func namespaces(of jump: Jump, from object: KubernetesObject) throws -> NamespaceChoice {
        guard let template = jump.namespace else { return object.namespace.map { .only([$0]) } ?? .all }
        let text = try template.filled(from: object.value)
        guard let choice = NamespaceChoice(text) else { throw ObjectTemplate.Problem(description: "\(text) is no namespace") }
        return choice
    }
}
