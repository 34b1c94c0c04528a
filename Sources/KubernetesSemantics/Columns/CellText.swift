package import KubernetesModel

/// The texts that many columns share, as the API server's printers write them.
package enum CellText {
    /// The time that passed since an RFC 3339 time, as AGE columns show it.
    package static func age(since timestamp: String?, now: Instant) -> String {
        guard let timestamp, let instant = KubernetesTime.parse(timestamp) else { return "<unknown>" }
        return HumanDuration.text(since: instant, now: now)
    }

    static func age(of object: KubernetesObject, now: Instant) -> JSONValue {
        .string(age(since: object.metadata.creationTimestamp, now: now))
    }

    /// `a=1,b=2`, ordered by key.
    package static func labels(_ labels: FieldReader) -> String {
        let members = labels.members
        if members.isEmpty { return "<none>" }
        return members.map { "\($0.key)=\($0.value.stringValue ?? "")" }.sorted().joined(separator: ",")
    }

    /// A label selector in its string form; empty when it has no requirements.
    package static func selectorText(_ selector: FieldReader) -> String {
        let equalities = selector.matchLabels.members.map { (key: $0.key, text: "\($0.key)=\($0.value.stringValue ?? "")") }
        let expressions = selector.matchExpressions.elements.map { (key: $0.key.text, text: requirement($0)) }
        return (equalities + expressions).sorted { $0.key < $1.key }.map(\.text).joined(separator: ",")
    }

    static func selector(_ selector: FieldReader) -> String {
        let text = selectorText(selector)
        return text.isEmpty ? "<none>" : text
    }

    private static func requirement(_ expression: FieldReader) -> String {
        let key = expression.key.text
        let values = expression["values"].texts.sorted().joined(separator: ",")
        return switch expression.operator.text {
        case "In": "\(key) in (\(values))"
        case "NotIn": "\(key) notin (\(values))"
        case "DoesNotExist": "!\(key)"
        default: key
        }
    }

    /// The names and the images of containers.
    static func containers(_ template: FieldReader) -> (names: JSONValue, images: JSONValue) {
        let containers = template.spec.containers.elements
        return (
            .string(containers.map(\.name.text).joined(separator: ",")),
            .string(containers.map(\.image.text).joined(separator: ","))
        )
    }

    /// The first three of a list, and how many more there are.
    static func firstThree(_ list: [String]) -> String {
        if list.isEmpty { return "<unset>" }
        let shown = list.prefix(3).joined(separator: ",")
        return list.count > 3 ? "\(shown) + \(list.count - 3) more..." : shown
    }

    static func hostPort(_ host: String, _ port: String) -> String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// The addresses at which a load balancer was set up, ordered.
    static func loadBalancer(_ status: FieldReader) -> String {
        let addresses = status.ingress.elements.map { $0.ip.text(or: $0.hostname.text) }
        return Set(addresses.filter { !$0.isEmpty }).sorted().joined(separator: ",")
    }

    static func accessModes(_ modes: FieldReader) -> String {
        let short = [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")]
        let present = Set(modes.texts)
        return short.filter { present.contains($0.0) }.map(\.1).joined(separator: ",")
    }

    /// The storage class of a volume or a claim: the old annotation wins over the field.
    static func storageClass(_ object: FieldReader) -> String {
        let annotation = object.metadata.annotations["volume.beta.kubernetes.io/storage-class"]
        return annotation.exists ? annotation.text : object.spec.storageClassName.text
    }
}
