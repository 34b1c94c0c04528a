import KubernetesModel

extension JSONValue {
    /// A number, or a percentage of `total`.
    func share(of total: Int, roundsUp: Bool) -> Int {
        if let number = intValue { return number }
        guard let text = stringValue, text.hasSuffix("%"), let percent = Int(text.dropLast()) else { return 0 }
        return roundsUp ? (total * percent + 99) / 100 : total * percent / 100
    }
}
