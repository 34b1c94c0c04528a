import Foundation
import KubernetesModel
import Testing

/// What a real Kubernetes v1.36.2 answered to the steps of a case, with everything that changes from run to run replaced by
/// placeholders, as `Placeholders` does.
struct Recording: Sendable, CustomTestStringConvertible {
    /// `group/name`.
    let title: String
    let steps: [JSONValue]
    /// Paths that no answer of the case is compared at.
    let ignored: [String]
    /// One for each step that is no `quiet` one and no wait.
    let answers: [JSONValue]

    var usesKubectl: Bool { steps.contains { $0["kubectl"] != nil } }
    var testDescription: String { title }

    /// The name of the case's namespace: as long as a real one, and the same in every run.
    var namespace: String {
        let name = title.split(separator: "/", maxSplits: 1).last.map { $0.lowercased() } ?? ""
        let words = name.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return "c-\(words.joined(separator: "-").prefix(40))-0a1b2c"
    }

    private init(_ json: JSONValue, group: String) {
        title = "\(group)/\(json["name"]?.stringValue ?? "")"
        steps = json["steps"]?.arrayValue ?? []
        ignored = json["ignore"]?.stringArray ?? []
        answers = json["answers"]?.arrayValue ?? []
    }
}

extension Recording {
    private static let loaded = Result { try load() }

    static var all: [Recording] {
        get throws { try loaded.get() }
    }

    private static func load() throws -> [Recording] {
        let folder = Bundle.module.bundleURL.appending(path: "Fixtures")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.sorted { $0.path < $1.path }.flatMap { file -> [Recording] in
            let group = file.deletingPathExtension().lastPathComponent
            let cases = try JSONParser.parse(Array(Data(contentsOf: file))).arrayValue ?? []
            return cases.map { Recording($0, group: group) }
        }
    }

    /// `CONFORMANCE_ONLY=kubelet/` runs one group, or a case, and shows every difference, known or not.
    static let only = ProcessInfo.processInfo.environment["CONFORMANCE_ONLY"].flatMap { $0.isEmpty ? nil : $0 }

    static var chosen: [Recording] {
        get throws { try all.filter { only == nil || $0.title.contains(only ?? "") } }
    }
}

extension JSONValue {
    var stringArray: [String] { arrayValue?.compactMap(\.stringValue) ?? [] }
}
