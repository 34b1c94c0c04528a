import KubernetesModel

/// Writes the document of one group version: its paths, and every schema that its kinds are made of.
struct OpenAPIWriter {
    let registry: ResourceRegistry
    let groupVersion: GroupVersion

    var document: JSONValue {
        let resources = registry.catalog.resources(in: groupVersion)
        var paths = JSONObject()
        for resource in resources { add(resource, to: &paths) }
        return [
            "openapi": "3.0.0", "info": ["title": "Kubernetes", "version": .string(RootPaths.kubernetesVersion)],
            "paths": .object(paths), "components": ["schemas": .object(schemas(of: resources))],
        ]
    }

    // MARK: Paths

    private func add(_ resource: APIResource, to paths: inout JSONObject) {
        let namespace = resource.isNamespaced ? "{namespace}" : nil
        let collection = resource.gvr.path(namespace: namespace)
        let item = resource.gvr.path(namespace: namespace, name: "{name}")
        paths[collection] = operations(on: resource, ["get": ("list", "list"), "post": ("create", "post")])
        guard resource.verbs != ["create"] else { return }
        paths[item] = operations(
            on: resource, ["get": ("get", "get"), "put": ("update", "put"), "patch": ("patch", "patch"), "delete": ("delete", "delete")]
        )
    }

    private func operations(on resource: APIResource, _ methods: KeyValuePairs<String, (verb: String, action: String)>) -> JSONValue {
        var operations = JSONObject()
        for (method, use) in methods where resource.supports(use.verb) {
            operations[method] = operation(on: resource, action: use.action)
        }
        return .object(operations)
    }

    private func operation(on resource: APIResource, action: String) -> JSONValue {
        let schema: JSONValue = ["$ref": .string("#/components/schemas/\(schemaName(of: resource))")]
        var operation: JSONObject = [
            "x-kubernetes-action": .string(action), "x-kubernetes-group-version-kind": Self.kind(resource.gvk),
            "responses": ["200": ["description": "OK", "content": ["application/json": ["schema": schema]]]],
        ]
        guard ["post", "put", "patch"].contains(action) else { return .object(operation) }
        operation["parameters"] = .array(
            ["dryRun", "fieldManager", "fieldValidation"].map { name in
                ["name": .string(name), "in": "query", "schema": ["type": "string", "uniqueItems": true]]
            }
        )
        let types = action == "patch" ? patchTypes(of: resource) : ["*/*"]
        let content = JSONObject(types.map { ($0, ["schema": schema] as JSONValue) })
        operation["requestBody"] = ["content": .object(content), "required": true]
        return .object(operation)
    }

    private func patchTypes(of resource: APIResource) -> [String] {
        let all: [PatchRequest.Kind] = [.apply, .json, .merge, .strategic]
        return all.filter { $0 != .strategic || registry.custom(resource.gvr) == nil }.map(\.rawValue)
    }

    private static func kind(_ gvk: GroupVersionKind) -> JSONValue {
        ["group": .string(gvk.group), "version": .string(gvk.version), "kind": .string(gvk.kind)]
    }

    // MARK: Schemas

    private func schemaName(of resource: APIResource) -> String {
        if let known = SchemaCatalog.builtIn.definition(for: resource.gvk) { return known.name }
        let group = resource.group.split(separator: ".").reversed().joined(separator: ".")
        return "\(group).\(resource.version).\(resource.kind)"
    }

    private func schemas(of resources: [APIResource]) -> JSONObject {
        let catalog = SchemaCatalog.builtIn
        var waiting = catalog.definitions.filter { $0.groupVersionKind?.groupVersion == groupVersion }
        var schemas = JSONObject()
        for resource in resources {
            guard let custom = registry.custom(resource.gvr) else { continue }
            schemas[schemaName(of: resource)] = customSchema(custom)
            waiting += [catalog.definition(named: Self.metadata)].compactMap { $0 }
        }
        while let definition = waiting.popLast() {
            guard schemas[definition.name] == nil else { continue }
            schemas[definition.name] = Self.schema(of: definition, in: catalog)
            waiting += definition.fields.compactMap { Self.reference(in: $0.type, catalog) }
        }
        schemas.sortKeys()
        return schemas
    }

