import Foundation
import KubernetesClient
import KubernetesModel
import Troubleshooting

/// The text of an object while it is edited, in a file that only its owner can read.
struct EditDraft {
    let target: ObjectTarget
    let path: String
    private var before: KubernetesObject
    private var original: String
    private let isDecoded: Bool
    /// Whether the object is to be created.
    let isNew: Bool

    /// - Parameter decoded: whether the values of a Secret are edited as texts.
    init(_ object: KubernetesObject, target: ObjectTarget, decoded: Bool = false, isNew: Bool = false) throws {
        self.target = target
        self.isNew = isNew
        before = isNew ? KubernetesObject([:]) : object
        isDecoded = decoded
        original = YAML.write((decoded ? SecretDecoding.editable(object) : object).value)
        let folder = FileManager.default.temporaryDirectory
        path = folder.appending(path: "fathom-edit-\(UUID().uuidString).yaml").path
        let isWritten = FileManager.default.createFile(
            atPath: path, contents: Data(original.utf8), attributes: [.posixPermissions: 0o600]
        )
        guard isWritten else { throw ExplorerError("\(path) can't be written") }
    }

    var text: String {
        get throws { try TextFile.read(path) }
    }

    /// Whether there is work in it that would be lost.
    var isTouched: Bool { (try? text).map { $0 != original } ?? false }

    /// What the person made of it; nil when it is what it was. A template may be taken as it is.
    func edited() throws -> KubernetesObject? {
        let text = try text
        if text == original, !isNew { return nil }
        let documents = try YAML.parse(text)
        guard documents.count == 1, let object = KubernetesObject(documents[0]) else {
            throw ExplorerError("the text must be one object, and is \(documents.count) documents")
        }
        let kind = target.resource.gvk
        if isNew, object.groupVersionKind != kind { throw ExplorerError("the text must be a \(kind), and is a \(object.groupVersionKind)") }
        return withoutStatus(isDecoded ? SecretDecoding.encoded(object) : object)
    }

    /// Where the status has a way of its own, a server leaves out of an object what it says about it.
    private func withoutStatus(_ object: KubernetesObject) -> KubernetesObject {
        guard !isNew, target.resource.subresource("status") != nil, object.json["status"] != before.json["status"] else { return object }
        var json = object.json
        json["status"] = before.json["status"]
        return KubernetesObject(json)
    }

    /// Whether the text has another status than the object.
    var hasChangedStatus: Bool {
        let object = (try? YAML.parse(text))?.first.flatMap { KubernetesObject($0) }
        return object.map { $0.json["status"] != before.json["status"] } ?? false
    }

    /// Whether nothing is left of what was changed.
    func isUnchanged(_ edited: KubernetesObject) -> Bool { !isNew && edited.json == before.json }

    /// The same changes on what the object is by now.
    /// - Throws: `EditConflict` where others have changed the same.
    func rebased(_ edited: KubernetesObject, onto present: KubernetesObject) throws -> KubernetesObject {
        guard present.uid == before.uid else { throw ExplorerError("\(target.text) was deleted and made anew meanwhile") }
        var merge = EditRebase()
        let merged = merge.merge(before.json, mine: edited.json, theirs: present.json)
        guard merge.conflicts.isEmpty else {
            throw EditConflict(fields: merge.conflicts.sorted { $0.path < $1.path }, present: present, joined: KubernetesObject(merged))
        }
        return KubernetesObject(merged)
    }

    /// The text anew: what is there now with the person's changes in it, also where others have changed the same.
    mutating func begin(anewAfter conflict: EditConflict) throws {
        func text(_ object: KubernetesObject) -> String { YAML.write((isDecoded ? SecretDecoding.editable(object) : object).value) }
        try Data(text(conflict.joined).utf8).write(to: URL(filePath: path))
        before = conflict.present
        original = text(conflict.present)
    }

    /// What the text is about: a new object has the name that stands in it.
    func place(of edited: KubernetesObject) -> ObjectTarget {
        guard isNew else { return target }
        return ObjectTarget(
            resource: target.resource, namespace: edited.namespace ?? target.namespace, name: edited.name, in: target.session)
    }

    func discard() {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Saves through `save`. The file goes with success; without, the error names it, so that no work is lost.
    func discardingAfter(_ save: () async throws -> KubernetesObject) async throws -> KubernetesObject {
        do {
            let saved = try await save()
            discard()
            return saved
        } catch {
            throw kept(after: error)
        }
    }

    func kept(after error: any Error) -> ExplorerError {
        let place = "your text is kept in \(path)"
        return ExplorerError("\(FailureText.of(error)) — \(place)", logged: "\(LoggedText.of(error)) — \(place)")
    }

    /// What changed, with a little around it; of a Secret's values which.
    func difference(_ edited: KubernetesObject) async -> [LineDiff.Line] {
        await SecretSizes.difference(from: before.json, to: edited.json)
    }
}
