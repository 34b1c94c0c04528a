import KubernetesModel
import Testing

@Suite("Three-way merge")
struct ThreeWayMergeTests {
    private func merge(_ original: String, _ modified: String, _ current: String, kind: String? = nil) throws -> String {
        func object(_ text: String) throws -> JSONObject { try #require(YAML.parseOne(text).objectValue) }
        let root = kind.flatMap { SchemaCatalog.builtIn.root(of: GroupVersionKind(apiVersion: "apps/v1", kind: $0)) } ?? .untyped
        let merged = ThreeWayMerge.merge(
            original: try object(original), modified: try object(modified), current: try object(current), root: root)
        return JSONValue.object(merged).description
    }

    @Test("what the author changed changes, what the author left out goes, what others added stays")
    func members() throws {
        #expect(try merge("{a: 1, b: 1, gone: 1}", "{a: 2, b: 1}", "{a: 1, b: 5, gone: 1, others: 1}") == #"{"a":2,"b":1,"others":1}"#)
        #expect(try merge("{m: {x: 1, y: 1}}", "{m: {x: 1}}", "{m: {x: 1, y: 1, z: 1}}") == #"{"m":{"x":1,"z":1}}"#)
    }

    @Test("containers and their variables are told apart by their names; what was injected stays")
    func lists() throws {
        let merged = try merge(
            "spec: {template: {spec: {containers: [{name: app, image: 'a:2', env: [{name: OLD, value: x}]}, {name: gone}]}}}",
            "spec: {template: {spec: {containers: [{name: app, image: 'a:1'}]}}}",
            """
            spec: {template: {spec: {containers: [{name: proxy, image: p}, {name: gone},
              {name: app, image: 'a:2', imagePullPolicy: Always, env: [{name: OLD, value: x}, {name: INJECTED, value: y}]}]}}}
            """, kind: "Deployment")
        #expect(
            merged == #"{"spec":{"template":{"spec":{"containers":[{"name":"app","image":"a:1","imagePullPolicy":"Always"},"#
                + #"{"name":"proxy","image":"p"}]}}}}"#)
    }

    @Test("of an element that stays, members of its own lists that others added stay")
    func nested() throws {
        let merged = try merge(
            "spec: {template: {spec: {containers: [{name: app, env: [{name: A, value: x}, {name: B, value: x}]}]}}}",
            "spec: {template: {spec: {containers: [{name: app, env: [{name: A, value: z}]}]}}}",
            "spec: {template: {spec: {containers: [{name: app, env: [{name: A, value: x}, {name: B, value: x}, {name: C, value: w}]}]}}}",
            kind: "Deployment")
        #expect(
            merged
                == #"{"spec":{"template":{"spec":{"containers":[{"name":"app","env":[{"name":"A","value":"z"},{"name":"C","value":"w"}]}]}}}}"#
        )
    }

    @Test("where one member excludes others, what a server has put beside the former one goes, and stays where nothing changes")
    func exclusiveMembers() throws {
        let defaulted = "spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}"
        #expect(
            try merge("spec: {replicas: 1}", "spec: {strategy: {type: Recreate}}", defaulted, kind: "Deployment")
                == #"{"spec":{"strategy":{"type":"Recreate"}}}"#)
        #expect(
            try merge("{}", "spec: {strategy: {type: RollingUpdate}}", defaulted, kind: "Deployment")
                == #"{"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}}}"#)
        #expect(
            try merge(
                "spec: {template: {spec: {volumes: [{name: v, emptyDir: {}}]}}}",
                "spec: {template: {spec: {volumes: [{name: v, configMap: {name: c}}]}}}",
                "spec: {template: {spec: {volumes: [{name: v, emptyDir: {medium: Memory}}]}}}", kind: "Deployment")
                == #"{"spec":{"template":{"spec":{"volumes":[{"name":"v","configMap":{"name":"c"}}]}}}}"#)
    }

    @Test("lists whose elements can't be told apart change as a whole")
    func atomic() throws {
        #expect(try merge("{l: [1, 2]}", "{l: [3]}", "{l: [1, 2, 9]}") == #"{"l":[3]}"#)
    }
}
