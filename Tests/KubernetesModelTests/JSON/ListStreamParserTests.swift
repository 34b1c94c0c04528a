import KubernetesModel
import Testing

@Suite struct ListStreamParserTests {
    static let list = #"""
        {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7","continue":"x"},"items" : [
        {"metadata":{"name":"a","managedFields":[{"x":1}],"note":"\"items\":[{]"}}, {"items":[1,2],"n":[]},{}
        ],"after":true}
        """#

    @Test("items come out whole, wherever the bytes are cut", arguments: [1, 2, 3, 7, 50, 1000])
    func chunks(size: Int) throws {
        var parser = ListStreamParser(options: .withoutManagedFields)
        var items: [JSONObject] = []
        let bytes = Array(Self.list.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            items += try parser.feed(bytes[start..<min(start + size, bytes.count)])
        }
        #expect(parser.isComplete)
        #expect(items == [["metadata": ["name": "a", "note": "\"items\":[{]"]], ["items": [1, 2], "n": []], [:]])
        #expect(
            try parser.finish() == [
                "kind": "PodList", "apiVersion": "v1", "metadata": ["resourceVersion": "7", "continue": "x"], "items": [], "after": true,
            ])
    }

    @Test("an item is given before the list has ended")
    func early() throws {
        var parser = ListStreamParser()
        #expect(try parser.feed(Array(#"{"items":[{"a":1},{"b""#.utf8)) == [["a": 1]])
        #expect(!parser.isComplete)
        #expect(throws: JSONError.self) { try parser.finish() }
    }

    @Test("no bytes trap, and a status object is no list")
    func fuzzing() throws {
        var random = SplitMix(seed: 21)
        for _ in 0..<5000 {
            var bytes = Array(Self.list.utf8)
            for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            var parser = ListStreamParser()
            _ = try? parser.feed(bytes)
            _ = try? parser.finish()
        }
        var parser = ListStreamParser()
        #expect(try parser.feed(Array(#"{"kind":"Status"}"#.utf8)).isEmpty)
        #expect(!parser.isComplete)
        #expect(try parser.finish() == ["kind": "Status"])
    }
}

@Suite struct JSONObjectTests {
    @Test("a member set to nothing is removed, also through a condition")
    func removal() {
        func value() -> JSONValue { "x" }
        var object: JSONObject = ["a": 1]
        let isEmpty = object.count == 1
        object["a"] = isEmpty ? nil : value()
        #expect(object.isEmpty)
        var metadata = ObjectMetadata(["labels": ["a": "b"]])
        metadata.labels = [:]
        #expect(metadata.json.isEmpty)
    }

    @Test("of members with one name the last is kept, and reported when asked for")
    func duplicates() throws {
        var parser = JSONParser(options: JSONParser.Options(reportsDuplicates: true))
        #expect(try parser.parse(Array(#"{"a":1,"b":[{"c":1,"c":2}],"a":3}"#.utf8)) == ["a": 3, "b": [["c": 2]]])
        #expect(parser.duplicates == ["b[0].c", "a"])
    }

    @Test("a parser goes on after an error, and no bytes trap")
    func fuzzing() throws {
        var random = SplitMix(seed: 33)
        let text = #"{"name":"a string of some length","list":[1,-2.5e3,true,null,"\u00e9\ud83d\ude00"],"more":{"deep":[[],{}]},"ünï":"côde"}"#
        let expected = try JSONParser.parse(text)
        var parser = JSONParser(options: JSONParser.Options(reportsDuplicates: true))
        for _ in 0..<5000 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let value = try? parser.parse(bytes) { #expect(try JSONParser.parse(JSONWriter.compact(value)) == value) }
        }
        #expect(try parser.parse(Array(text.utf8)) == expected)
    }
}
