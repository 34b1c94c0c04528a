/// A regular expression that ignores case, or plain text where it has nothing special, which is found far faster.
struct TextPattern {
    private enum Form {
        case literal([UInt8])
        case expression(Regex<AnyRegexOutput>)
    }

    private let form: Form

    init(_ text: String) throws(TableFilterError) {
        let special: Set<Character> = ["\\", "^", "$", ".", "|", "?", "*", "+", "(", ")", "[", "]", "{", "}"]
        if !text.contains(where: special.contains) {
            form = .literal(Array(text.lowercased().utf8))
            return
        }
        do {
            // Unicode scalars, as the texts are compared: a dot is one character whatever its marks.
            form = .expression(try Regex(text).ignoresCase().matchingSemantics(.unicodeScalar))
        } catch {
            throw TableFilterError("“\(text)” is no regular expression")
        }
    }

    /// - Parameter text: in lower case.
    func matches(_ text: [UInt8]) -> Bool {
        switch form {
        case .literal(let literal): Self.contains(literal, in: text)
        case .expression(let expression): String(decoding: text, as: UTF8.self).firstMatch(of: expression) != nil
        }
    }

    private static func contains(_ wanted: [UInt8], in text: [UInt8]) -> Bool {
        guard let first = wanted.first else { return true }
        guard wanted.count <= text.count else { return false }
        return text.withUnsafeBufferPointer { text in
            wanted.withUnsafeBufferPointer { wanted in
                for start in 0...(text.count - wanted.count) where text[start] == first {
                    var offset = 1
                    while offset < wanted.count, text[start + offset] == wanted[offset] { offset += 1 }
                    if offset == wanted.count { return true }
                }
                return false
            }
        }
    }
}
