package import KubernetesModel

package struct Taint: Sendable, Hashable, CustomStringConvertible {
    package var key: String
    package var value: String
    package var effect: String

    package init(key: String, value: String = "", effect: String) {
        self.key = key
        self.value = value
        self.effect = effect
    }

    package init(_ json: JSONValue) {
        self.init(
            key: json["key"]?.stringValue ?? "", value: json["value"]?.stringValue ?? "",
            effect: json["effect"]?.stringValue ?? ""
        )
    }

    /// Whether it keeps pods that do not tolerate it from being placed; `PreferNoSchedule` does not.
    package var repels: Bool { effect == "NoSchedule" || effect == "NoExecute" }

    /// As `kubectl taint` takes it.
    package var description: String { value.isEmpty ? "\(key):\(effect)" : "\(key)=\(value):\(effect)" }
}

package struct Toleration: Sendable, Hashable {
    package var key: String
    package var toleratesAnyValue: Bool
    package var value: String
    /// Empty stands for every effect.
    package var effect: String
    /// How long a `NoExecute` taint is endured; nil is for ever.
    package var seconds: Int?

    package init(_ json: JSONValue) {
        key = json["key"]?.stringValue ?? ""
        toleratesAnyValue = json["operator"]?.stringValue == "Exists"
        value = json["value"]?.stringValue ?? ""
        effect = json["effect"]?.stringValue ?? ""
        seconds = json["tolerationSeconds"]?.intValue
    }

    package func tolerates(_ taint: Taint) -> Bool {
        guard effect.isEmpty || effect == taint.effect else { return false }
        if key.isEmpty { return toleratesAnyValue }
        return key == taint.key && (toleratesAnyValue || value == taint.value)
    }
}
