import KubernetesModel
import Testing

@Suite struct StrategicMergePatchTests {
    static func apply(_ patch: String, to document: String, kind: String = "Pod") throws -> String {
        let kind = GroupVersionKind(group: kind == "Deployment" ? "apps" : "", version: "v1", kind: kind)
        let root = try #require(SchemaCatalog.builtIn.root(of: kind))
        let original = try #require(YAML.parseOne(document).objectValue)
        return try YAML.write(.object(StrategicMergePatch(YAML.parseOne(patch), root: root).apply(to: original)))
    }

    @Test("containers merge by name, the patch's first")
    func containers() throws {
        let result = try Self.apply(
            "spec: {containers: [{name: side, env: [{name: B, value: '2'}]}, {name: c, $patch: delete}]}",
            to: "spec: {containers: [{name: c, image: x}, {name: side, image: z, env: [{name: A, value: '1'}]}]}")
        #expect(
            result == """
                spec:
                  containers:
                  - env:
                    - name: B
                      value: "2"
                    - name: A
                      value: "1"
                    image: z
                    name: side

                """)
    }

    @Test("service ports merge by port; lists without a strategy are replaced; null removes")
    func others() throws {
        #expect(
            try Self.apply(
                "spec: {ports: [{port: 81, targetPort: 8081}], externalIPs: [b], type: null}",
                to: "spec: {ports: [{port: 80}, {port: 81, name: b}], externalIPs: [a], type: NodePort}", kind: "Service")
                == "spec:\n  externalIPs:\n  - b\n  ports:\n  - port: 80\n  - name: b\n    port: 81\n    targetPort: 8081\n")
    }

    @Test("directives replace, order, retain and delete")
    func directives() throws {
        #expect(
            try Self.apply("spec: {containers: [{$patch: replace}, {name: z}]}", to: "spec: {containers: [{name: a}, {name: b}]}")
                == "spec:\n  containers:\n  - name: z\n")
        #expect(
            try Self.apply(
                "spec: {$setElementOrder/containers: [{name: b}, {name: c}, {name: a}], containers: [{name: c}]}",
                to: "spec: {containers: [{name: a}, {name: b}]}")
                == "spec:\n  containers:\n  - name: b\n  - name: c\n  - name: a\n")
        #expect(
            try Self.apply(
                "spec: {strategy: {$retainKeys: [type], type: Recreate}}",
                to: "spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}", kind: "Deployment")
                == "spec:\n  strategy:\n    type: Recreate\n")
        #expect(
            try Self.apply("metadata: {$deleteFromPrimitiveList/finalizers: [a]}", to: "metadata: {finalizers: [a, b]}")
                == "metadata:\n  finalizers:\n  - b\n")
        #expect(
            try Self.apply("metadata: {finalizers: [c, b]}", to: "metadata: {finalizers: [a, b]}")
                == "metadata:\n  finalizers:\n  - c\n  - a\n  - b\n")
        #expect(try Self.apply("spec: {$patch: delete}", to: "spec: {hostNetwork: true}") == "spec: {}\n")
    }

    @Test(
        "mistakes are named in the API server's words",
        arguments: [
            ("spec: {containers: [{image: x}]}", "map: map[image:x] does not contain declared merge key: name"),
            ("spec: {containers: [{name: a, $patch: nope}]}", "unknown patch type: nope in map: map[$patch:nope name:a]"),
            ("spec: {securityContext: {$retainKeys: x}}", "invalid patch format of retainKeys"),
        ])
    func mistakes(patch: String, message: String) {
        #expect(throws: PatchError(.malformed, message)) {
            try Self.apply(patch, to: "spec: {containers: [{name: a}], securityContext: {runAsUser: 1}}")
        }
    }

    @Test("no patch traps")
    func fuzzing() throws {
        var random = SplitMix(seed: 5)
        let pieces = [
            "{", "}", "[", "]", ",", "a: 1", "name: c", "$patch: delete", "$patch: replace", "spec: ", "containers: ",
            "$setElementOrder/containers: ",
            "$retainKeys: ", "$deleteFromPrimitiveList/finalizers: ", "finalizers: ", "metadata: ", "x", "null",
        ]
        for _ in 0..<10_000 {
            let patch = (0..<Int.random(in: 1...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            _ = try? Self.apply("{\(patch)}", to: "spec: {containers: [{name: c}]}\nmetadata: {finalizers: [x]}")
        }
    }
}
