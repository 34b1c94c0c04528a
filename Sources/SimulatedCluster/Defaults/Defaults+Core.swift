import KubernetesModel

extension Defaults {
    static func replicationController(_ json: inout JSONObject) {
        let labels = json.object("spec")?.object("template")?.object("metadata")?.object("labels")
        if let labels, !labels.isEmpty {
            json.modifyOrCreate("metadata") { $0.setDefault("labels", .object(labels)) }
        }
        json.modify("spec") { spec in
            spec.setDefault("replicas", 1)
            if let labels, !labels.isEmpty { spec.setDefault("selector", .object(labels)) }
            spec.modify("template") { podTemplate(&$0) }
        }
    }

    static func endpoints(_ json: inout JSONObject) {
        json.modifyEach("subsets") { subset in
            subset.modifyEach("ports") { $0.setDefaultText("protocol", "TCP") }
        }
    }

    /// `stringData` is written to `data` and never read back.
    static func secret(_ json: inout JSONObject) {
        json.setDefaultText("type", "Opaque")
        guard let plain = json.object("stringData") else { return }
        json.removeValue(forKey: "stringData")
        guard !plain.isEmpty else { return }
        json.modifyOrCreate("data") { data in
            for (key, value) in plain {
                if let text = value.stringValue { data[key] = .string(Base64.encode(Array(text.utf8))) }
            }
        }
    }

    /// Limits come from the maximum, requests from the limit, else from the minimum; for containers only.
    static func limitRange(_ json: inout JSONObject) {
        json.modify("spec") { spec in
            spec.modifyEach("limits") { item in
                guard item.string("type") == "Container" else { return }
                item.fillResources("default", from: "max")
                item.fillResources("defaultRequest", from: "default")
                item.fillResources("defaultRequest", from: "min")
            }
        }
    }

    static func namespace(_ json: inout JSONObject) {
        let name = json.object("metadata")?.string("name") ?? ""
        if !name.isEmpty {
            json.modifyOrCreate("metadata") { metadata in
                metadata.modifyOrCreate("labels") { $0["kubernetes.io/metadata.name"] = .string(name) }
            }
        }
        json.modifyOrCreate("spec") { _ in }
        json.modifyOrCreate("status") { $0.setDefaultText("phase", "Active") }
    }

    static func node(_ json: inout JSONObject) {
        // Of the older field and the newer list the field counts.
        json.modify("spec") { spec in
            let (range, ranges) = (spec.string("podCIDR"), spec.strings("podCIDRs"))
            if !range.isEmpty {
                spec["podCIDRs"] = JSONValue([range] + ranges.dropFirst())
            } else if let first = ranges.first {
                spec["podCIDR"] = .string(first)
            }
        }
        json.modify("status") { status in
            if let capacity = status.object("capacity") { status.setDefault("allocatable", .object(capacity)) }
        }
    }
}

extension JSONObject {
    /// Adds the members of one resource list to another, where they are missing there.
    mutating func fillResources(_ key: String, from source: String) {
        guard let source = object(source), !source.isEmpty else { return }
        modifyOrCreate(key) { list in
            for (name, quantity) in source { list.setDefault(name, quantity) }
        }
    }
}
