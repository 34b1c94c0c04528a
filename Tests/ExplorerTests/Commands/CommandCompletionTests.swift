import KubernetesModel
import Testing

@testable import Explorer

@Suite("CommandCompletion")
struct CommandCompletionTests {
    private let completion = CommandCompletion(
        commands: ["contexts", "quit"], resources: ResourceCatalog.builtIn.resources.filter { $0.supports("list") },
        namespaces: ["default", "kube-system", "shop"], contexts: ["demo", "eu-prod"], history: ["pods", "svc shop"]
    )

    @Test("a short name offers its resource first")
    func shortName() {
        #expect(completion.suggestions(for: "po").first == "pods")
        #expect(completion.suggestions(for: "dep").first == "deployments")
    }

    @Test("the second word is a namespace, after @ a context")
    func arguments() {
        #expect(completion.suggestions(for: "pods k") == ["pods kube-system"])
        #expect(completion.suggestions(for: "xray dep").first == "xray deployments")
        #expect(completion.suggestions(for: "pods @e") == ["pods @eu-prod"])
        #expect(completion.suggestions(for: "ctx d") == ["ctx demo"])
    }

    @Test("of several namespaces or contexts the last one is completed")
    func lists() {
        #expect(completion.suggestions(for: "pods @demo,@e") == ["pods @demo,@eu-prod"])
        #expect(completion.suggestions(for: "pods @demo,e").isEmpty == false)
        #expect(completion.suggestions(for: "pods shop,k") == ["pods shop,kube-system"])
        #expect(completion.suggestions(for: "pods !d") == ["pods !default"])
    }

    @Test("an empty prompt offers what was typed before, newest first")
    func history() {
        #expect(completion.suggestions(for: "") == ["svc shop", "pods"])
    }

    @Test("what is complete offers nothing", arguments: ["pods shop", "quit"])
    func complete(text: String) {
        #expect(completion.suggestions(for: text).isEmpty)
    }
}
