import KubernetesModel

/// OpenAPI v2 in the protobuf form that kubectl reads, with gnostic's field numbers (openapiv2/OpenAPIv2.proto).
enum SwaggerProtobuf {
    static let contentType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"

    /// Clients still ask for the form by an older name, which is no media type by the rules.
    static func isAccepted(_ accept: String) -> Bool {
        accept.hasPrefix(contentType) || accept.hasPrefix("application/com.github.proto-openapi.spec.v2@v1.0+protobuf")
    }

    static func bytes(of document: JSONValue) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.write(document["swagger"]?.stringValue, 1)
        writer.write(2) { info in
            info.write(document["info"]?["title"]?.stringValue, 1)
            info.write(document["info"]?["version"]?.stringValue, 2)
        }
        writer.write(8) { paths in
            for (path, item) in document["paths"]?.objectValue ?? [:] {
                named(path, 2, &paths) { self.item(item, &$0) }
            }
        }
        writer.write(9) { definitions in
            for (name, schema) in document["definitions"]?.objectValue ?? [:] {
                named(name, 1, &definitions) { self.schema(schema, &$0) }
            }
        }
        return writer.bytes
    }

    /// An entry of a map: a name and a message.
    private static func named(_ name: String, _ field: Int, _ writer: inout ProtobufWriter, _ content: (inout ProtobufWriter) -> Void) {
        writer.write(field) { entry in
            entry.write(name, 1)
            entry.write(2, content)
        }
    }

    private static let methods = ["get": 2, "put": 3, "post": 4, "delete": 5, "patch": 8]

    private static func item(_ item: JSONValue, _ writer: inout ProtobufWriter) {
        for (method, operation) in item.objectValue ?? [:] {
            guard let field = methods[method] else { continue }
            writer.write(field) { self.operation(operation, &$0) }
        }
    }

    private static func operation(_ operation: JSONValue, _ writer: inout ProtobufWriter) {
        for type in strings(operation["produces"]) { writer.write(type, 6) }
        for type in strings(operation["consumes"]) { writer.write(type, 7) }
        for parameter in operation["parameters"]?.arrayValue ?? [] {
            writer.write(8) { item in item.write(1) { self.parameter(parameter, &$0) } }
        }
        writer.write(9) { responses in
            for (code, response) in operation["responses"]?.objectValue ?? [:] {
                named(code, 1, &responses) { value in
                    value.write(1) { answer in
                        answer.write(response["description"]?.stringValue, 1)
                        guard let schema = response["schema"] else { return }
                        answer.write(2) { item in item.write(1) { self.schema(schema, &$0) } }
                    }
                }
            }
        }
        extensions(of: operation, 13, &writer)
    }

    private static func parameter(_ parameter: JSONValue, _ writer: inout ProtobufWriter) {
        guard parameter["in"] == "body" else {
            return writer.write(2) { plain in
                plain.write(3) { query in
                    query.write("query", 2)
                    query.write(parameter["name"]?.stringValue, 4)
                    query.write(parameter["type"]?.stringValue, 6)
                    query.write(true, 20)
                }
            }
        }
        writer.write(1) { body in
            body.write(parameter["name"]?.stringValue, 2)
            body.write("body", 3)
            body.write(true, 4)
            if let schema = parameter["schema"] { body.write(5) { self.schema(schema, &$0) } }
        }
    }

    private static func schema(_ schema: JSONValue, _ writer: inout ProtobufWriter) {
        writer.write(schema["$ref"]?.stringValue, 1)
        writer.write(schema["format"]?.stringValue, 2)
        writer.write(schema["description"]?.stringValue, 4)
        writer.write(schema["pattern"]?.stringValue, 13)
        for name in strings(schema["required"]) { writer.write(name, 19) }
        for value in schema["enum"]?.arrayValue ?? [] { writer.write(20) { $0.write(YAML.write(value), 2) } }
        if let additional = schema["additionalProperties"], additional.objectValue != nil {
            writer.write(21) { item in item.write(1) { self.schema(additional, &$0) } }
        }
        if let type = schema["type"]?.stringValue { writer.write(22) { $0.write(type, 1) } }
        if let items = schema["items"] { writer.write(23) { item in item.write(1) { self.schema(items, &$0) } } }
        if let properties = schema["properties"]?.objectValue {
            writer.write(25) { map in
                for (name, property) in properties { named(name, 1, &map) { self.schema(property, &$0) } }
            }
        }
        extensions(of: schema, 31, &writer)
    }

    private static func extensions(of value: JSONValue, _ field: Int, _ writer: inout ProtobufWriter) {
        for (name, content) in value.objectValue ?? [:] where name.hasPrefix("x-") {
            named(name, field, &writer) { $0.write(YAML.write(content), 2) }
        }
    }

    private static func strings(_ value: JSONValue?) -> [String] {
        value?.arrayValue?.compactMap(\.stringValue) ?? []
    }
}
