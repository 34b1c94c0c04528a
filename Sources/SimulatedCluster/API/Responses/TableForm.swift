import KubernetesModel
import KubernetesSemantics

/// Objects as rows of the server's own columns (`meta.k8s.io/v1 Table`).
struct TableForm {
    private let form: ObjectForm

    init(_ form: ObjectForm) {
        self.form = form
    }

    /// - Parameter isHeaded: false leaves the column definitions out, as all but a watch's first event do.
    func table(of objects: some Sequence<KubernetesObject>, version: String, isHeaded: Bool, metadata: JSONObject = [:]) -> JSONValue {
        var listMetadata: JSONObject = ["resourceVersion": .string(version)]
        for (key, value) in metadata { listMetadata[key] = value }
        return [
            "kind": "Table", "apiVersion": .string(form.listVersion), "metadata": .object(listMetadata),
            "columnDefinitions": isHeaded ? .array(columns.map(Self.definition)) : .null, "rows": .array(objects.map(row)),
        ]
    }

    private var columns: [PrinterColumn] {
        form.resource.columns.isEmpty
            ? [PrinterColumn(name: "Name", format: "name"), PrinterColumn(name: "Created At", type: .date)] : form.resource.columns
    }

    private static func definition(_ column: PrinterColumn) -> JSONValue {
        [
            "name": .string(column.name), "type": .string(column.type.rawValue), "format": .string(column.format),
            "description": .string(""), "priority": JSONValue(column.priority),
        ]
    }

    private func row(_ object: KubernetesObject) -> JSONValue {
        var row: JSONObject = ["cells": .array(cells(of: object))]
        if let condition = finishedCondition(of: object) { row["conditions"] = [condition] }
        if let included = included(object) { row["object"] = included }
        return .object(row)
    }

    private func cells(of object: KubernetesObject) -> [JSONValue] {
        if let custom = form.custom { return CustomColumns.cells(of: object, resource: custom, now: form.now) }
        return ServerColumns.cells(for: object, resource: form.resource, now: form.now)
    }

    private func included(_ object: KubernetesObject) -> JSONValue? {
        guard case .table(let included, let version) = form.shape else { return nil }
        switch included {
        case .none: return nil
        case .metadata: return ObjectForm.metadata(of: object, version)
        case .object: return VersionConversion.convert(object, to: form.resource.gvk).value
        }
    }

    /// Marks pods that have run to their end, which clients may hide.
    private func finishedCondition(of object: KubernetesObject) -> JSONValue? {
        guard object.kind == "Pod", form.resource.group.isEmpty else { return nil }
        switch object.status["phase"]?.stringValue {
        case "Succeeded":
            return [
                "type": "Completed", "status": "True", "reason": "Succeeded", "message": "The pod has completed successfully.",
            ]
        case "Failed":
            return ["type": "Completed", "status": "True", "reason": "Failed", "message": "The pod failed."]
        default: return nil
        }
    }
}
