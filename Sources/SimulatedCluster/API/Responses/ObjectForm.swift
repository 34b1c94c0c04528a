import KubernetesModel

/// How the objects of one resource look to a client: in the version of the path, and in the shape it asked for.
struct ObjectForm {
    let resource: APIResource
    let custom: CustomResource?
    let shape: ResponseForm.Shape
    let now: Instant

    /// The stored object's bytes where they are what the client wants already, as for most requests.
    func bytes(of stored: StoredObject) -> [UInt8] {
        bytes(of: stored.object)
    }

    func bytes(of object: KubernetesObject) -> [UInt8] {
        if shape == .object {
            let bytes = object.compactJSON
            if bytes.starts(with: header) { return bytes }
        }
        return JSONWriter.compact(value(of: object))
    }

    /// The bytes as an item of a list, where built-in kinds don't repeat their name.
    func itemBytes(of stored: StoredObject) -> [UInt8] {
        guard shape == .object, custom == nil else { return bytes(of: stored) }
        let bytes = bytes(of: stored)
        guard bytes.starts(with: header) else { return bytes }
        return [UInt8(ascii: "{")] + bytes.dropFirst(header.count)
    }

    func value(of object: KubernetesObject) -> JSONValue {
        switch shape {
        case .object: VersionConversion.convert(object, to: resource.gvk).value
        case .metadata(let version, _): Self.metadata(of: object, version)
        case .table: TableForm(self).table(of: [object], version: object.metadata.resourceVersion, isHeaded: true)
        }
    }

    static func metadata(of object: KubernetesObject, _ version: ResponseForm.MetaVersion) -> JSONValue {
        var metadata = object["metadata"] ?? [:]
        // This one belongs to the version, not to the object.
        if metadata["annotations"]?[TemplateGeneration.annotation] != nil {
            metadata["annotations"]?[TemplateGeneration.annotation] = nil
            if metadata["annotations"]?.objectValue?.isEmpty == true { metadata["annotations"] = nil }
        }
        return ["kind": "PartialObjectMetadata", "apiVersion": .string(version.apiVersion), "metadata": metadata]
    }

    /// How the bytes of an object in this version begin.
    private var header: [UInt8] {
        Array("{\"kind\":\"\(resource.kind)\",\"apiVersion\":\"\(resource.groupVersion.apiVersion)\",".utf8)
    }

    var listKind: String {
        switch shape {
        case .object: custom.map(\.listKind) ?? "\(resource.kind)List"
        case .metadata: "PartialObjectMetadataList"
        case .table: "Table"
        }
    }

    var listVersion: String {
        switch shape {
        case .object: resource.groupVersion.apiVersion
        case .metadata(let version, _), .table(_, let version): version.apiVersion
        }
    }
}
