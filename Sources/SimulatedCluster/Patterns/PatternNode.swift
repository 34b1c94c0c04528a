/// A regular expression as it was read.
indirect enum PatternNode {
    case empty
    case character(PatternSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    case repetition(PatternNode, least: Int, most: Int?, isGreedy: Bool)
    /// A part whose place in a match is told, by its number.
    case group(PatternNode, number: Int)
    case assertion(PatternAssertion)
}

/// What has to be true of a place between two characters.
enum PatternAssertion: Hashable {
    case textStart
    case textEnd
    case lineStart
    case lineEnd
    case wordBoundary
    case noWordBoundary
    case wordStart
    case wordEnd

    func holds(at place: Int, in text: [Unicode.Scalar]) -> Bool {
        let isAfterWord = place > 0 && Self.isWord(text[place - 1])
        let isBeforeWord = place < text.count && Self.isWord(text[place])
        switch self {
        case .textStart: return place == 0
        case .textEnd: return place == text.count
        case .lineStart: return place == 0 || text[place - 1] == "\n"
        case .lineEnd: return place == text.count || text[place] == "\n"
        case .wordBoundary: return isAfterWord != isBeforeWord
        case .noWordBoundary: return isAfterWord == isBeforeWord
        case .wordStart: return !isAfterWord && isBeforeWord
        case .wordEnd: return isAfterWord && !isBeforeWord
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        PatternSet.word.contains(scalar)
    }
}

/// A set of characters: ranges, general categories of Unicode, and whether all others are meant instead.
struct PatternSet {
    private var ranges: [ClosedRange<UInt32>] = []
    /// By their abbreviations, such as `Lu`, or `L` for all letters.
    private var categories: [(name: String, isNegated: Bool)] = []
    var isNegated = false
    /// Whether upper and lower case are the same.
    var isCaseless = false

    static let word = PatternSet("azAZ09__")
    static let digit = PatternSet("09")
    static let space = PatternSet("\t\n\u{0C}\r  ")
    /// Everything; without `lines` no end of a line.
    static func any(lines: Bool) -> PatternSet {
        var set = lines ? PatternSet() : PatternSet("\n\n")
        set.isNegated = true
        return set
    }

    init() {}

    /// - Parameter bounds: the first and the last character of each range, one after the other.
    init(_ bounds: String) {
        let scalars = Array(bounds.unicodeScalars.map(\.value))
        for index in stride(from: 0, to: scalars.count - 1, by: 2) { ranges.append(scalars[index]...scalars[index + 1]) }
    }

    init(_ scalar: Unicode.Scalar) {
        ranges = [scalar.value...scalar.value]
    }

    /// A class by its POSIX name; nil for names that there aren't.
    init?(posix name: String) {
        let classes = [
            "alnum": "azAZ09", "alpha": "azAZ", "blank": "  \t\t", "cntrl": "\0\u{1F}\u{7F}\u{7F}", "digit": "09", "graph": "!~",
            "lower": "az", "print": " ~", "punct": "!/:@[`{~", "space": "\t\r  ", "upper": "AZ", "word": "azAZ09__", "xdigit": "09afAF",
        ]
        guard let bounds = classes[name] else { return nil }
        self.init(bounds)
    }

    /// A general category of Unicode; nil for names that there aren't.
    init?(category name: String) {
        guard name == "Any" || Unicode.GeneralCategory.abbreviations.contains(where: { $0.hasPrefix(name) }), !name.isEmpty else {
            return nil
        }
        categories = [(name == "Any" ? "" : name, false)]
    }

    mutating func insert(_ first: Unicode.Scalar, through last: Unicode.Scalar) {
        ranges.append(first.value...last.value)
    }

    /// Adds all that a set of ranges or of one category holds.
    mutating func formUnion(_ other: PatternSet) {
        categories += other.categories.map { ($0.name, $0.isNegated != other.isNegated) }
        ranges += other.isNegated ? Self.complement(of: other.ranges) : other.ranges
    }

    private static func complement(of ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        guard !ranges.isEmpty else { return [] }
        var rest: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if next < range.lowerBound { rest.append(next...range.lowerBound - 1) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { rest.append(next...0x10FFFF) }
        return rest
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isFound = holds(scalar) || isCaseless && scalar.otherCases.contains(where: holds)
        return isFound != isNegated
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        if ranges.contains(where: { $0.contains(scalar.value) }) { return true }
        guard !categories.isEmpty else { return false }
        let own = scalar.properties.generalCategory.abbreviation
        return categories.contains { own.hasPrefix($0.name) != $0.isNegated }
    }
}

extension Unicode.Scalar {
    /// The same letter in upper and in lower case, as far as that is one character.
    fileprivate var otherCases: [Unicode.Scalar] {
        [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { text in
            text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
        }
    }
}

extension Unicode.GeneralCategory {
    fileprivate static let abbreviations = [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So",
        "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn",
    ]

    fileprivate var abbreviation: String {
        switch self {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
