/// What an API server says of one of its resources, together with the columns of its tables.
package struct APIResource: Sendable, Hashable {
    /// A path below an object, such as `status` or `log`.
    package struct Subresource: Sendable, Hashable {
        /// Without the resource's: `status`.
        package var name: String
        package var kind: String
        /// The version of the kind; nil when it is the resource's own.
        package var groupVersion: GroupVersion?
        package var verbs: [String]

        package init(name: String, kind: String, groupVersion: GroupVersion? = nil, verbs: [String]) {
            self.name = name
            self.kind = kind
            self.groupVersion = groupVersion
            self.verbs = verbs
        }

        package var group: String? { groupVersion?.group }
        package var version: String? { groupVersion?.version }
    }

    package var groupVersion: GroupVersion
    /// The plural, as in paths.
    package var name: String
    package var singularName: String
    package var kind: String
    package var shortNames: [String]
    package var categories: [String]
    /// In alphabetical order.
    package var verbs: [String]
    package var isNamespaced: Bool
    package var subresources: [Subresource]
    /// The columns of the server's tables; empty where they are not known or the resource can't be listed.
    package var columns: [PrinterColumn]

    package init(
        groupVersion: GroupVersion, name: String, singularName: String = "", kind: String, shortNames: [String] = [],
        categories: [String] = [], verbs: [String] = [], isNamespaced: Bool, subresources: [Subresource] = [], columns: [PrinterColumn] = []
    ) {
        self.groupVersion = groupVersion
        self.name = name
        self.singularName = singularName.isEmpty ? kind.lowercased() : singularName
        self.kind = kind
        self.shortNames = shortNames
        self.categories = categories
        self.verbs = verbs
        self.isNamespaced = isNamespaced
        self.subresources = subresources
        self.columns = columns
    }

    package var group: String { groupVersion.group }
    package var version: String { groupVersion.version }
    package var gvr: GroupVersionResource { GroupVersionResource(groupVersion: groupVersion, resource: name) }
    package var gvk: GroupVersionKind { GroupVersionKind(group: group, version: version, kind: kind) }
    package var groupResource: GroupResource { GroupResource(group: group, resource: name) }

    package func supports(_ verb: String) -> Bool {
        verbs.contains(verb)
    }

    package func subresource(_ name: String) -> Subresource? {
        subresources.first { $0.name == name }
    }
}

/// A column of the tables in which an API server prints a resource.
package struct PrinterColumn: Sendable, Hashable {
    package enum DataType: String, Sendable, Hashable {
        case string, integer, number, boolean, date
    }

    /// As a heading, before it is made upper case: `Nominated Node`.
    package var name: String
    package var type: DataType
    /// `name` for the column with the object's name; mostly empty.
    package var format: String
    /// 0 is always shown, anything above only in wide output.
    package var priority: Int

    package init(name: String, type: DataType = .string, format: String = "", priority: Int = 0) {
        self.name = name
        self.type = type
        self.format = format
        self.priority = priority
    }

    package var isWide: Bool { priority > 0 }
}
