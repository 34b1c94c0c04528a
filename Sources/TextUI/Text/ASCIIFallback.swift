/// What stands for a character on a terminal that shows ASCII only.
package enum ASCIIFallback {
    package static func scalar(for scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return scalar }
        return table[scalar] ?? "?"
    }

    private static let table: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        let groups: [(characters: String, ascii: Unicode.Scalar)] = [
            ("─═╌┄", "-"), ("│║┊", "|"), ("┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╰╯╭╮", "+"), ("…·•", "."), ("▸▶→►▷›", ">"), ("◂◀←‹", "<"), ("▲↑", "^"),
            ("▼↓", "v"),
            ("●✓✔", "*"), ("○", "o"), ("✗✘×", "x"), ("⎈", "@"), ("█▉▊▋▌▇▆▅", "#"), ("▄▃▂▁▍▎▏░▒▓", "="), ("Δ", "~"), ("↵", "/"), ("⚠", "!"),
            ("’‘", "'"), ("“”", "\""), ("–—", "-"),
        ]
        for group in groups {
            for character in group.characters.unicodeScalars { table[character] = group.ascii }
        }
        return table
    }()
}
