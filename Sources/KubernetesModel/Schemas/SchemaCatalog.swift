/// The definitions of every built-in kind, and of custom resources added to a copy.
package final class SchemaCatalog: Sendable {
    package static let builtIn = SchemaCatalog(table: BuiltInSchemas.table)

    package let definitions: [SchemaDefinition]
    let indexByName: [String: Int]
    private let indexByKind: [GroupVersionKind: Int]

    package init(_ definitions: [SchemaDefinition]) {
        var byName: [String: Int] = [:]
        var byKind: [GroupVersionKind: Int] = [:]
        for (index, definition) in definitions.enumerated() {
            byName[definition.name] = index
            if let kind = definition.groupVersionKind { byKind[kind] = index }
        }
        self.definitions = definitions
        indexByName = byName
        indexByKind = byKind
    }

    /// - Parameter name: as in OpenAPI, `io.k8s.api.core.v1.Container`.
    package func definition(named name: String) -> SchemaDefinition? {
        indexByName[name].map { definitions[$0] }
    }

    package func definition(for kind: GroupVersionKind) -> SchemaDefinition? {
        indexByKind[kind].map { definitions[$0] }
    }

    /// The place from which objects of a kind are described; nil for kinds that are not known.
    package func root(of kind: GroupVersionKind) -> SchemaNode? {
        indexByKind[kind].map { SchemaNode(catalog: self, field: SchemaField(name: "", type: .object($0))) }
    }

    package func root(named name: String) -> SchemaNode? {
        indexByName[name].map { SchemaNode(catalog: self, field: SchemaField(name: "", type: .object($0))) }
    }
}

/// A place in an object: what may stand there and how it is merged.
package struct SchemaNode: Sendable {
    package let catalog: SchemaCatalog
    package let field: SchemaField

    package init(catalog: SchemaCatalog, field: SchemaField) {
        self.catalog = catalog
        self.field = field
    }

    /// A place of which nothing is known: maps merge member by member, lists change as a whole.
    package static let untyped = SchemaNode(catalog: SchemaCatalog([]), field: SchemaField(name: "", type: .anything))

    package var type: SchemaType { field.type }

    /// The object's definition, when it has one.
    package var definition: SchemaDefinition? {
        guard case .object(let index) = field.type, catalog.definitions.indices.contains(index) else { return nil }
        return catalog.definitions[index]
    }

    /// Whether an object or map here changes as a whole.
    package var isAtomicMap: Bool { field.isAtomicMap || definition?.isAtomic == true }

    /// The place of a member of the object or map here; nil for a member that no field allows.
    package func member(_ name: String) -> SchemaNode? {
        switch field.type {
        case .object:
            guard let definition else { return nil }
            if let field = definition.field(name) { return SchemaNode(catalog: catalog, field: field) }
            return definition.isOpen ? SchemaNode(catalog: catalog, field: SchemaField(name: name, type: .anything)) : nil
        case .map(let type): return SchemaNode(catalog: catalog, field: SchemaField(name: name, type: type))
        case .anything, .raw: return SchemaNode(catalog: catalog, field: SchemaField(name: name, type: .anything))
        default: return nil
        }
    }

    /// Whether `name` is a declared field rather than a map's key.
    package func declares(_ name: String) -> Bool {
        definition?.field(name) != nil
    }

    /// The place of the elements of the list here.
    package var element: SchemaNode? {
        switch field.type {
        case .list(let type): SchemaNode(catalog: catalog, field: SchemaField(name: "", type: type))
        case .anything, .raw: SchemaNode(catalog: catalog, field: SchemaField(name: "", type: .anything))
        default: nil
        }
    }
}
