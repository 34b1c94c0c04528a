/// The options of a command in the order of POSIX: letters, which may stand together, some of them with a value right behind or in the
/// next word.
struct ToolOptions {
    private(set) var flags: Set<Character> = []
    private(set) var values: [Character: [String]] = [:]
    private(set) var operands: [String] = []
    /// The first option that the command doesn't know.
    private(set) var unknown: String?

    /// - Parameters:
    ///   - flags: the letters that have no value.
    ///   - valued: those that have one.
    ///   - stopsAtOperand: for commands that run another one, whose options are not theirs.
    init(_ words: [String], flags known: String, valued: String = "", stopsAtOperand: Bool = false) {
        var words = words[...]
        while let word = words.popFirst() {
            if word == "--" {
                operands += words
                return
            }
            guard word.hasPrefix("-"), word.count > 1 else {
                operands.append(word)
                guard stopsAtOperand else { continue }
                operands += words
                return
            }
            var letters = word.dropFirst()
            while let letter = letters.popFirst() {
                if valued.contains(letter) {
                    values[letter, default: []].append(letters.isEmpty ? words.popFirst() ?? "" : String(letters))
                    letters = ""
                } else if known.contains(letter) {
                    flags.insert(letter)
                } else {
                    unknown = unknown ?? "-\(letter)"
                }
            }
        }
    }

    func has(_ letter: Character) -> Bool { flags.contains(letter) }

    func value(_ letter: Character) -> String? { values[letter]?.last }

    func number(_ letter: Character) -> Int? { value(letter).flatMap { Int($0) } }
}
