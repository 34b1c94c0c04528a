import KubernetesModel
import Yams

/// Where Enter leads from an object, as a person wants it: a part of `jumps.yaml`, in K9s's format.
struct Jump: Sendable, Hashable {
    /// The resource it is for.
    let source: String
    /// Where it is set: `jumps.yaml line 3`.
    var line = ""
    /// The resource it leads to: `v1/pods`.
    let target: String
    let labels: ObjectTemplate?
    let fields: ObjectTemplate?
    /// Nil is the object's own namespace.
    let namespace: ObjectTemplate?

    static func read(_ document: inout SettingsDocument, into configuration: inout Configuration) {
        for (name, value) in document.entries(under: "jumps") {
            var reader = SettingsReader(name, value)
            let target = reader.requiredText("targetGVR")
            var templates: [String: ObjectTemplate] = [:]
            var isWhole = true
            for field in ["labelSelector", "fieldSelector", "targetNamespace"] {
                guard let text = reader.text(field), !text.isEmpty else { continue }
                do {
                    templates[field] = try ObjectTemplate(text)
                } catch {
                    document.report(value, "\(name).\(field): \(error)")
                    isWhole = false
                }
            }
            for key in value.mapping?.keys.compactMap(\.string) ?? [] where !fields.contains(key) {
                document.report(value, "\(name).\(key) is no part of a jump; there are \(fields.joined(separator: ", "))")
            }
            for problem in reader.problems { document.report(problem.node, problem.text) }
            // One without its selectors would lead to all there is.
            guard !target.isEmpty, isWhole else { continue }
            configuration.jumps.append(
                Jump(
                    source: name, line: document.place(of: value), target: target, labels: templates["labelSelector"],
                    fields: templates["fieldSelector"],
                    namespace: templates["targetNamespace"]
                ))
        }
    }

    private static let fields = ["targetGVR", "labelSelector", "fieldSelector", "targetNamespace"]
}

extension Configuration {
    /// The jump from a resource's objects. Of several the first in the file counts.
    func jump(from resource: APIResource) -> Jump? {
        jumps.first { resource.isMeant(by: $0.source) }
    }
}
