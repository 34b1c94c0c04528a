import KubernetesModel
import KubernetesSemantics
import Testing

@testable import Explorer

@Suite("Rules as a table")
struct RuleMatrixTests {
    func rows(_ yaml: String) throws -> [String] {
        let role = try #require(try YAML.parse("kind: Role\nmetadata: {name: r}\nrules:\n\(yaml)").first.flatMap { KubernetesObject($0) })
        return RuleMatrix.rows(AccessRule.all(of: role)).map { $0.joined(separator: " ") }
    }

    @Test("rules for the same resource make one line; verbs without a column stand at its end")
    func merging() throws {
        #expect(
            try rows(
                """
                - {apiGroups: [""], resources: [pods], verbs: [get, list]}
                - {apiGroups: [""], resources: [pods], verbs: [delete, escalate]}
                - {apiGroups: [apps], resources: [deployments], verbs: ["*"]}
                """) == ["deployments apps ✓ ✓ ✓ ✓ ✓ ✓ ✓ ✓ ", "pods core ✓ ✓ × × × × ✓ × escalate"])
    }

    @Test("names and paths are told")
    func names() throws {
        #expect(
            try rows(
                """
                - {apiGroups: [""], resources: [secrets], resourceNames: [a, b], verbs: [get]}
                - {nonResourceURLs: [/metrics], verbs: [get]}
                """) == ["/metrics  ✓ × × × × × × × ", "secrets a,b core ✓ × × × × × × × "])
    }

    @Test(
        "subjects are named as in K9s",
        arguments: [
            ("u:fred", "User fred"), ("g:system:masters", "Group system:masters"), ("s:shop:builder", "ServiceAccount shop/builder"),
        ])
    func subjects(text: String, expected: String) {
        #expect(AccessSubject(command: text)?.description == expected)
        #expect(AccessSubject(command: "fred") == nil)
        #expect(AccessSubject(command: "s:builder") == nil)
    }
}
