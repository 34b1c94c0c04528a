import Yams

/// Why a text is not the YAML of JSON values, and where.
package struct YAMLError: Error, Sendable, Hashable, CustomStringConvertible {
    package var problem: String
    /// From 1; nil when the place is not known.
    package var line: Int?

    package var description: String {
        line.map { "invalid YAML in line \($0): \(problem)" } ?? "invalid YAML: \(problem)"
    }
}

/// YAML as Kubernetes uses it: another way to write JSON values.
package enum YAML {
    /// Reads every document of a text. Numbers keep their digits and mappings their order.
    /// - Throws: `YAMLError`.
    package static func parse(_ text: String) throws(YAMLError) -> [JSONValue] {
        var documents: [JSONValue] = []
        do {
            let parser = try Parser(yaml: text, resolver: .basic, constructor: .default)
            while let node = try parser.nextRoot() {
                var reader = YAMLNodeReader()
                documents.append(try reader.value(node, depth: 0))
            }
        } catch let error as YAMLError {
            throw error
        } catch let error as YamlError {
            throw YAMLError(error)
        } catch {
            throw YAMLError(problem: "\(error)", line: nil)
        }
        return documents
    }

    /// Reads a text that holds one document at most; an empty one is null.
    /// - Throws: `YAMLError`.
    package static func parseOne(_ text: String) throws(YAMLError) -> JSONValue {
        let documents = try parse(text)
        guard documents.count <= 1 else { throw YAMLError(problem: "more than one document", line: nil) }
        return documents.first ?? .null
    }

    /// Writes a document as `kubectl get -o yaml` does.
    /// - Parameter sortsKeys: orders members by name, as kubectl does; otherwise they stay as they are.
    package static func write(_ value: JSONValue, sortsKeys: Bool = true) -> String {
        var writer = YAMLWriter(sortsKeys: sortsKeys)
        writer.writeDocument(value)
        return writer.text
    }
}

extension YAMLError {
    fileprivate init(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            self.init(problem: problem, line: mark.line)
        case .reader(let problem, _, _, _):
            self.init(problem: problem, line: nil)
        case .duplicatedKeysInMapping(let duplicates, let context):
            self.init(problem: "a key stands twice in one mapping: \(duplicates.sorted().joined(separator: ", "))", line: context.mark.line)
        default:
            self.init(problem: "it cannot be read", line: nil)
        }
    }
}

/// Turns the nodes of a document into JSON values.
private struct YAMLNodeReader {
    /// Aliases may multiply what a small text says; a document that grows beyond this is refused.
    private static let largestDocument = 1_000_000
    private var count = 0

    mutating func value(_ node: Yams.Node, depth: Int) throws(YAMLError) -> JSONValue {
        count += 1
        guard count <= Self.largestDocument else { throw YAMLError(problem: "the document is too large", line: node.mark?.line) }
        guard depth <= JSONParser.maximumDepth else { throw YAMLError(problem: "nested too deep", line: node.mark?.line) }
        switch node {
        case .scalar(let scalar): return try self.scalar(scalar)
        case .sequence(let sequence):
            var elements: [JSONValue] = []
            for element in sequence { elements.append(try value(element, depth: depth + 1)) }
            return .array(elements)
        case .mapping(let mapping): return .object(try object(mapping, depth: depth))
        case .alias: throw YAMLError(problem: "an alias without its anchor", line: node.mark?.line)
        }
    }

    private mutating func object(_ mapping: Yams.Node.Mapping, depth: Int) throws(YAMLError) -> JSONObject {
        var object = JSONObject()
        for (keyNode, valueNode) in mapping {
            guard case .scalar(let scalar) = keyNode else { throw YAMLError(problem: "a key is no scalar", line: keyNode.mark?.line) }
            let value = try self.value(valueNode, depth: depth + 1)
            if scalar.string == "<<", scalar.style == .plain {
                try merge(value, into: &object, line: keyNode.mark?.line)
            } else {
                object[scalar.string] = value  // A key is a string, even where a value would not be: `on`, `80`.
            }
        }
        return object
    }

    /// What stands in the mapping itself wins over what `<<` brings along.
    private func merge(_ value: JSONValue, into object: inout JSONObject, line: Int?) throws(YAMLError) {
        for source in value.arrayValue ?? [value] {
            guard let members = source.objectValue else { throw YAMLError(problem: "<< needs a mapping", line: line) }
            for (key, value) in members where object[key] == nil { object[key] = value }
        }
    }

    private func scalar(_ scalar: Yams.Node.Scalar) throws(YAMLError) -> JSONValue {
        let tag = scalar.tag.description
        switch tag {
        case "tag:yaml.org,2002:str", "!", "tag:yaml.org,2002:binary": return .string(scalar.string)
        case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null": break
        default:
            // Quotes and block styles make a string of anything.
            guard scalar.style == .plain else { return .string(scalar.string) }
        }
        switch YAMLScalar.resolve(scalar.string) {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .number(let number): return .number(number)
        case .notInJSON: throw YAMLError(problem: "\(scalar.string) is no number of JSON", line: scalar.mark?.line)
        case .string, .timestamp, .merge: return .string(scalar.string)
        }
    }
}
