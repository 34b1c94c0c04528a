/// A format as `date` and `stat` take it: text in which a percent sign and a letter stand for a value.
enum PercentFormat {
    /// A percent sign at the very end stands for itself.
    static func text(_ format: String, value: (Character) -> String) -> String {
        var result = ""
        var rest = format[...]
        while let character = rest.popFirst() {
            guard character == "%", let letter = rest.popFirst() else {
                result.append(character)
                continue
            }
            result += value(letter)
        }
        return result
    }
}
