import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Expressions")
struct ExpressionTests {
    private let object: JSONValue = [
        "replicas": 3, "name": "web-1", "tags": ["a", "b"], "limits": ["cpu": "500m"], "ports": [["name": "http", "port": 80]],
    ]

    private func holds(_ text: String, old: JSONValue? = nil) throws -> Bool {
        var variables = ["self": object]
        variables["oldSelf"] = old
        return try ExpressionEvaluator(variables).flag(Expression(text))
    }

    @Test(
        "hold for what they say",
        arguments: [
            "self.replicas <= 5 && self.replicas > 0", "self.replicas == 3.0", "self.name.startsWith('web') || self.missing == 1",
            "has(self.name) && !has(self.missing)", "self.tags.all(t, t.size() == 1)", "self.tags.exists_one(t, t == 'a')",
            "'b' in self.tags && 'cpu' in self.limits", "self.ports.map(p, p.port)[0] + 1 == 81", "size(self.tags) == 2",
            "self.name.matches('^[a-z]+-[0-9]+$')", "self.replicas % 2 == 1 ? true : false", "[1, 2, 3].sum() == 6",
            "quantity(self.limits.cpu).isLessThan(quantity('1'))", "duration('1h') > duration('59m')", "self.name.split('-')[1] == \"1\"",
            "self.ports.filter(p, p.name == 'http').size() == 1", "!(self.replicas in [1, 2])", "-self.replicas < 0", "7 / 2 == 3",
        ]
    )
    func hold(_ text: String) throws {
        #expect(try holds(text))
    }

    @Test("compare a value with the one it replaces")
    func transitions() throws {
        #expect(try holds("self.replicas >= oldSelf.replicas", old: ["replicas": 2]))
        #expect(try !holds("self.name == oldSelf.name", old: ["name": "db"]))
    }

    @Test(
        "fail where they can't be evaluated",
        arguments: ["self.missing == 1", "1 / 0 == 1", "self.tags[7] == 'a'", "nobody", "self.name < 3"]
    )
    func failures(_ text: String) throws {
        #expect(throws: ExpressionError.self) { try holds(text) }
    }

    @Test("are refused when they are none", arguments: ["self.", "(1", "1 +", "'open", "a ? b", "@", "", "has(self)"])
    func syntax(_ text: String) {
        #expect(throws: ExpressionError.self) { try Expression(text) }
    }

    @Test("match patterns in time that grows with the text alone")
    func patterns() throws {
        let text = String(repeating: "a", count: 2_000)
        #expect(try !holds("'\(text)!'.matches('^(a+)+$')"))
        #expect(try holds("'\(text)'.matches('^(a+)+$') && 'x12y'.find('[0-9]+') == '12'"))
    }

    @Test("stop at a depth that the stack bears")
    func depth() {
        for text in [String(repeating: "(", count: 10_000), String(repeating: "!", count: 10_000), String(repeating: "[", count: 10_000)] {
            #expect(throws: ExpressionError.self) { try Expression(text) }
        }
    }

    @Test(
        "whatever is written, reading and evaluating it ends",
        arguments: [
            Array(repeating: "1", count: 20_000).joined(separator: "+"), "self" + String(repeating: ".a", count: 20_000),
            String(repeating: "(", count: 20_000), String(repeating: "//\n", count: 20_000), "'abc'.charAt(-1) == ''",
            "'abc'.charAt(4) == ''",
            "LIST.all(a, LIST.all(b, LIST.all(c, LIST.all(d, LIST.all(e, a + b + c + d + e > 0)))))"
                .replacing("LIST", with: "[\(Array(repeating: "1", count: 60).joined(separator: ","))]"),
            nested(40, "'aaaaaaaa'") { "[\($0)].map(x, x + x)[0]" } + " == ''",
            nested(40, "[1]") { "[\($0)].map(x, x + x)[0]" } + " == [1]",
            nested(30, "[1]") { "[\($0)].map(x, [x, x])[0]" } + " == " + nested(30, "[1]") { "[\($0)].map(x, [x, x])[0]" },
            "'" + String(repeating: "a", count: 4_000) + "'.replace('', '" + String(repeating: "b", count: 4_000) + "') == ''",
        ])
    func ends(_ text: String) {
        #expect(throws: ExpressionError.self) { try holds(text) }
    }
}

/// An expression in itself, over and over.
private func nested(_ count: Int, _ start: String, _ outer: (String) -> String) -> String {
    (0..<count).reduce(start) { text, _ in outer(text) }
}
