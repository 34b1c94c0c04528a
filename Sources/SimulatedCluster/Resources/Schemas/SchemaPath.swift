import KubernetesModel

/// The way from a value to one of its fields, by names: `.spec.size`, `['a b']`.
enum SchemaPath {
    struct Failure: Error {
        let message: String
    }

    /// The schema of the field, and its path as it is told.
    static func follow(_ text: String, in schema: JSONValue, allowsBrackets: Bool) throws(Failure) -> (path: FieldPath, schema: JSONValue?)
    {
        var (path, schema, rest): (FieldPath, JSONValue?, [String]) = (.root, schema, tokens(of: text)[...].reversed())
        func next() throws(Failure) -> String {
            guard let token = rest.popLast() else { throw Failure(message: "unexpected end of JSON path") }
            return token
        }
        func enter(_ name: String) throws(Failure) {
            if let properties = schema?["properties"]?.objectValue {
                guard let property = properties[name] else { throw Failure(message: "does not refer to a valid field") }
                (path, schema) = (path[name], property)
            } else if schema?.says("additionalProperties") == true {
                (path, schema) = (path.key(name), schema?.child("additionalProperties"))
            } else {
                throw Failure(message: "does not refer to a valid field")
            }
        }
        while let token = rest.popLast() {
            switch token {
            case ".": try enter(try next())
            case "[":
                guard allowsBrackets else { throw Failure(message: "array notation is not allowed") }
                let name = try next()
                guard name.utf8.count >= 2, name.hasPrefix("'"), name.hasSuffix("'") else {
                    throw Failure(message: "expected single quoted string but got \(name)")
                }
                try enter(String(name.dropFirst().dropLast()).replacing("\\'", with: "'"))
                let end = try next()
                guard end == "]" else { throw Failure(message: "expected ] but got \(end)") }
            default: throw Failure(message: "expected [ or . but got: \(token)")
            }
        }
        return (path, schema)
    }

    /// Dots and brackets, and what stands between them; in quotes they mean nothing.
    private static func tokens(of text: String) -> [String] {
        var (tokens, current, isQuoted, isEscaped): ([String], String, Bool, Bool) = ([], "", false, false)
        for character in text {
            if !isQuoted, ".[]".contains(character) {
                if !current.isEmpty { tokens.append(current) }
                tokens.append(String(character))
                current = ""
                continue
            }
            if character == "'", !isEscaped, current.isEmpty || isQuoted { isQuoted.toggle() }
            isEscaped = character == "\\" && !isEscaped
            current.append(character)
        }
        if !current.isEmpty { tokens.append(current) }
        return tokens
    }
}