    private static let metadata = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"

    private func customSchema(_ custom: CustomResource) -> JSONValue {
        var schema = custom.schema
        if schema["type"] == nil { schema["type"] = "object" }
        schema[path: ["properties", "apiVersion"]] = ["type": "string"]
        schema[path: ["properties", "kind"]] = ["type": "string"]
        schema[path: ["properties", "metadata"]] = ["allOf": [["$ref": .string("#/components/schemas/\(Self.metadata)")]]]
        schema["x-kubernetes-group-version-kind"] = [Self.kind(custom.resource.gvk)]
        return schema
    }

    private static func schema(of definition: SchemaDefinition, in catalog: SchemaCatalog) -> JSONValue {
        var schema: JSONObject = ["type": "object"]
        if !definition.fields.isEmpty {
            schema["properties"] = .object(JSONObject(definition.fields.map { ($0.name, property($0, catalog)) }))
        }
        let required = definition.fields.filter(\.isRequired).map(\.name)
        if !required.isEmpty { schema["required"] = JSONValue(required) }
        if definition.isAtomic { schema["x-kubernetes-map-type"] = "atomic" }
        if let gvk = definition.groupVersionKind { schema["x-kubernetes-group-version-kind"] = [kind(gvk)] }
        return .object(schema)
    }

    private static func property(_ field: SchemaField, _ catalog: SchemaCatalog) -> JSONValue {
        var property = type(field.type, catalog)
        if !field.enumeration.isEmpty { property["enum"] = JSONValue(field.enumeration) }
        if field.isAtomicMap { property["x-kubernetes-map-type"] = "atomic" }
        switch field.list {
        case .atomic: if case .list = field.type { property["x-kubernetes-list-type"] = "atomic" }
        case .set: property["x-kubernetes-list-type"] = "set"
        case .map(let keys):
            property["x-kubernetes-list-type"] = "map"
            property["x-kubernetes-list-map-keys"] = JSONValue(keys)
        }
        let strategy = [("merge", field.patch.merges), ("replace", field.patch.replaces), ("retainKeys", field.patch.retainsKeys)]
            .filter(\.1).map(\.0)
        if !strategy.isEmpty { property["x-kubernetes-patch-strategy"] = .string(strategy.joined(separator: ",")) }
        if !field.patch.mergeKey.isEmpty { property["x-kubernetes-patch-merge-key"] = .string(field.patch.mergeKey) }
        return .object(property)
    }

    private static func type(_ type: SchemaType, _ catalog: SchemaCatalog) -> JSONObject {
        switch type {
        case .string, .quantity: ["type": "string"]
        case .boolean: ["type": "boolean"]
        case .int32: ["type": "integer", "format": "int32"]
        case .int64: ["type": "integer", "format": "int64"]
        case .double: ["type": "number", "format": "double"]
        case .bytes: ["type": "string", "format": "byte"]
        case .time, .microTime: ["type": "string", "format": "date-time"]
        case .intOrString: ["format": "int-or-string", "oneOf": [["type": "integer"], ["type": "string"]]]
        case .anything, .raw: ["type": "object"]
        case .list(let element): ["type": "array", "items": .object(self.type(element, catalog))]
        case .map(let element): ["type": "object", "additionalProperties": .object(self.type(element, catalog))]
        case .object:
            reference(in: type, catalog).map { ["allOf": [["$ref": .string("#/components/schemas/\($0.name)")]]] } ?? ["type": "object"]
        }
    }

    /// The definition that a field's type leads to.
    private static func reference(in type: SchemaType, _ catalog: SchemaCatalog) -> SchemaDefinition? {
        switch type {
        case .object(let index): catalog.definitions.indices.contains(index) ? catalog.definitions[index] : nil
        case .list(let element), .map(let element): reference(in: element, catalog)
        default: nil
        }
    }
}
