import KubernetesModel
import Testing

@Suite struct FieldSelectorTests {
    @Test("terms are read with their operators, sorted, and escapes are taken away")
    func parsing() throws {
        let selector = try FieldSelector("spec.nodeName!=n1,metadata.name=a\\,b,,status.phase==Running")
        #expect(
            selector.terms == [
                FieldSelector.Term(path: "metadata.name", value: "a,b"),
                FieldSelector.Term(path: "spec.nodeName", isNegated: true, value: "n1"),
                FieldSelector.Term(path: "status.phase", value: "Running"),
            ])
        #expect(selector.description == "metadata.name=a\\,b,spec.nodeName!=n1,status.phase=Running")
        #expect(selector.requiredValue(of: "status.phase") == "Running")
        #expect(selector.requiredValue(of: "spec.nodeName") == nil)
    }

    @Test(
        "mistakes are named in the API server's words",
        arguments: [
            ("a", "invalid selector: 'a'; can't understand 'a'"),
            ("a=b\\c", "invalid field selector: invalid escape sequence: \\c"),
            ("a=b\\", "invalid field selector: invalid escape sequence: \\"),
            ("a=b=c", "invalid field selector: unescaped character in value: 61"),
        ])
    func mistakes(text: String, message: String) {
        #expect(throws: SelectorError(message)) { try FieldSelector(text) }
    }

    @Test("an object is chosen by its fields; a missing field counts as empty")
    func matching() throws {
        let pod = KubernetesObject(["metadata": ["name": "p"], "spec": ["hostNetwork": true]] as JSONObject)
        #expect(try FieldSelector("metadata.name=p,spec.hostNetwork=true,spec.nodeName=").matches(pod))
        #expect(try !FieldSelector("metadata.name!=p").matches(pod))
        #expect(FieldSelector.name("p").matches(pod))
    }
}
