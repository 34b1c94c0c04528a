import KubernetesModel
import TextUI

/// An object as YAML in colours, with what its fields lead to.
struct YAMLText {
    private(set) var lines: [StyledText]
    private(set) var links: [TextLink] = []

    init(_ object: KubernetesObject, theme: Theme) {
        lines = YAMLHighlighter(theme: theme).lines(YAML.write(object.value))
        let references = FieldReference(of: object)
        for field in YAMLFields(lines.map(\.plain)).fields {
            guard let reference = references.reference(at: field.path) else { continue }
            links.append(TextLink(stop: TextStop(line: field.line, range: field.value), reference: reference))
            lines[field.line] = lines[field.line].restyled(field.value) { $0.with(.underline) }
        }
    }
}
