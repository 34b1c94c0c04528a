import KubernetesModel

/// OpenAPI v2, made of the v3 documents of all group versions: kubectl asks for it where v3 doesn't tell, as for a v1 List.
struct SwaggerDocument {
    let json: JSONValue

    /// - Parameter documents: as `OpenAPIWriter` writes them.
    init(_ documents: [JSONValue]) {
        var (paths, definitions) = (JSONObject(), JSONObject())
        for document in documents {
            for (path, item) in document["paths"]?.objectValue ?? [:] { paths[path] = Self.item(item) }
            for (name, schema) in document["components"]?["schemas"]?.objectValue ?? [:] where definitions[name] == nil {
                definitions[name] = Self.schema(schema)
            }
        }
        json = [
            "swagger": "2.0", "info": ["title": "Kubernetes", "version": .string(RootPaths.kubernetesVersion)],
            "paths": .object(paths), "definitions": .object(definitions),
        ]
    }

    private static func item(_ item: JSONValue) -> JSONValue {
        .object(item.objectValue?.mapValues(operation) ?? [:])
    }

    private static func operation(_ operation: JSONValue) -> JSONValue {
        var result = operation
        var parameters: [JSONValue] = (operation["parameters"]?.arrayValue ?? []).map { parameter in
            ["name": parameter["name"] ?? "", "in": "query", "type": "string", "uniqueItems": true]
        }
        if let content = operation["requestBody"]?["content"]?.objectValue {
            result["consumes"] = JSONValue(content.keys)
            parameters.insert(
                ["name": "body", "in": "body", "required": true, "schema": schema(content.values.first?["schema"] ?? [:])], at: 0)
        }
        result["requestBody"] = nil
        result["parameters"] = parameters.isEmpty ? nil : .array(parameters)
        result["produces"] = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"]
        let answer = operation["responses"]?["200"]?["content"]?["application/json"]?["schema"]
        result["responses"] = ["200": ["description": "OK", "schema": schema(answer ?? [:])]]
        return result
    }

    private static func schema(_ schema: JSONValue) -> JSONValue {
        guard var object = schema.objectValue else { return schema }
        if let reference = object["$ref"]?.stringValue { return ["$ref": .string(definition(reference))] }
        if let only = object["allOf"]?.arrayValue, only.count == 1, let reference = only[0]["$ref"]?.stringValue {
            object["allOf"] = nil
            object["$ref"] = .string(definition(reference))
        }
        if object["format"] == "int-or-string" {
            object["oneOf"] = nil
            object["type"] = "string"
        }
        if object["x-kubernetes-int-or-string"] == true { object["type"] = nil }
        // Clients that know this version only would take what is named for all that there may be.
        if object["x-kubernetes-preserve-unknown-fields"] == true {
            for key in ["properties", "items", "additionalProperties", "required"] { object[key] = nil }
        }
        for key in ["oneOf", "anyOf", "not", "nullable"] { object[key] = nil }
        for key in ["items", "additionalProperties"] { object[key] = object[key].map(self.schema) }
        if let properties = object["properties"]?.objectValue { object["properties"] = .object(properties.mapValues(self.schema)) }
        return .object(object)
    }

    private static func definition(_ reference: String) -> String {
        reference.replacing("#/components/schemas/", with: "#/definitions/")
    }
}
