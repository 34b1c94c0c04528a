import KubernetesClient
import KubernetesModel
import TextUI

/// Labels and annotations of one object or many.
enum MetadataActions {
    static let all: [ObjectAction] = [
        ObjectAction(
            binding: Binding("object.label", "Shift-L", title: "label", section: .resource), kinds: .supporting("patch"),
            rights: [Right("patch")]
        ) { ask("labels", $0, in: $1) },
        ObjectAction(
            binding: Binding("object.annotate", "Shift-T", title: "annotate", section: .resource), kinds: .supporting("patch"),
            rights: [Right("patch")]
        ) { ask("annotations", $0, in: $1) },
    ]

    private static func ask(_ field: String, _ targets: [ObjectTarget], in shell: Shell) {
        let verb = field == "labels" ? "Label" : "Annotate"
        var question = ConfirmationLayer.Question(
            title: verb, text: ["\(verb) \(targets.what): key=value sets, key- removes; several are separated by blanks."],
            requests: Shell.listed(targets.map { "PATCH \($0.path) {\"metadata\":{\"\(field)\":{…}}}" }), verb: verb
        )
        question.field = .init(label: field == "labels" ? "Labels" : "Annotations", text: "")
        shell.ask(
            question, about: targets[0], validate: { text in MetadataChange(text) == nil ? "key=value, or key- to remove" : nil },
            writes: { text in
                guard let change = MetadataChange(text) else { return [] }
                return targets.map { .patching($0, with: .merge(["metadata": .object([field: .object(change.values)])])) }
            }, done: verb == "Label" ? "Labelled" : "Annotated"
        )
    }
}

/// `tier=web legacy-`: what to set, and what to remove.
struct MetadataChange: Equatable {
    let values: JSONObject

    /// Nil where a word is neither.
    init?(_ text: String) {
        var values: JSONObject = [:]
        for word in text.split(separator: " ") {
            if let equals = word.firstIndex(of: "="), equals != word.startIndex {
                values[String(word[..<equals])] = .string(String(word[word.index(after: equals)...]))
            } else if word.hasSuffix("-"), word.count > 1 {
                values[String(word.dropLast())] = .null
            } else {
                return nil
            }
        }
        guard !values.isEmpty else { return nil }
        self.values = values
    }
}
