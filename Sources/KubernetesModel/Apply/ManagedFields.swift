/// `metadata.managedFields`: who owns which fields.
package struct ManagedFields: Sendable, Hashable {
    package enum Operation: String, Sendable, Hashable {
        case apply = "Apply"
        case update = "Update"
    }

    package struct Manager: Sendable, Hashable {
        package var name: String
        package var operation: Operation
        package var apiVersion: String
        /// Empty for the object itself.
        package var subresource: String

        package init(name: String, operation: Operation, apiVersion: String, subresource: String = "") {
            self.name = name
            self.operation = operation
            self.apiVersion = apiVersion
            self.subresource = subresource
        }

        /// As conflicts name it.
        var description: String {
            var text = name.goQuoted
            if !subresource.isEmpty { text += " with subresource \(subresource.goQuoted)" }
            if operation == .update { text += " using \(apiVersion)" }
            return text
        }
    }

    package struct Entry: Sendable, Hashable {
        package var fields: FieldSet
        /// RFC 3339.
        package var time: String?
    }

    package var entries: [Manager: Entry] = [:]

    package init() {}

    /// - Parameter json: entries that cannot be read are left out.
    package init(_ json: JSONValue?) {
        for element in json?.arrayValue ?? [] {
            guard let operation = Operation(rawValue: element.string("operation") ?? "") else { continue }
            let manager = Manager(
                name: element.string("manager") ?? "", operation: operation, apiVersion: element.string("apiVersion") ?? "",
                subresource: element.string("subresource") ?? ""
            )
            let fields = FieldSet(element["fieldsV1"])
            let known = entries[manager]
            entries[manager] = Entry(fields: known?.fields.union(fields) ?? fields, time: element.string("time") ?? known?.time)
        }
    }

    /// As an API server writes it: applies before updates, older before newer; nil when there is nothing.
    package var json: JSONValue? {
        let sorted = entries.filter { !$0.value.fields.isEmpty }.sorted { left, right in
            let first = (left.key.operation.rawValue, left.value.time ?? "", left.key.name, left.key.apiVersion, left.key.subresource)
            let second = (right.key.operation.rawValue, right.value.time ?? "", right.key.name, right.key.apiVersion, right.key.subresource)
            return first < second
        }
        guard !sorted.isEmpty else { return nil }
        return .array(
            sorted.map { manager, entry in
                var object: JSONObject = [
                    "apiVersion": .string(manager.apiVersion), "fieldsType": "FieldsV1", "fieldsV1": entry.fields.json,
                ]
                object["manager"] = .string(manager.name)
                object["operation"] = .string(manager.operation.rawValue)
                if !manager.subresource.isEmpty { object["subresource"] = .string(manager.subresource) }
                object["time"] = entry.time.map(JSONValue.string)
                return .object(object)
            })
    }

    /// Everything that anyone owns.
    var all: FieldSet {
        entries.values.reduce(FieldSet()) { $0.union($1.fields) }
    }
}
