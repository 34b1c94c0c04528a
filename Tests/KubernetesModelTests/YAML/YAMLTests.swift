import KubernetesModel
import Testing

@Suite struct YAMLTests {
    @Test("a manifest is read in order, with its numbers as they are")
    func reading() throws {
        let documents = try YAML.parse(
            """
            apiVersion: v1
            kind: Pod
            spec:
              on: yes
              n: 1.50
              mode: 0644
              text: "5"
              none: ~
              list: [a, 1, true]
              script: |
                one
                  two
            ---
            second: &x {a: 1}
            merged: {<<: *x, b: 2}
            """)
        #expect(documents.count == 2)
        #expect(
            documents.first?.description
                == #"{"apiVersion":"v1","kind":"Pod","spec":{"on":true,"n":1.50,"mode":420,"text":"5","none":null,"list":["a",1,true],"script":"one\n  two\n"}}"#
        )
        #expect(documents.last == ["second": ["a": 1], "merged": ["a": 1, "b": 2]])
    }

    @Test(
        "mistakes name their line",
        arguments: [("a: 1\nb: [", 3), ("a: 1\na: 2", 1), ("a: 'x\n", 2), ("? [a]\n: 1", 1), ("a: .inf", 1), ("a: *x", 1)])
    func mistakes(text: String, line: Int) {
        #expect { try YAML.parse(text) } throws: { ($0 as? YAMLError)?.line == line }
    }

    @Test("an object is written as kubectl prints it")
    func writing() {
        let value: JSONValue = [
            "metadata": ["name": "a", "annotations": ["b10": "x", "b9": "y"], "labels": [:], "finalizers": []],
            "apiVersion": "v1",
            "list": [["name": "x", "args": ["-c", "a: b", "#"]], [1, 2], .null],
            "time": "2026-01-01T00:00:00Z", "port": "80", "yes": "yes", "empty": "", "colon": "a:b", "url": "http://x", "star": "*",
            "text": "one\ntwo\n", "open": "one\ntwo", "tab": "a\n\tb", "indented": "  a\nb\n", "trailing": "a ", "quote": "it's",
            "spaced": "'it's",
        ]
        #expect(
            YAML.write(value) == """
                apiVersion: v1
                colon: a:b
                empty: ""
                indented: |2
                    a
                  b
                list:
                - args:
                  - -c
                  - 'a: b'
                  - '#'
                  name: x
                - - 1
                  - 2
                - null
                metadata:
                  annotations:
                    b9: "y"
                    b10: x
                  finalizers: []
                  labels: {}
                  name: a
                open: |-
                  one
                  two
                port: "80"
                quote: it's
                spaced: '''it''s'
                star: '*'
                tab: "a\\n\\tb"
                text: |
                  one
                  two
                time: "2026-01-01T00:00:00Z"
                trailing: 'a '
                url: http://x
                "yes": "yes"

                """)
    }

    @Test("a long line breaks at a space after eighty columns")
    func folding() {
        let words = Array(repeating: "word", count: 20).joined(separator: " ")
        #expect(
            YAML.write(["message": .string(words)]) == """
                message: word word word word word word word word word word word word word word word
                  word word word word word

                """)
    }

    @Test("whatever is written reads back as the same value")
    func roundTrip() throws {
        var random = SplitMix(seed: 11)
        for _ in 0..<3000 {
            let value = Self.value(&random, depth: 0)
            let text = YAML.write(value)
            #expect(try YAML.parseOne(text) == value, "\(text)")
        }
    }

    @Test("no text traps")
    func fuzzing() {
        var random = SplitMix(seed: 12)
        let pieces = [
            "a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "'", "\"", "|", ">", "&x", "*x", "!", "#", "?", "0", "\t", "%", "---",
            "\u{0}", "é", "<<",
        ]
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0...25, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            _ = try? YAML.parse(text)
        }
        _ = try? YAML.parse(String(repeating: "[", count: 5000))
        _ = try? YAML.parse(String(repeating: "- ", count: 5000))
        _ = try? YAML.parse(String(repeating: "{a: ", count: 5000))
    }

    @Test("aliases cannot multiply a document without end")
    func aliases() {
        var text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        for level in 1...9 {
            text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",") + "]\n"
        }
        #expect(throws: YAMLError.self) { try YAML.parse(text) }
    }

    private static func value(_ random: inout SplitMix, depth: Int) -> JSONValue {
        switch Int.random(in: 0...(depth < 3 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .number(JSONNumber(Int.random(in: -1000...1000, using: &random)))
        case 3, 4, 5: return .string(string(&random))
        case 6: return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default:
            return .object(
                JSONObject((0..<Int.random(in: 0...3, using: &random)).map { _ in (string(&random), value(&random, depth: depth + 1)) }))
        }
    }

    private static func string(_ random: inout SplitMix) -> String {
        let pieces = [
            "a", "word", " ", "  ", "\n", ":", ": ", "-", "#", "'", "\"", "\\", "0", "1", ".", "e", "y", "no", "{", "[", ",", "\t", "\u{7}",
            "é", "🙂", "\u{85}", "\u{2028}", "?", "!", "%", "~", "\r",
        ]
        return (0..<Int.random(in: 0...(Bool.random(using: &random) ? 4 : 40), using: &random)).map { _ in
            pieces.randomElement(using: &random) ?? ""
        }.joined()
    }
}
