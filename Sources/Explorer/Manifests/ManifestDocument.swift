import Foundation
import KubernetesClient
import KubernetesModel

/// One object of a file, and where it stands there.
nonisolated struct ManifestDocument: Sendable, Hashable {
    let file: String
    /// Among the documents of the file, from 1; nil where it is the only one.
    let number: Int?
    let object: KubernetesObject

    var place: String { number.map { "\(file) document \($0)" } ?? file }

    /// What is wrong with it before a server is asked.
    var problem: String? {
        if object.apiVersion.isEmpty || object.kind.isEmpty { return "it has no apiVersion or no kind" }
        return object.name.isEmpty ? "it has no metadata.name" : nil
    }
}

/// The objects that files describe.
nonisolated struct Manifests: Sendable, Hashable {
    private(set) var documents: [ManifestDocument] = []
    /// A sentence for each file or document that can't be used.
    private(set) var problems: [String] = []

    private static let endings: Set = ["yaml", "yml", "json"]

    static func isManifest(_ name: String) -> Bool {
        endings.contains((name as NSString).pathExtension.lowercased())
    }

    init() {}

    /// Reads a file, or a folder with all that is below it.
    init(path: String) {
        guard FileManager.default.fileExists(atPath: path) else {
            problems = ["\(path): there is no such file"]
            return
        }
        guard TextFile.isFolder(path) else {
            let name = (path as NSString).lastPathComponent
            if Kustomization.names.contains(name) {
                self = Self.kustomized((path as NSString).deletingLastPathComponent)
            } else {
                read(path, called: name)
            }
            return
        }
        if Kustomization.file(in: path) != nil {
            self = Self.kustomized(path)
            return
        }
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String }.filter(Self.isManifest).sorted() ?? []
        for name in names { read(path + "/" + name, called: name) }
        if names.isEmpty { problems.append("\(path): there are no YAML or JSON files in it") }
    }

    private mutating func read(_ path: String, called name: String) {
        if Kustomization.names.contains((name as NSString).lastPathComponent) {
            problems.append("\(name): what it changes it changes of its own folder, which is applied by itself")
            return
        }
        do {
            add(try TextFile.read(path), file: name)
        } catch {
            problems.append("\(name) can't be read: \(FailureText.of(error))")
        }
    }

    /// What a folder's kustomization makes of its files; of one that can't be followed in full nothing.
    /// - Parameter within: the folders that lead here.
    static func kustomized(_ folder: String, within: [String] = []) -> Manifests {
        let folder = URL(filePath: folder).standardizedFileURL.path
        var manifests = Manifests()
        let file = Kustomization.file(in: folder) ?? folder + "/" + Kustomization.names[0]
        do {
            guard !within.contains(folder) else { throw Kustomization.Problem(description: "it brings itself") }
            let kustomization = try Kustomization(try TextFile.read(file))
            for name in kustomization.resources { manifests.bring(name, from: folder, within: within + [folder]) }
            let objects = KustomizedObjects.of(manifests.documents.map(\.object), kustomization)
            manifests.documents = zip(manifests.documents, objects).map {
                ManifestDocument(file: $0.file, number: $0.number, object: $1)
            }
        } catch {
            manifests.problems.append("\(file): \(error)")
        }
        if !manifests.problems.isEmpty { manifests.documents = [] }
        return manifests
    }

    private mutating func bring(_ name: String, from folder: String, within: [String]) {
        let path = name.hasPrefix("/") ? name : folder + "/" + name
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            let isElsewhere = name.contains("://") || name.contains("?ref=")
            return problems.append("\(name): " + (isElsewhere ? "what lies elsewhere is not fetched" : "there is no such file"))
        }
        guard isFolder.boolValue else { return read(path, called: name) }
        guard Kustomization.file(in: path) != nil else { return problems.append("\(name): the folder has no kustomization.yaml") }
        let below = Self.kustomized(path, within: within)
        documents += below.documents
        problems += below.problems
    }

    /// Adds the documents of a text; empty ones are none, and lists are their items.
    mutating func add(_ text: String, file: String) {
        let values: [JSONValue]
        do {
            values = try YAML.parse(text).filter { !$0.isNull }
        } catch {
            return problems.append("\(file): \(error)")
        }
        for (index, value) in values.enumerated() {
            let number = values.count > 1 ? index + 1 : nil
            let items = value["kind"]?.stringValue?.hasSuffix("List") == true ? value["items"]?.arrayValue : nil
            for item in items ?? [value] {
                guard let object = KubernetesObject(item) else {
                    problems.append("\(file)\(number.map { " document \($0)" } ?? ""): it is no object")
                    continue
                }
                let document = ManifestDocument(file: file, number: number, object: object)
                if let problem = document.problem { problems.append("\(document.place): \(problem)") } else { documents.append(document) }
            }
        }
    }

    /// In an order in which they can be created: what others need first, the rest as it stands in the files.
    var ordered: [ManifestDocument] {
        func rank(_ document: ManifestDocument) -> Int {
            switch document.object.kind {
            case "Namespace": 0
            case "CustomResourceDefinition": 1
            default: 2
            }
        }
        return (0...2).flatMap { wanted in documents.filter { rank($0) == wanted } }
    }

    /// What the definitions among them will make the server serve.
    var definedResources: [APIResource] {
        documents.filter { $0.object.kind == "CustomResourceDefinition" }.flatMap { document -> [APIResource] in
            let spec = document.object.spec
            guard let group = spec["group"]?.stringValue, let plural = spec["names"]?["plural"]?.stringValue,
                let kind = spec["names"]?["kind"]?.stringValue
            else { return [] }
            return (spec["versions"]?.arrayValue ?? []).compactMap { version in
                version["name"]?.stringValue.map {
                    APIResource(
                        groupVersion: GroupVersion(group: group, version: $0), name: plural, kind: kind,
                        isNamespaced: spec["scope"]?.stringValue != "Cluster")
                }
            }
        }
    }
}
