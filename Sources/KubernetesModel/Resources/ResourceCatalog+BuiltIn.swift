extension ResourceCatalog {
    /// What a Kubernetes 1.36 API server with metrics-server serves without custom resources.
    package static let builtIn = ResourceCatalog(table: BuiltInResources.table)

    private init(table: String) {
        var groupVersions: [GroupVersion] = []
        var resources: [APIResource] = []
        for line in table.utf8.split(separator: UInt8(ascii: "\n")) {
            if line.first == UInt8(ascii: "@") {
                groupVersions.append(GroupVersion(apiVersion: String(Substring(line.dropFirst()))))
            } else if let groupVersion = groupVersions.last, let resource = APIResource(tableLine: line, in: groupVersion) {
                resources.append(resource)
            }
        }
        self.init(groupVersions: groupVersions, resources: resources)
    }
}

/// Reading works on bytes: comparing characters would make this table the slowest part of the program's start.
extension APIResource {
    fileprivate init?(tableLine line: Substring.UTF8View, in groupVersion: GroupVersion) {
        let fields = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        guard fields.count == 8 else { return nil }
        self.init(
            groupVersion: groupVersion, name: String(Substring(fields[0])), kind: String(Substring(fields[1])),
            shortNames: Self.list(fields[4]).map { String(Substring($0)) }, categories: Self.list(fields[5]).map { String(Substring($0)) },
            verbs: Self.verbs(fields[3]), isNamespaced: fields[2].first == UInt8(ascii: "N"),
            subresources: Self.list(fields[6]).compactMap(Self.subresource),
            columns: Self.list(fields[7]).map(PrinterColumn.init(tableField:))
        )
    }

    private static func list(_ field: Substring.UTF8View) -> [Substring.UTF8View] {
        field.split(separator: UInt8(ascii: ","))
    }

    private static func subresource(_ field: Substring.UTF8View) -> Subresource? {
        let parts = field.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        return Subresource(
            name: String(Substring(parts[0])), kind: String(Substring(parts[1])),
            groupVersion: parts[2].isEmpty ? nil : GroupVersion(apiVersion: String(Substring(parts[2]))), verbs: verbs(parts[3])
        )
    }

    private static func verbs(_ letters: Substring.UTF8View) -> [String] {
        letters.compactMap { letter in
            switch letter {
            case UInt8(ascii: "c"): "create"
            case UInt8(ascii: "d"): "delete"
            case UInt8(ascii: "D"): "deletecollection"
            case UInt8(ascii: "g"): "get"
            case UInt8(ascii: "l"): "list"
            case UInt8(ascii: "p"): "patch"
            case UInt8(ascii: "u"): "update"
            case UInt8(ascii: "w"): "watch"
            default: nil
            }
        }
    }
}

extension PrinterColumn {
    fileprivate init(tableField field: Substring.UTF8View) {
        let isWide = field.last == UInt8(ascii: "+")
        let parts = (isWide ? field.dropLast() : field).split(separator: UInt8(ascii: ":"))
        let mark = parts.count > 1 ? parts[1].first : nil
        let type: DataType =
            switch mark {
            case UInt8(ascii: "i"): .integer
            case UInt8(ascii: "b"): .boolean
            case UInt8(ascii: "d"): .date
            default: .string
            }
        let name = parts.first.map { String(Substring($0)) } ?? ""
        self.init(name: name, type: type, format: mark == UInt8(ascii: "n") ? "name" : "", priority: isWide ? 1 : 0)
    }
}
