import Testing

@testable import Explorer
@testable import KubernetesClient
@testable import KubernetesModel

@Suite("Problems of an edited text")
struct EditProblemsTests {
    private let text = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
        spec:
          containers:
          - name: app
            image: ""
        """

    @Test("what the server says of a field stands below its line")
    func fields() {
        let status = ServerStatus(
            code: 422, reason: "Invalid",
            causes: [.init(reason: "FieldValueRequired", message: "Required value", field: "spec.containers[0].image")]
        )
        let problems = EditProblems(ClientError(.update, cause: .status(status)), in: text)
        #expect(problems.problems == [.init(line: 8, text: "spec.containers[0].image: Required value")])
        #expect(
            problems.excerpt(context: 1) == [
                .gap, .text(number: 7, "  - name: app"), .text(number: 8, "    image: \"\""),
                .problem("spec.containers[0].image: Required value"),
            ])
    }

    @Test("of a text that is not for everybody the lines are named and not shown")
    func hidden() {
        let status = ServerStatus(code: 422, causes: [.init(reason: "", message: "Required value", field: "spec.containers[0].image")])
        let problems = EditProblems(ClientError(.update, cause: .status(status)), in: text)
        #expect(problems.excerpt(showsText: false) == [.problem("line 8: spec.containers[0].image: Required value")])
    }

    @Test("fields that strict decoding doesn't know stand beside their lines")
    func unknownFields() {
        let message = #"strict decoding error: unknown field "spec.containers[0].imagge", duplicate field "metadata.name""#
        let status = ServerStatus(code: 400, reason: "BadRequest", message: message)
        let problems = EditProblems(ClientError(.update, cause: .status(status)), in: text).problems
        #expect(problems.map(\.text) == ["spec.containers[0].imagge: unknown field", "metadata.name: duplicate field"])
        #expect(problems.allSatisfy { $0.line != nil })
    }

    @Test("a field that is missing is told at its parent")
    func missing() {
        let status = ServerStatus(code: 422, causes: [.init(reason: "", message: "Required value", field: "spec.containers[0].name.first")])
        #expect(EditProblems(ClientError(.update, cause: .status(status)), in: text).problems.first?.line == 7)
    }

    @Test("a text that is no YAML is told at its line")
    func syntax() {
        #expect(throws: YAMLError.self) { try YAML.parse("a: 1\nb: [\n") }
        let problems = EditProblems(YAMLError(problem: "did not find expected node content", line: 2), in: "a: 1\nb: [\n")
        #expect(problems.excerpt().contains(.problem("did not find expected node content")))
    }

    @Test("other failures come first, about no line")
    func general() {
        #expect(EditProblems(ExplorerError("conflict"), in: text).excerpt() == [.problem("conflict")])
    }
}
