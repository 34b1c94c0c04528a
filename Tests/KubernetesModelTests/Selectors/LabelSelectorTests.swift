import KubernetesModel
import Testing

@Suite struct LabelSelectorTests {
    let labels = ["app": "web", "tier": "front", "weight": "5"]

    @Test(
        "a selector chooses by labels",
        arguments: [
            ("", true), ("app", true), ("!app", false), ("app=web", true), ("app==web", true), ("app!=web", false), ("none!=x", true),
            ("app in (a, web)", true), ("app notin (web)", false), ("none notin (web)", true), ("none in (web)", false), ("weight>4", true),
            ("weight<5", false), ("app>4", false), ("app=web,tier=back", false), ("app=web, tier = front ", true), ("app=", false),
            ("none=", false), ("app in ()", false), ("!none,app", true), ("app in (,web)", true),
        ])
    func matching(text: String, expected: Bool) throws {
        #expect(try LabelSelector(text).matches(labels) == expected)
    }

    @Test(
        "a text is written back in the order of keys",
        arguments: [
            ("b=1,a=2", "a=2,b=1"), ("x in (b,a,b)", "x in (a,b)"), ("!x", "!x"), ("x", "x"), ("x==1", "x==1"), ("x>1", "x>1"),
            ("x in ()", "x in ()"),
            ("in in (in,notin)", "in in (in,notin)"),
        ])
    func writing(text: String, expected: String) throws {
        #expect(try LabelSelector(text).description == expected)
    }

    @Test(
        "mistakes are named in the API server's words",
        arguments: [
            ("=", "found '=', expected: !, identifier, or 'end of string'"),
            ("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"),
            ("a=b c", "found 'c', expected: ',' or 'end of string'"),
            ("a,", "found '', expected: identifier after ','"),
            ("a in b", "unable to parse requirement: found 'b' expected: '('"),
            ("a in (b", "unable to parse requirement: found '', expected: ',' or ')'"),
            ("a=(", "unable to parse requirement: found '(', expected: identifier"),
            ("!", "unable to parse requirement: found '', expected: identifier"),
            (
                "a=-",
                "unable to parse requirement: values[0][a]: Invalid value: \"-\": a valid label must be an empty string or consist of "
                    + "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or "
                    + "'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
            ),
            ("a>b", "unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value must be an integer"),
        ])
    func mistakes(text: String, message: String) {
        #expect(throws: SelectorError(message)) { try LabelSelector(text) }
    }

    @Test("the object form chooses nothing when missing and everything when empty")
    func objectForm() throws {
        #expect(try !LabelSelector(object: nil).matches(labels))
        #expect(try !LabelSelector(object: .null).matches(labels))
        #expect(try LabelSelector(object: [:]).matches([:]))
        let object: JSONValue = [
            "matchLabels": ["app": "web"], "matchExpressions": [["key": "tier", "operator": "NotIn", "values": ["back"]]],
        ]
        let selector = try LabelSelector(object: object)
        #expect(selector.description == "app=web,tier notin (back)")
        #expect(selector.matches(labels))
        #expect(selector.requiredValue(of: "app") == "web")
        #expect(throws: SelectorError("\"Is\" is not a valid label selector operator")) {
            try LabelSelector(object: ["matchExpressions": [["key": "a", "operator": "Is"]]])
        }
    }

    @Test("no text traps, and what was understood reads back the same")
    func fuzzing() throws {
        var random = SplitMix(seed: 42)
        let alphabet = ["a", "b", "in", "notin", " ", "(", ")", ",", "=", "!", "<", ">", "x/y", "1", "-", "\u{0}", "é", "\t"]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
            guard let selector = try? LabelSelector(text) else { continue }
            #expect(try LabelSelector(selector.description) == selector, "\(text.debugDescription)")
        }
    }
}
