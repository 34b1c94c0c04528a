import KubernetesModel

/// Reads custom resource definitions.
enum CustomResourceDefinition {
    /// One resource per served version. A definition that is being deleted goes on serving until its objects are gone.
    static func resources(of definition: KubernetesObject) -> [CustomResource] {
        let spec = definition.spec
        guard let group = spec["group"]?.stringValue, let names = spec["names"],
            let versions = spec["versions"]?.arrayValue
        else { return [] }
        let storage = versions.first { $0["storage"]?.boolValue == true }?["name"]?.stringValue ?? ""
        return versions.filter { $0["served"]?.boolValue == true }.compactMap { version in
            resource(of: version, group: group, names: names, isNamespaced: spec["scope"] == "Namespaced", storage: storage)
        }
    }

    private static func resource(
        of version: JSONValue, group: String, names: JSONValue, isNamespaced: Bool, storage: String
    ) -> CustomResource? {
        guard let name = version["name"]?.stringValue, let plural = names["plural"]?.stringValue, let kind = names["kind"]?.stringValue
        else { return nil }
        let columns = version["additionalPrinterColumns"]?.arrayValue ?? defaultColumns
        let resource = APIResource(
            groupVersion: GroupVersion(group: group, version: name), name: plural, singularName: names["singular"]?.stringValue ?? "",
            kind: kind, shortNames: strings(names["shortNames"]), categories: strings(names["categories"]),
            verbs: ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"], isNamespaced: isNamespaced,
            subresources: subresources(of: version, kind: kind),
            columns: [PrinterColumn(name: "Name", format: "name")] + columns.map(column)
        )
        let schema = version[path: ["schema", "openAPIV3Schema"]] ?? [:]
        return CustomResource(
            resource: resource, storageVersion: storage, schema: schema, patterns: SchemaPatterns(of: schema),
            scale: scale(of: version), columnPaths: columns.map { $0["jsonPath"]?.stringValue ?? "" },
            listKind: names["listKind"]?.stringValue ?? "\(kind)List",
            selectableFields: (version["selectableFields"]?.arrayValue ?? []).compactMap { $0["jsonPath"]?.stringValue }
                .map { String($0.drop { $0 == "." }) }, deprecationWarning: deprecation(of: version, resource)
        )
    }

    private static func deprecation(of version: JSONValue, _ resource: APIResource) -> String? {
        guard version["deprecated"] == true else { return nil }
        return version["deprecationWarning"]?.stringValue ?? "\(resource.groupVersion.apiVersion) \(resource.kind) is deprecated"
    }

    private static let defaultColumns: [JSONValue] = [["name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"]]

    private static func strings(_ value: JSONValue?) -> [String] {
        value?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    private static func column(_ json: JSONValue) -> PrinterColumn {
        PrinterColumn(
            name: json["name"]?.stringValue ?? "", type: PrinterColumn.DataType(rawValue: json["type"]?.stringValue ?? "") ?? .string,
            format: json["format"]?.stringValue ?? "", priority: json["priority"]?.intValue ?? 0
        )
    }

    private static func subresources(of version: JSONValue, kind: String) -> [APIResource.Subresource] {
        var subresources: [APIResource.Subresource] = []
        let verbs = ["get", "patch", "update"]
        if version["subresources"]?["status"] != nil { subresources.append(.init(name: "status", kind: kind, verbs: verbs)) }
        if version["subresources"]?["scale"] != nil {
            let autoscaling = GroupVersion(group: "autoscaling", version: "v1")
            subresources.append(.init(name: "scale", kind: "Scale", groupVersion: autoscaling, verbs: verbs))
        }
        return subresources
    }

    private static func scale(of version: JSONValue) -> CustomResource.ScalePaths? {
        guard let scale = version["subresources"]?["scale"], let spec = scale["specReplicasPath"]?.stringValue,
            let status = scale["statusReplicasPath"]?.stringValue
        else { return nil }
        return CustomResource.ScalePaths(specReplicas: spec, statusReplicas: status, selector: scale["labelSelectorPath"]?.stringValue)
    }

    // MARK: Status

    /// The status of a definition, which is served unless its names are taken: it keeps the times of conditions that stay as they are.
    static func status(of definition: KubernetesObject, _ conflict: DefinedNames.Conflict?, at now: Instant) -> JSONValue {
        var status = definition.status
        let present = status["conditions"]?.arrayValue ?? []
        if let conflict {
            status["conditions"] = .array([
                condition("NamesAccepted", false, conflict.reason, conflict.message, among: present, at: now),
                condition("Established", false, "NotAccepted", "not all names are accepted", among: present, at: now),
            ])
            return status
        }
        status["acceptedNames"] = definition.spec["names"]
        let storage = definition.spec["versions"]?.arrayValue?.first { $0["storage"]?.boolValue == true }?["name"]?.stringValue
        var versions = strings(status["storedVersions"])
        if let storage, !versions.contains(storage) { versions.append(storage) }
        status["storedVersions"] = JSONValue(versions)
        status["conditions"] = .array([
            condition("NamesAccepted", true, "NoConflicts", "no conflicts found", among: present, at: now),
            condition("Established", true, "InitialNamesAccepted", "the initial names have been accepted", among: present, at: now),
        ])
        return status
    }

    private static func condition(
        _ type: String, _ isTrue: Bool, _ reason: String, _ message: String, among present: [JSONValue], at now: Instant
    ) -> JSONValue {
        let text: JSONValue = isTrue ? "True" : "False"
        if let known = present.first(where: { $0["type"]?.stringValue == type }), known["status"] == text { return known }
        return [
            "type": .string(type), "status": text, "lastTransitionTime": .string(KubernetesTime.seconds(now)),
            "reason": .string(reason), "message": .string(message),
        ]
    }
}
