import Foundation
import KubernetesModel
import Troubleshooting

/// The text of an object while it is edited, in a file that only its owner can read.
struct EditDraft {
    let target: ObjectTarget
    let path: String
    private let original: String
    private let isDecoded: Bool

    /// - Parameter decoded: whether the values of a Secret are edited as texts.
    init(_ object: KubernetesObject, target: ObjectTarget, decoded: Bool = false) throws {
        self.target = target
        isDecoded = decoded
        original = YAML.write((decoded ? SecretDecoding.editable(object) : object).value)
        let folder = FileManager.default.temporaryDirectory
        path = folder.appending(path: "fathom-edit-\(UUID().uuidString).yaml").path
        let isWritten = FileManager.default.createFile(
            atPath: path, contents: Data(original.utf8), attributes: [.posixPermissions: 0o600]
        )
        guard isWritten else { throw EditError("\(path) can't be written") }
    }

    var text: String {
        get throws { try String(contentsOfFile: path, encoding: .utf8) }
    }

    /// What the person made of it; nil when it is what it was.
    func edited() throws -> KubernetesObject? {
        let text = try text
        if text == original { return nil }
        let documents = try YAML.parse(text)
        guard documents.count == 1, let object = KubernetesObject(documents[0]) else {
            throw EditError("the text must be one object, and is \(documents.count) documents")
        }
        return isDecoded ? SecretDecoding.encoded(object) : object
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

    func kept(after error: any Error) -> EditError {
        EditError("\(error) — your text is kept in \(path)")
    }

    /// What changed, with a little around it.
    func difference(_ edited: KubernetesObject) -> [LineDiff.Line] {
        func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
        let shown = isDecoded ? SecretDecoding.editable(edited) : edited
        return LineDiff.lines(from: lines(original), to: lines(YAML.write(shown.value)), context: 2)
    }
}

struct EditError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
