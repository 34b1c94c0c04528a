import KubernetesModel

/// Reads the documents of servers that do not aggregate discovery: one of groups, and one for each group's version.
enum LegacyDiscovery {
    /// The versions that `/api` (`APIVersions`) or `/apis` (`APIGroupList`) lists, each group's preferred one first.
    static func groupVersions(_ document: JSONValue) -> [GroupVersion] {
        if document["kind"]?.stringValue == "APIVersions" {
            return (document["versions"]?.strings ?? []).map { GroupVersion(group: "", version: $0) }
        }
        return (document["groups"]?.arrayValue ?? []).flatMap { group -> [GroupVersion] in
            let all = (group["versions"]?.arrayValue ?? []).compactMap { $0["groupVersion"]?.stringValue }
            let preferred = group["preferredVersion"]?["groupVersion"]?.stringValue
            let ordered = all.filter { $0 == preferred } + all.filter { $0 != preferred }
            return ordered.map { GroupVersion(apiVersion: $0) }
        }
    }

    /// Reads an `APIResourceList`, in which subresources stand as `pods/log` beside their resource.
    static func resources(_ document: JSONValue, in groupVersion: GroupVersion) -> [APIResource] {
        let entries = document["resources"]?.arrayValue ?? []
        var resources: [APIResource] = []
        var subresources: [String: [APIResource.Subresource]] = [:]
        for entry in entries {
            guard let name = entry["name"]?.stringValue else { continue }
            let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
            if parts.count == 2 {
                subresources[parts[0], default: []].append(subresource(entry, named: parts[1]))
            } else {
                resources.append(resource(entry, named: name, in: groupVersion))
            }
        }
        return resources.map { resource in
            var resource = resource
            resource.subresources = subresources[resource.name] ?? []
            return resource
        }
    }

    private static func resource(_ json: JSONValue, named name: String, in groupVersion: GroupVersion) -> APIResource {
        APIResource(
            groupVersion: groupVersion,
            name: name,
            singularName: json["singularName"]?.stringValue ?? "",
            kind: json["kind"]?.stringValue ?? "",
            shortNames: json["shortNames"]?.strings ?? [],
            categories: json["categories"]?.strings ?? [],
            verbs: (json["verbs"]?.strings ?? []).sorted(),
            isNamespaced: json["namespaced"]?.boolValue ?? false
        )
    }

    private static func subresource(_ json: JSONValue, named name: String) -> APIResource.Subresource {
        var groupVersion: GroupVersion?
        if let version = json["version"]?.stringValue {
            groupVersion = GroupVersion(group: json["group"]?.stringValue ?? "", version: version)
        }
        return APIResource.Subresource(
            name: name, kind: json["kind"]?.stringValue ?? "", groupVersion: groupVersion,
            verbs: (json["verbs"]?.strings ?? []).sorted()
        )
    }
}
