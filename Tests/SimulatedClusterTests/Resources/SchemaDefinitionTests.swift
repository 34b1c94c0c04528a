import KubernetesModel
import Testing

@testable import SimulatedCluster

/// What schemas of custom resources must keep to, and what is wrong with defaults and rules in them.
@Suite("Schemas in definitions")
struct SchemaDefinitionTests {
    private func problems(_ properties: JSONValue, hasStatus: Bool = false, _ others: JSONObject = [:]) -> [String] {
        var schema: JSONObject = ["type": "object", "properties": properties]
        for (key, value) in others { schema[key] = value }
        var errors: [FieldError] = []
        SchemaDefinitionRules.validate(.object(schema), hasStatus: hasStatus, at: FieldPath("schema"), &errors)
        return errors.map { $0.description.replacing("schema.openAPIV3Schema.properties", with: "_") }
    }

    @Test("alternatives ask for values only, of fields that are specified outside of them")
    func alternatives() {
        let spec: JSONValue = [
            "type": "object", "properties": ["a": ["type": "string"]],
            "anyOf": [["type": "object", "required": ["a"]], ["properties": ["b": ["minLength": 1, "default": "x"]]]],
        ]
        #expect(
            problems(["spec": spec]) == [
                "_[spec].anyOf[0].type: Forbidden: must be empty to be structural",
                "_[spec].anyOf[1].properties[b].default: Forbidden: must be undefined to be structural",
            ])
        let path = "schema.openAPIV3Schema.anyOf[0].properties[b]"
        #expect(
            problems([:], ["anyOf": [["properties": ["b": ["minLength": 1]]]]]) == [
                "_[b]: Required value: because it is defined in \(path)"
            ])
    }

    @Test("a number or a text may be said as alternatives of types")
    func intOrString() {
        let either: JSONValue = [["type": "integer"], ["type": "string"]]
        #expect(problems(["port": ["x-kubernetes-int-or-string": true, "anyOf": either]]) == [])
        #expect(problems(["port": ["x-kubernetes-int-or-string": true, "allOf": [["anyOf": either], ["pattern": "^a"]]]]) == [])
        #expect(
            problems(["port": ["x-kubernetes-int-or-string": true, "oneOf": either]]).first
                == "_[port].oneOf[0].type: Forbidden: must be empty to be structural")
    }

    @Test("what servers don't know is not supported")
    func unsupported() {
        #expect(
            problems(["m": ["type": "object", "patternProperties": ["^a": ["type": "string"]]], "d": ["type": "null"]]) == [
                #"_[d].type: Unsupported value: "null": supported values: "array", "boolean", "integer", "number", "object", "string""#,
                "_[d].type: Forbidden: type cannot be set to null, use nullable as an alternative",
                "_[m].patternProperties: Forbidden: patternProperties is not supported",
            ])
        #expect(
            problems(["m": ["type": "object", "properties": ["a": ["type": "string"]], "additionalProperties": ["type": "string"]]]) == [
                "_[m].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive"
            ])
    }

    @Test("defaults are what the schema accepts")
    func defaults() {
        let spec: JSONValue = ["type": "object", "properties": ["a": ["type": "integer"]], "default": ["a": "x", "b": 1]]
        #expect(
            problems(["spec": spec]) == [
                #"_[spec].default: Invalid value: {"a":"x","b":1}: must not have unknown fields"#,
                #"_[spec].default.a: Invalid value: "string": _[spec].default.a in body must be of type integer: "string""#,
            ])
        #expect(
            problems(["kind": ["type": "string", "default": "x"]]) == ["_[kind].default: Forbidden: must not be set in top-level kind"])
    }

    @Test("rules are written so that they can be told")
    func rules() {
        func rule(_ rule: JSONValue) -> [String] {
            problems(["spec": ["type": "object", "properties": ["a": ["type": "string"]], "x-kubernetes-validations": [rule]]])
        }
        let path = "_[spec].x-kubernetes-validations[0]"
        #expect(rule(["rule": "true", "fieldPath": ".b"]) == [#"\#(path).fieldPath: Invalid value: ".b": must be a valid path"#])
        #expect(rule(["rule": "true", "fieldPath": ".a", "reason": "FieldValueForbidden"]) == [])
        #expect(
            rule(["rule": "self.a\n== 'x'"]) == ["\(path).message: Required value: message must be specified if rule contains line breaks"])
        #expect(
            rule(["rule": "true", "reason": "Odd"]) == [
                #"\#(path).reason: Unsupported value: "Odd": supported values: "FieldValueDuplicate", "FieldValueForbidden", "#
                    + #""FieldValueInvalid", "FieldValueRequired""#
            ])
        #expect(
            rule(["rule": "true", "optionalOldSelf": true]) == [
                "\(path).optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule"
            ])
        let list: JSONValue = ["type": "array", "items": ["type": "string", "x-kubernetes-validations": [["rule": "self == oldSelf"]]]]
        #expect(
            problems(["l": list]) == [
                #"_[l].items.x-kubernetes-validations[0].rule: Invalid value: "self == oldSelf": oldSelf cannot be used on the "#
                    + "uncorrelatable portion of the schema within _[l]"
            ])
    }

    @Test("what tells the elements of a list apart is there")
    func keys() {
        let items: JSONValue = ["type": "object", "properties": ["name": ["type": "string"]]]
        let list: JSONValue = [
            "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name", "name"], "items": items,
        ]
        let missing = "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"
        #expect(
            problems(["l": list]) == [
                #"_[l].x-kubernetes-list-map-keys: Invalid value: ["name","name"]: must not contain duplicate entries"#,
                "_[l].items.properties[name].default: Required value: \(missing)",
                "_[l].items.properties[name].default: Required value: \(missing)",
            ])
    }

    @Test("metadata may only be narrowed by name")
    func metadata() {
        #expect(problems(["metadata": ["type": "object", "properties": ["name": ["type": "string", "maxLength": 9]]]]) == [])
        #expect(
            problems(["metadata": ["type": "object", "properties": ["labels": ["type": "object"]]]]) == [
                "_[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified"
            ])
    }

    @Test("with a status of its own, the root says little")
    func status() {
        let words = problems(["spec": ["type": "object"]], hasStatus: true, ["minProperties": 1]).first ?? ""
        #expect(words.hasSuffix("fields are allowed at the root of the schema if the status subresource is enabled"))
        #expect(problems(["spec": ["type": "object"]], hasStatus: true, ["required": ["spec"]]) == [])
    }

    @Test("objects within objects have a kind, a version and metadata")
    func embedded() {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "template": ["type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true]
            ],
        ]
        let value: JSONValue = ["template": ["apiVersion": "a/b/c", "metadata": ["labels": ["x": "!"]]]]
        #expect(
            EmbeddedObjects.errors(in: value, schema, isEmbedded: false, at: .root).map(\.description).prefix(2) == [
                #"template.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c"#, "template.kind: Required value",
            ])
    }
}
