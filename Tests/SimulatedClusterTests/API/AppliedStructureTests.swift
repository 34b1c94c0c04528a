import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("The structure of what is applied")
struct AppliedStructureTests {
    private func message(_ text: String, _ kind: String = "Deployment", _ apiVersion: String = "apps/v1") throws -> String? {
        let object = try #require(try JSONParser.parse(text).objectValue)
        let root = try #require(SchemaCatalog.builtIn.root(of: GroupVersionKind(apiVersion: apiVersion, kind: kind)))
        return AppliedStructure(object, root: root).message
    }

    @Test("elements of lists can be told apart")
    func duplicates() throws {
        let env = #"[{"name":"A","value":"1"},{"name":"A","value":"2"}]"#
        #expect(
            try message(#"{"spec":{"template":{"spec":{"containers":[{"name":"c","env":\#(env)}]}}}}"#)
                == #".spec.template.spec.containers[name="c"].env: duplicate entries for key [name="A"]"#)
        #expect(
            try message(#"{"metadata":{"finalizers":["a.b/c","a.b/c"]}}"#)
                == #".metadata.finalizers: duplicate entries for key [="a.b/c"]"#)
        #expect(
            try message(#"{"spec":{"ports":[{"name":"x"}]}}"#, "Service", "v1")
                == #".spec.ports: element 0: associative list with keys has an element that omits key field "port""#)
        #expect(try message(#"{"spec":{"ports":[{"port":80},{"port":80,"protocol":"UDP"}]}}"#, "Service", "v1") == nil)
    }

    @Test("scalars are of their types, and several problems are listed")
    func types() throws {
        #expect(try message(#"{"spec":{"replicas":"3"}}"#) == ".spec.replicas: expected numeric (int or float), got string")
        #expect(
            try message(#"{"data":{"a":1},"metadata":{"labels":["x"]}}"#, "ConfigMap", "v1") == """
                errors:
                  .data.a: expected string, got &value.valueUnstructured{Value:1}
                  .metadata.labels: expected map, got &{[]interface {}{"x"}}
                """)
    }
}
