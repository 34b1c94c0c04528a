import Foundation
import KubernetesClient
import Testing

@Suite("Changing a kubeconfig")
struct KubeconfigTextTests {
    static let kubectl = """
        apiVersion: v1
        # my clusters
        clusters:
        - cluster:
            server: https://a:6443   # the old one
          name: a
        contexts:
        - context:
            cluster: a
            user: me

            # for the shop
            namespace: shop
          name: dev
        # production, careful
        - context: {cluster: a, user: you}
          name: "prod"
        current-context: dev
        kind: Config
        users: [{name: me, user: {token: x}}]

        """

    private func kubeconfig(_ text: String = kubectl) throws -> KubeconfigText { try KubeconfigText(text, file: "config") }

    @Test("renaming changes the lines of the name and nothing else")
    func rename() throws {
        #expect(
            try kubeconfig().renamingContext("dev", to: "shop-dev")
                == Self.kubectl
                .replacing("  name: dev", with: "  name: \"shop-dev\"").replacing(
                    "current-context: dev", with: "current-context: \"shop-dev\""))
        #expect(try kubeconfig().renamingContext("prod", to: "a: b") == Self.kubectl.replacing("name: \"prod\"", with: "name: \"a: b\""))
    }

    @Test("removing takes the context's own lines, and leaves comments around it")
    func remove() throws {
        let dev = """
            - context:
                cluster: a
                user: me

                # for the shop
                namespace: shop
              name: dev

            """
        #expect(try kubeconfig().removingContext("dev") == Self.kubectl.replacing(dev, with: ""))
        let last = try KubeconfigText(try kubeconfig().removingContext("dev"), file: "config").removingContext("prod")
        #expect(last.contains("contexts: []\n# production, careful\ncurrent-context: dev"))
    }

    @Test(
        "what can't be changed line by line is refused",
        arguments: [
            #"{"contexts": [{"name": "dev", "context": {}}], "current-context": "dev"}"#, "contexts: [{name: dev, context: {}}]\n",
        ])
    func refused(text: String) throws {
        #expect(throws: KubeconfigError.self) { try kubeconfig(text).removingContext("dev") }
        #expect(throws: KubeconfigError.self) { try kubeconfig(text).renamingContext("dev", to: "x") }
    }

    @Test("a name on lines of its own is not renamed, but can be removed with them")
    func block() throws {
        let text = "contexts:\n- name: |-\n    dev\n  context: {}\n"
        #expect(throws: KubeconfigError.self) { try kubeconfig(text).renamingContext("dev", to: "x") }
        #expect(try kubeconfig(text).removingContext("dev") == "contexts: []\n")
    }

    @Test("a name that is taken, or not there, is told")
    func names() throws {
        #expect(throws: KubeconfigError.self) { try kubeconfig().renamingContext("dev", to: "prod") }
        #expect(throws: KubeconfigError.self) { try kubeconfig().removingContext("nobody") }
    }

    @Test("the file keeps its mode, a link stays a link, and what changed meanwhile is not overwritten")
    func writing() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-kubeconfig-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (file, link) = ("\(folder)/real", "\(folder)/config")
        #expect(FileManager.default.createFile(atPath: file, contents: Data(Self.kubectl.utf8), attributes: [.posixPermissions: 0o640]))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        let read = try KubeconfigText(file: link)
        try read.write(try read.renamingContext("dev", to: "new"), to: link)
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("current-context: \"new\""))
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o640)
        #expect(try FileManager.default.attributesOfItem(atPath: link)[.type] as? FileAttributeType == .typeSymbolicLink)
        #expect(throws: KubeconfigError.self) { try read.write("", to: link) }
        #expect(FileManager.default.createFile(atPath: "\(file).lock", contents: nil))
        let now = try KubeconfigText(file: link)
        #expect(throws: KubeconfigError.self) { try now.write(now.text, to: link) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["config", "real", "real.lock"])
    }
}
