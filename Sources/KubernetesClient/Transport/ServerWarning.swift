import KubernetesModel

/// Reads `Warning` headers, by which API servers tell of deprecations: `299 - "policy/v1beta1 is deprecated"`.
enum ServerWarning {
    /// The text between the quotes, made safe to print; nil for warnings that are not for people.
    static func text(of header: String) -> String? {
        guard header.hasPrefix("299 "), let open = header.firstIndex(of: "\"") else { return nil }
        var text = ""
        var isEscaped = false
        for character in header[header.index(after: open)...] {
            if isEscaped {
                text.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                return VisibleText.of(text)
            } else {
                text.append(character)
            }
        }
        return nil
    }
}
