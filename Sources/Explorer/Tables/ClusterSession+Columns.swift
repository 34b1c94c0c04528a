import KubernetesClient
import KubernetesModel
import KubernetesSemantics
import ResourceTables

extension ClusterSession {
    /// The columns that a custom resource's definition asks for; none for Kubernetes's own resources, and where the definition
    /// may not be read.
    func customColumns(of resource: APIResource) async -> [CustomColumn] {
        guard resource.columns.isEmpty, resource.group.contains("."), !ServerColumns.knows(resource.groupResource) else { return [] }
        let definitions = GroupVersionResource(group: "apiextensions.k8s.io", version: "v1", resource: "customresourcedefinitions")
        guard let definition = try? await client.get(definitions, name: resource.groupResource.description) else { return [] }
        let versions = definition.spec["versions"]?.arrayValue ?? []
        let version = versions.first { $0["name"]?.stringValue == resource.version }
        return version?["additionalPrinterColumns"]?.arrayValue?.compactMap(CustomColumn.init) ?? []
    }
}

extension CustomColumn {
    /// An element of a definition's `additionalPrinterColumns`.
    init?(_ json: JSONValue) {
        guard let name = json["name"]?.stringValue, let path = json["jsonPath"]?.stringValue else { return nil }
        let type = json["type"]?.stringValue.flatMap(PrinterColumn.DataType.init) ?? .string
        self.init(PrinterColumn(name: name, type: type, priority: json["priority"]?.intValue ?? 0), jsonPath: path)
    }
}
