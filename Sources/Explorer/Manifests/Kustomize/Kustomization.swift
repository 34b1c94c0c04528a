import Foundation
import KubernetesModel

/// What a `kustomization.yaml` asks for, as far as it is done here: which files there are, and what is changed of all their objects.
nonisolated struct Kustomization {
    struct Labels {
        var pairs: [String: String]
        /// Whether what selects objects, and what workloads make, gets them too.
        var areSelected = false
        /// Whether what workloads make gets them.
        var areInTemplates = false
    }

    struct Image {
        var name: String
        var newName: String?
        var newTag: String?
        var digest: String?
    }

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    static let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]
    private static let known = [
        "resources", "namespace", "namePrefix", "nameSuffix", "labels", "commonLabels", "commonAnnotations", "images",
    ]

    let resources: [String]
    let namespace: String?
    let prefix: String
    let suffix: String
    let labels: [Labels]
    let annotations: [String: String]
    let images: [Image]

    /// The file of a folder; nil where it has none.
    static func file(in folder: String) -> String? {
        names.map { folder + "/" + $0 }.first { FileManager.default.fileExists(atPath: $0) }
    }

    /// - Throws: what is wrong, or not done here: a part of a kustomization would be something else.
    init(_ text: String) throws {
        let documents = try YAML.parse(text).filter { !$0.isNull }
        guard documents.count == 1, let members = documents[0].objectValue else { throw Problem(description: "it is not one mapping") }
        let unknown = members.map(\.key).filter { !Self.known.contains($0) && !["apiVersion", "kind", "metadata"].contains($0) }
        guard unknown.isEmpty else {
            let list = "\(Self.known.dropLast().joined(separator: ", ")) and \(Self.known[Self.known.count - 1])"
            throw Problem(description: "\(unknown.joined(separator: ", ")) is not built in; there are \(list)")
        }
        resources = try Self.texts(documents[0]["resources"], "resources")
        namespace = try Self.text(documents[0]["namespace"], "namespace")
        prefix = try Self.text(documents[0]["namePrefix"], "namePrefix") ?? ""
        suffix = try Self.text(documents[0]["nameSuffix"], "nameSuffix") ?? ""
        annotations = try Self.pairs(documents[0]["commonAnnotations"], "commonAnnotations")
        let common = try Self.pairs(documents[0]["commonLabels"], "commonLabels")
        labels =
            (common.isEmpty ? [] : [Labels(pairs: common, areSelected: true, areInTemplates: true)])
            + (try (documents[0]["labels"]?.arrayValue ?? []).map(Self.labels))
        images = try (documents[0]["images"]?.arrayValue ?? []).map(Self.image)
    }

    private static func labels(_ json: JSONValue) throws -> Labels {
        let isSelected = json["includeSelectors"]?.boolValue ?? false
        guard json["fields"] == nil else { throw Problem(description: "labels.fields is not built in") }
        return Labels(
            pairs: try pairs(json["pairs"], "labels.pairs"), areSelected: isSelected,
            areInTemplates: isSelected || json["includeTemplates"]?.boolValue ?? false)
    }

    private static func image(_ json: JSONValue) throws -> Image {
        guard let name = try text(json["name"], "images.name") else { throw Problem(description: "an image lacks its name") }
        return Image(
            name: name, newName: try text(json["newName"], "images.newName"), newTag: try text(json["newTag"], "images.newTag"),
            digest: try text(json["digest"], "images.digest"))
    }

    private static func text(_ json: JSONValue?, _ field: String) throws -> String? {
        guard let json, !json.isNull else { return nil }
        guard let text = json.stringValue else { throw Problem(description: "\(field) is a text: put it in quotes") }
        return text
    }

    private static func texts(_ json: JSONValue?, _ field: String) throws -> [String] {
        guard let json, !json.isNull else { return [] }
        guard let texts = json.arrayValue?.map(\.stringValue), !texts.contains(nil) else {
            throw Problem(description: "\(field) is a list of texts")
        }
        return texts.compactMap(\.self)
    }

    private static func pairs(_ json: JSONValue?, _ field: String) throws -> [String: String] {
        guard let json, !json.isNull else { return [:] }
        guard let members = json.objectValue, members.allSatisfy({ $0.value.stringValue != nil }) else {
            throw Problem(description: "\(field) is a list of names with texts")
        }
        return Dictionary(members.map { ($0.key, $0.value.stringValue ?? "") }) { $1 }
    }
}
