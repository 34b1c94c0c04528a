import KubernetesModel

/// Reads the document that lists every group with its versions and resources (KEP-3352).
enum AggregatedDiscovery {
    static let accept = """
        application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,\
        application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json
        """

    /// Nil when the document is another one: an older server's.
    static func read(_ document: JSONValue) -> DiscoveredResources? {
        guard document["kind"]?.stringValue == "APIGroupDiscoveryList" else { return nil }
        var discovered = DiscoveredResources()
        for group in document["items"]?.arrayValue ?? [] {
            let name = group["metadata"]?["name"]?.stringValue ?? ""
            for version in group["versions"]?.arrayValue ?? [] {
                guard let versionName = version["version"]?.stringValue else { continue }
                let groupVersion = GroupVersion(group: name, version: versionName)
                discovered.groupVersions.append(groupVersion)
                if version["freshness"]?.stringValue == "Stale" { discovered.unavailable.append(groupVersion) }
                discovered.resources += (version["resources"]?.arrayValue ?? []).compactMap { resource($0, in: groupVersion) }
            }
        }
        return discovered
    }

    private static func resource(_ json: JSONValue, in groupVersion: GroupVersion) -> APIResource? {
        guard let name = json["resource"]?.stringValue else { return nil }
        return APIResource(
            groupVersion: groupVersion,
            name: name,
            singularName: json["singularResource"]?.stringValue ?? "",
            kind: json["responseKind"]?["kind"]?.stringValue ?? "",
            shortNames: json["shortNames"]?.strings ?? [],
            categories: json["categories"]?.strings ?? [],
            verbs: (json["verbs"]?.strings ?? []).sorted(),
            isNamespaced: json["scope"]?.stringValue == "Namespaced",
            subresources: (json["subresources"]?.arrayValue ?? []).compactMap { subresource($0, in: groupVersion) }
        )
    }

    private static func subresource(_ json: JSONValue, in groupVersion: GroupVersion) -> APIResource.Subresource? {
        guard let name = json["subresource"]?.stringValue else { return nil }
        let kind = json["responseKind"]
        let own = GroupVersion(
            group: kind?["group"]?.stringValue ?? groupVersion.group, version: kind?["version"]?.stringValue ?? groupVersion.version
        )
        return APIResource.Subresource(
            name: name, kind: kind?["kind"]?.stringValue ?? "", groupVersion: own == groupVersion || own.version.isEmpty ? nil : own,
            verbs: (json["verbs"]?.strings ?? []).sorted()
        )
    }
}

extension JSONValue {
    /// The strings of an array.
    var strings: [String] { arrayValue?.compactMap(\.stringValue) ?? [] }
}
