import Testing

@testable import SimulatedCluster

@Suite("Regular expressions")
struct RegularExpressionTests {
    private func found(_ pattern: String, _ text: String, _ syntax: RegularExpression.Syntax = .go) throws -> String? {
        let scalars = Array(text.unicodeScalars)
        return try RegularExpression(pattern, syntax: syntax).firstMatch(in: scalars).map {
            String(String.UnicodeScalarView(scalars[$0.range]))
        }
    }

    @Test(
        "the first match is found, as Go finds it",
        arguments: [
            ("a+", "baab", "aa"), ("a+?", "baab", "a"), ("a|ab", "ab", "a"), ("^[a-z]+$", "abc", "abc"), ("^[a-z]+$", "ab1", nil),
            ("[^0-9]+", "12ab3", "ab"), (#"\d{2,3}"#, "a12345", "123"), ("(?i)hello", "say HeLLo", "HeLLo"), (".", "\n", nil),
            ("(?s).", "\n", "\n"),
            ("(?m)^b$", "a\nb\nc", "b"), (#"\bcat\b"#, "concat cat", "cat"), ("[[:upper:]]+", "abCDe", "CD"), (#"\p{Lu}+"#, "abÄÖc", "ÄÖ"),
            (#"[^\d\s]+"#, "1 a-b 2", "a-b"), ("x{0}", "x", ""), ("(a*)*", "aa", "aa"), ("(?:ab)+c", "ababc", "ababc"),
            ("a{,2}", "a{,2}", "a{,2}"),
            (#"\x41\x{42}"#, "AB", "AB"), ("[]a]+", "a]", "a]"), (#"a\.b"#, "axb a.b", "a.b"), ("[a-]+", "-a", "-a"), ("ä", "xä", "ä"),
        ] as [(String, String, String?)])
    func go(pattern: String, text: String, expected: String?) throws {
        #expect(try found(pattern, text) == expected)
    }

    @Test(
        "the tools of POSIX find the longest match, and write brackets their own way",
        arguments: [
            (#"a\|ab"#, "ab", "ab", .basic), ("a|ab", "ab", "ab", .extended), ("a+", "a+", "a+", .basic), (#"a\+"#, "aa", "aa", .basic),
            ("*a", "b*a", "*a", .basic), (#"\(ab\)\{2\}"#, "abab", "abab", .basic), ("(ab){2}", "abab", "abab", .extended),
            ("a^b", "a^b", "a^b", .basic),
            ("a$b", "a$b", "a$b", .basic), (#"[\d]"#, #"\"#, #"\"#, .basic), (#"\<b"#, "ab b", "b", .basic), (".", "\n", "\n", .basic),
        ] as [(String, String, String?, RegularExpression.Syntax)])
    func posix(pattern: String, text: String, expected: String?, syntax: RegularExpression.Syntax) throws {
        #expect(try found(pattern, text, syntax) == expected)
    }

    @Test("groups tell where they have matched last")
    func groups() throws {
        let match = try #require(try RegularExpression("(a)|(b(c)?)").firstMatch(in: Array("bc".unicodeScalars)))
        #expect(match.groups == [0..<2, nil, 0..<2, 1..<2])
    }

    @Test("all matches come one after the other")
    func all() throws {
        func ranges(_ pattern: String, _ text: String) throws -> [Range<Int>] {
            try RegularExpression(pattern).matches(in: Array(text.unicodeScalars)).map(\.range)
        }
        #expect(try ranges("a", "banana") == [1..<2, 3..<4, 5..<6])
        #expect(try ranges("x*", "axb") == [0..<0, 1..<2, 3..<3])
        #expect(try ranges("^a", "aa") == [0..<1])
    }

    @Test(
        "what is no expression says why",
        arguments: [
            ("(a", "missing closing ): `(a`"), ("a)", "unexpected ): `a)`"), ("+", "missing argument to repetition operator: `+`"),
            ("a**", "invalid nested repetition operator: `**`"), ("[a", "missing closing ]: `[a`"),
            ("[b-a]", "invalid character class range: `b-a`"),
            ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"), (#"(a)\1"#, #"invalid escape sequence: `\1`"#),
            ("a{1001}", "invalid repeat count: `{1001}`"),
            (#"\p{Klingon}"#, #"invalid character class range: `\p{Klingon}`"#), (#"a\"#, "trailing backslash at end of expression: ``"),
            ("(?:(?:a{100}){100}){100}", "expression too large"),
        ])
    func failures(pattern: String, message: String) {
        #expect(throws: RegularExpression.Failure(message: message)) { try RegularExpression(pattern) }
    }

    @Test("no pattern takes longer than its text is long", arguments: ["(a+)+$", "^(a|aa)*$", "(a*)*b", "(.*)(.*)(.*)(.*)x$"])
    func catastrophes(pattern: String) throws {
        #expect(try !RegularExpression(pattern).matches(String(repeating: "a", count: 5_000) + "!"))
    }

    @Test("brackets may not be deeper than the stack, nor nothing be repeated for ever")
    func depth() throws {
        #expect(throws: RegularExpression.Failure.self) { try RegularExpression(String(repeating: "(", count: 100_000)) }
        #expect(try RegularExpression("(?:(?:(?:a{0}){1000}){1000}){1000}").matches(""))
    }

    @Test("no pattern traps")
    func fuzzing() {
        let signs = Array("ab(|)*+?{1,2}[^-]\\dpP.$:i=<>".unicodeScalars)
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var count = 0
        for _ in 0..<4_000 {
            let pattern = String(String.UnicodeScalarView((0..<next(12)).map { _ in signs[next(signs.count)] }))
            for syntax in [RegularExpression.Syntax.go, .basic, .extended] {
                guard let expression = try? RegularExpression(pattern, syntax: syntax) else { continue }
                _ = expression.matches(in: Array("ab1-ab".unicodeScalars))
                count += 1
            }
        }
        #expect(count > 1_000)
    }
}
