import KubernetesModel

/// What a request's client is to be told beside its answer, in `Warning` headers; each text once.
package final class WarningCollector {
    private(set) var texts: [String] = []

    package init() {}

    func add(_ text: String) {
        if !texts.contains(text) { texts.append(text) }
    }

    /// As in a header, by RFC 7234: `299 - "text"`.
    static func header(_ text: String) -> (name: String, value: String) {
        ("warning", "299 - \(text.goQuoted)")
    }
}
