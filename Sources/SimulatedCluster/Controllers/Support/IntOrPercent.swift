import KubernetesModel

extension JSONValue {
    /// A number, or a percentage of `total`; what doesn't fit into the 32 bits that the API has for it is cut to them.
    func share(of total: Int, roundsUp: Bool) -> Int {
        if let number = intValue { return Int(Int32(clamping: number)) }
        guard let text = stringValue, text.hasSuffix("%"), let percent = Int(text.dropLast()) else { return 0 }
        let share = Double(total) * Double(percent) / 100
        let whole = share.rounded(roundsUp ? .up : .down)
        return Int(min(max(whole, Double(Int32.min)), Double(Int32.max)))
    }
}
