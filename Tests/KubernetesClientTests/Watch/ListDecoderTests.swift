import KubernetesModel
import Testing

@testable import KubernetesClient

@Suite("List decoder")
struct ListDecoderTests {
    private static let list = #"""
        {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"5","items":["no"],"continue":"to\"ken"},
        "items":[ {"a":"]}{","b":[1,{"c":"\\"}]} , {"d":{}}],"x":"items"}
        """#

    @Test("elements come out whole, however the bytes are cut", arguments: [1, 2, 3, 7, 64, 4096])
    func chunks(size: Int) throws {
        var decoder = ListDecoder()
        var elements: [String] = []
        let bytes = Array(Self.list.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            let part = Array(bytes[start..<min(start + size, bytes.count)])
            elements += try decoder.append(part).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(elements == [#"{"a":"]}{","b":[1,{"c":"\\"}]}"#, #"{"d":{}}"#])
        let envelope = try decoder.finish()
        #expect(envelope["metadata"]?["continue"]?.stringValue == "to\"ken")
        #expect(envelope["items"] == .array([]))
        #expect(envelope["x"] == "items")
    }

    @Test("what stands before the first element is known when it comes")
    func head() throws {
        var decoder = ListDecoder()
        _ = try decoder.append(Array(#"{"kind":"PodList","apiVersion":"v1","items":[{"a":"#.utf8))
        #expect(decoder.head()?["kind"] == "PodList")
    }

    @Test("a list of null is an empty one")
    func null() throws {
        var decoder = ListDecoder()
        #expect(try decoder.append(Array(#"{"metadata":{"resourceVersion":"1"},"items":null}"#.utf8)).isEmpty)
        #expect(try decoder.finish()["metadata"]?["resourceVersion"] == "1")
    }

    @Test(
        "half a list, a page of HTML and lists of other things are told apart from lists of objects",
        arguments: [
            (#"{"kind":"PodList","items":[{"a":1}"#, "the list ends too early"),
            ("<html><body>Sign in</body></html>", "it is not a JSON object"),
            (#"{"items":[1,2]}"#, "something else than objects is in the list"),
            ("", "the list ends too early"),
        ])
    func garbage(text: String, problem: String) {
        var decoder = ListDecoder()
        let failure = #expect(throws: ListDecoder.Failure.self) {
            _ = try decoder.append(Array(text.utf8))
            _ = try decoder.finish()
        }
        #expect(failure?.description == problem)
    }

    @Test("an object without end is refused at the limit")
    func endlessObject() {
        var decoder = ListDecoder(elementLimit: 1000)
        #expect(throws: ListDecoder.Failure.self) {
            _ = try decoder.append(Array(#"{"items":[{"a":""#.utf8))
            for _ in 0..<20 { _ = try decoder.append([UInt8](repeating: 0x61, count: 100)) }
        }
    }
}
