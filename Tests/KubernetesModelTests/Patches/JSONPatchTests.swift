import KubernetesModel
import Testing

@Suite struct JSONPatchTests {
    static func apply(_ patch: String, to document: String) throws -> String {
        try JSONPatch(JSONParser.parse(patch)).apply(to: JSONParser.parse(document)).description
    }

    @Test(
        "operations change a document",
        arguments: [
            (#"[{"op":"add","path":"/b","value":2}]"#, #"{"a":1}"#, #"{"a":1,"b":2}"#),
            (#"[{"op":"add","path":"/l/1","value":9}]"#, #"{"l":[1,2]}"#, #"{"l":[1,9,2]}"#),
            (#"[{"op":"add","path":"/l/-","value":9}]"#, #"{"l":[1,2]}"#, #"{"l":[1,2,9]}"#),
            (#"[{"op":"remove","path":"/l/0"}]"#, #"{"l":[1,2]}"#, #"{"l":[2]}"#),
            (#"[{"op":"replace","path":"/a","value":{"b":null}}]"#, #"{"a":1}"#, #"{"a":{"b":null}}"#),
            (#"[{"op":"move","from":"/a","path":"/b/c"}]"#, #"{"a":1,"b":{}}"#, #"{"b":{"c":1}}"#),
            (#"[{"op":"copy","from":"/a","path":"/b"}]"#, #"{"a":[1]}"#, #"{"a":[1],"b":[1]}"#),
            (#"[{"op":"test","path":"/a~1b/m~0n","value":1}]"#, #"{"a/b":{"m~n":1}}"#, #"{"a/b":{"m~n":1}}"#),
            (#"[{"op":"replace","path":"","value":5}]"#, #"{}"#, "5"),
        ])
    func operations(patch: String, document: String, expected: String) throws {
        #expect(try Self.apply(patch, to: document) == expected)
    }

    @Test(
        "what cannot be applied says why",
        arguments: [
            (
                #"[{"op":"remove","path":"/zz"}]"#, PatchError.Kind.inapplicable,
                "error in remove for path: '/zz': Unable to remove nonexistent key: zz: missing value"
            ),
            (
                #"[{"op":"remove","path":"/x/y"}]"#, .inapplicable,
                "remove operation does not apply: doc is missing path: /x/y: missing value"
            ),
            (#"[{"op":"test","path":"/a","value":9}]"#, .inapplicable, "testing value /a failed: test failed"),
            (
                #"[{"op":"add","path":"/x/y","value":1}]"#, .inapplicable,
                "add operation does not apply: doc is missing path: \"/x/y\": missing value"
            ),
            (
                #"[{"op":"replace","path":"/x","value":1}]"#, .inapplicable,
                "replace operation does not apply: doc is missing key: /x: missing value"
            ),
            (#"{"a":1}"#, .malformed, "json: cannot unmarshal object into Go value of type jsonpatch.Patch"),
        ])
    func refusal(patch: String, kind: PatchError.Kind, message: String) {
        #expect(throws: PatchError(kind, message)) { try Self.apply(patch, to: #"{"a":1}"#) }
    }

    @Test("a patch of too many operations is refused as a whole")
    func tooManyOperations() {
        let patch = JSONValue.array(Array(repeating: ["op": "test", "path": "/a", "value": 1], count: 10_001))
        let message = "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001"
        #expect(throws: PatchError(.tooLarge, message)) { try JSONPatch(patch) }
    }

    @Test("copies may add up to three megabytes and no more")
    func copiedBytes() {
        let copy: JSONValue = ["op": "copy", "from": "/list", "path": "/list/-"]
        let document: JSONValue = ["list": [.string(String(repeating: "x", count: 1000))]]
        let doubling = JSONValue.array(Array(repeating: copy, count: 40))
        let error = #expect(throws: PatchError.self) { try JSONPatch(doubling).apply(to: document) }
        #expect(error?.message.hasPrefix("Unable to complete the copy, the accumulated size increase of copy is ") == true)
    }

    @Test(
        "no patch makes a document deeper than can be read again",
        arguments: [
            #"{"op":"copy","from":"/data","path":"/data/a"}"#, #"{"op":"copy","from":"","path":"/data"}"#,
        ])
    func depth(operation: String) throws {
        let patch = try JSONParser.parse("[" + Array(repeating: operation, count: 600).joined(separator: ",") + "]")
        #expect(throws: PatchError(.inapplicable, "the patched document is nested too deep")) {
            try JSONPatch(patch).apply(to: ["data": [:]])
        }
    }

    @Test("what moves deeper and back again leaves a patch its depth")
    func movesToAndFro() throws {
        let there = #"{"op":"move","from":"/a","path":"/b/c/d"}"#
        let back = #"{"op":"move","from":"/b/c/d","path":"/a"}"#
        let patch = "[" + Array(repeating: there + "," + back, count: 1_000).joined(separator: ",") + "]"
        #expect(try Self.apply(patch, to: #"{"b":{"c":{}},"a":1}"#) == #"{"b":{"c":{}},"a":1}"#)
    }

    @Test("a merge patch sets, merges and removes members")
    func mergePatch() throws {
        let document: JSONValue = ["a": 1, "b": ["c": 2, "d": 3], "l": [1, 2]]
        let patched = try MergePatch.apply(["a": .null, "b": ["c": .null, "e": ["f": .null]], "l": [3]], to: document)
        #expect(patched == ["b": ["d": 3, "e": [:]], "l": [3]])
        #expect(throws: PatchError.self) { try MergePatch.apply([1], to: document) }
    }

    @Test("no patch traps")
    func fuzzing() throws {
        var random = SplitMix(seed: 3)
        let paths = ["", "/", "/a", "/a/b", "/l/0", "/l/-", "/l/-1", "/l/99", "/l/x", "l", "/a/b/c", "/l/00", "/~", "/~2"]
        let operations = ["add", "remove", "replace", "move", "copy", "test", "", "x"]
        let values: [JSONValue] = [.null, 1, "x", [], [:], ["a": ["b": [1]]]]
        for _ in 0..<5000 {
            let patch = (0..<Int.random(in: 0...4, using: &random)).map { _ -> JSONValue in
                [
                    "op": .string(operations.randomElement(using: &random) ?? ""),
                    "path": .string(paths.randomElement(using: &random) ?? ""),
                    "from": .string(paths.randomElement(using: &random) ?? ""), "value": values.randomElement(using: &random) ?? .null,
                ]
            }
            let document: JSONValue = ["a": ["b": 1], "l": [1, [2], [:]]]
            _ = try? JSONPatch(.array(patch)).apply(to: document)
        }
    }
}
