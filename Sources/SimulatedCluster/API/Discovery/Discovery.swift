import KubernetesModel

/// Tells clients which resources are served, in the aggregated form of one document and in the older form of many.
struct Discovery {
    private let catalog: ResourceCatalog

    init(_ registry: ResourceRegistry) {
        catalog = registry.catalog
    }

    /// - Parameter path: the components of a path that begins with `api` or `apis`.
    func respond(to request: APIRequest, path: [String]) throws(StatusError) -> APIResponse {
        switch (path[0], path.count) {
        case ("api", 1), ("apis", 1):
            if let version = Self.aggregatedVersion(request) { return aggregated(request, path[0], version: version) }
            return try answer(request, path[0] == "api" ? versions : groupList)
        case ("api", 2): return try resourceList(request, GroupVersion(group: "", version: path[1]))
        case ("apis", 2):
            guard let group = catalog.groups.first(where: { $0.name == path[1] }) else { return RootPaths.notFound }
            return try answer(request, ["kind": "APIGroup", "apiVersion": "v1"], Self.members(of: group.name, group.versions))
        case ("apis", 3): return try resourceList(request, GroupVersion(group: path[1], version: path[2]))
        default: return RootPaths.notFound
        }
    }

    // MARK: Aggregated

    /// The first version of the aggregated form in the `Accept` header, unless plain JSON stands before it.
    private static func aggregatedVersion(_ request: APIRequest) -> String? {
        for type in MediaType.list(request.header("accept") ?? "") where type.accepts("application/json") {
            guard let shape = type.parameters["as"] else { return nil }
            guard shape == "APIGroupDiscoveryList", type.parameters["g"] == "apidiscovery.k8s.io" else { continue }
            if let version = type.parameters["v"], ["v2", "v2beta1"].contains(version) { return version }
        }
        return nil
    }

    private func aggregated(_ request: APIRequest, _ root: String, version: String) -> APIResponse {
        let groups = catalog.groups.filter { $0.name.isEmpty == (root == "api") }
        let document: JSONValue = [
            "kind": "APIGroupDiscoveryList", "apiVersion": .string("apidiscovery.k8s.io/\(version)"), "metadata": [:],
            "items": .array(
                groups.map { group in
                    [
                        "metadata": group.name.isEmpty
                            ? ["creationTimestamp": .null] : ["name": .string(group.name), "creationTimestamp": .null],
                        "versions": .array(group.versions.map(self.version)),
                    ]
                }),
        ]
        let bytes = JSONWriter.compact(document)
        let tag = "\"\(ContentHash.text(of: bytes))\""
        let type = "application/json;g=apidiscovery.k8s.io;v=\(version);as=APIGroupDiscoveryList"
        let headers = [(name: "content-type", value: type), (name: "etag", value: tag), (name: "vary", value: "Accept")]
        if request.header("if-none-match") == tag { return APIResponse(status: 304, headers: headers, body: .bytes([])) }
        return APIResponse(status: 200, headers: headers, body: .bytes(bytes + [UInt8(ascii: "\n")]))
    }

    private func version(_ groupVersion: GroupVersion) -> JSONValue {
        [
            "version": .string(groupVersion.version), "freshness": "Current",
            "resources": .array(catalog.resources(in: groupVersion).map(Self.aggregated)),
        ]
    }

    private static func aggregated(_ resource: APIResource) -> JSONValue {
        var json: JSONObject = [
            "resource": .string(resource.name), "responseKind": kind(resource.gvk),
            "scope": resource.isNamespaced ? "Namespaced" : "Cluster", "singularResource": .string(resource.singularName),
            "verbs": JSONValue(resource.verbs),
        ]
        if !resource.shortNames.isEmpty { json["shortNames"] = JSONValue(resource.shortNames) }
        if !resource.categories.isEmpty { json["categories"] = JSONValue(resource.categories) }
        let subresources = resource.subresources.map { subresource -> JSONValue in
            let version = subresource.groupVersion ?? resource.groupVersion
            return [
                "subresource": .string(subresource.name),
                "responseKind": kind(GroupVersionKind(group: version.group, version: version.version, kind: subresource.kind)),
                "verbs": JSONValue(subresource.verbs),
            ]
        }
        if !subresources.isEmpty { json["subresources"] = .array(subresources) }
        return .object(json)
    }

    private static func kind(_ gvk: GroupVersionKind) -> JSONValue {
        ["group": .string(gvk.group), "version": .string(gvk.version), "kind": .string(gvk.kind)]
    }

    // MARK: Group by group

    private func answer(_ request: APIRequest, _ documents: JSONObject...) throws(StatusError) -> APIResponse {
        let document = documents.reduce(into: JSONObject()) { all, part in
            for (key, value) in part { all[key] = value }
        }
        return ResponseWriter(form: try ResponseForm.negotiate(request)).respond(.object(document))
    }

    private var versions: JSONObject {
        [
            "kind": "APIVersions", "versions": ["v1"],
            "serverAddressByClientCIDRs": [["clientCIDR": "0.0.0.0/0", "serverAddress": "127.0.0.1:6443"]],
        ]
    }

    private var groupList: JSONObject {
        let groups = catalog.groups.filter { !$0.name.isEmpty }
        return [
            "kind": "APIGroupList", "apiVersion": "v1",
            "groups": .array(groups.map { .object(Self.members(of: $0.name, $0.versions)) }),
        ]
    }

    private static func members(of group: String, _ versions: [GroupVersion]) -> JSONObject {
        func json(_ version: GroupVersion) -> JSONValue {
            ["groupVersion": .string(version.apiVersion), "version": .string(version.version)]
        }
        return ["name": .string(group), "versions": .array(versions.map(json)), "preferredVersion": versions.first.map(json) ?? [:]]
    }

    private func resourceList(_ request: APIRequest, _ groupVersion: GroupVersion) throws(StatusError) -> APIResponse {
        guard catalog.groupVersions.contains(groupVersion) else {
            let isKnownGroup = catalog.groupVersions.contains { $0.group == groupVersion.group }
            if isKnownGroup { throw .unknownPath }
            return RootPaths.notFound
        }
        var document: JSONObject = ["kind": "APIResourceList"]
        if !groupVersion.group.isEmpty { document["apiVersion"] = "v1" }
        document["groupVersion"] = .string(groupVersion.apiVersion)
        document["resources"] = .array(catalog.resources(in: groupVersion).flatMap(Self.listed))
        return try answer(request, document)
    }

    private static func listed(_ resource: APIResource) -> [JSONValue] {
        var own: JSONObject = [
            "name": .string(resource.name), "singularName": .string(resource.singularName), "namespaced": .bool(resource.isNamespaced),
            "kind": .string(resource.kind), "verbs": JSONValue(resource.verbs),
        ]
        if !resource.shortNames.isEmpty { own["shortNames"] = JSONValue(resource.shortNames) }
        if !resource.categories.isEmpty { own["categories"] = JSONValue(resource.categories) }
        let subresources = resource.subresources.map { subresource -> JSONValue in
            var json: JSONObject = [
                "name": .string("\(resource.name)/\(subresource.name)"), "singularName": "", "namespaced": .bool(resource.isNamespaced),
            ]
            if let version = subresource.groupVersion {
                if !version.group.isEmpty { json["group"] = .string(version.group) }
                json["version"] = .string(version.version)
            }
            json["kind"] = .string(subresource.kind)
            json["verbs"] = JSONValue(subresource.verbs)
            return .object(json)
        }
        return (resource.verbs.isEmpty ? [] : [.object(own)]) + subresources
    }
}
