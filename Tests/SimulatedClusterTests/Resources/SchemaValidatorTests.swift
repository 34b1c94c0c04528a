import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Schemas of custom resources")
struct SchemaValidatorTests {
    private func messages(_ value: JSONValue, _ schema: JSONValue) -> [String] {
        SchemaValidator(patterns: SchemaPatterns(of: schema)).errors(in: value, schema, at: FieldPath("spec")).map(\.description)
    }

    @Test("a value of another type is named by its type")
    func types() {
        #expect(messages("x", ["type": "integer"]) == [#"spec: Invalid value: "string": spec in body must be of type integer: "string""#])
        #expect(messages(.null, ["type": "string", "nullable": true]) == [])
        #expect(messages(1, ["x-kubernetes-int-or-string": true]) == [])
    }

    @Test("bounds, patterns and formats are checked")
    func scalars() {
        #expect(messages(0, ["minimum": 0, "exclusiveMinimum": true]) == ["spec: Invalid value: 0: spec in body should be greater than 0"])
        #expect(messages(7, ["multipleOf": 2]) == ["spec: Invalid value: 7: spec in body should be a multiple of 2"])
        #expect(messages("x", ["format": "ipv4"]) == [#"spec: Invalid value: "x": spec in body must be of type ipv4: "x""#])
        #expect(messages("A", ["pattern": "^[a-z]$"]) == [#"spec: Invalid value: "A": spec in body should match '^[a-z]$'"#])
    }

    @Test("of several schemas one, some or all have to fit")
    func combinations() {
        let either: JSONValue = ["oneOf": [["required": ["a"]], ["required": ["b"]]]]
        #expect(messages(["a": 1], either) == [])
        #expect(
            messages(["a": 1, "b": 1], either) == [
                #"<nil>: Invalid value: "": "spec" must validate one and only one schema (oneOf). Found 2 valid alternatives"#
            ]
        )
        #expect(
            messages([:], ["anyOf": [["required": ["a"]]]]) == [
                #"<nil>: Invalid value: "": "spec" must validate at least one schema (anyOf)"#, "spec.a: Required value",
            ]
        )
    }

    @Test("lists with keys hold each once")
    func lists() {
        let schema: JSONValue = ["type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]]
        #expect(messages([["name": "a", "x": 1], ["name": "a"]], schema) == [#"spec[1]: Duplicate value: {"name":"a"}"#])
    }

    @Test("rules compare with the value before, and only when there is one")
    func expressions() {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "size": ["type": "integer", "x-kubernetes-validations": [["rule": "self == oldSelf", "message": "size is fixed"]]]
            ],
        ]
        #expect(SchemaExpressions.errors(in: ["size": 1], replacing: nil, schema, at: .spec).isEmpty)
        let errors = SchemaExpressions.errors(in: ["size": 1], replacing: ["size": 2], schema, at: .spec)
        #expect(errors.map(\.description) == [#"spec.size: Invalid value: "integer": size is fixed"#])
    }
}
