import KubernetesModel
import Testing

@testable import SimulatedCluster

/// What is wrong with claims for devices, classes and slices, in the words and the order of a server's own checks.
@Suite("Validation of devices")
struct DeviceValidationTests {
    private let cluster = TestCluster()
    private static let version = "resource.k8s.io/v1"

    @Test(
        "claims",
        arguments: [
            (
                #"{"requests":[{"name":"a"}]}"#,
                "spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required"
            ),
            (
                #"{"requests":[{"name":"A","exactly":{"deviceClassName":"gpu","allocationMode":"All","count":2}}]}"#,
                #"""
                [spec.devices.requests[0].name: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric \#
                characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for \#
                validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), \#
                spec.devices.requests[0].exactly.count: Invalid value: 2: must not be specified when allocationMode is 'All']
                """#
            ),
            (
                #"""
                {"requests":[{"name":"a","firstAvailable":[{"name":"x","deviceClassName":"gpu"}]}],"constraints":[{"requests":["a/y"]}],\#
                "config":[{"requests":["a/x"],"opaque":{"driver":"gpu.example.com","parameters":[1]}}]}
                """#,
                #"""
                [spec.devices.constraints[0].requests[0]: Invalid value: "a/y": must be the name of a request in the claim or the name of a \#
                request and a subrequest separated by '/', spec.devices.constraints[0]: Required value: exactly one of "matchAttribute" or \#
                "distinctAttribute" is required, but multiple fields are set, \#
                spec.devices.config[0].opaque.parameters: Invalid value: "<value omitted>": must be a valid JSON object]
                """#
            ),
            (
                #"{"requests":[{"name":"a","exactly":{"deviceClassName":"gpu","selectors":[{}],"tolerations":[{"operator":"Exists","value":"v"}]}}]}"#,
                """
                [spec.devices.requests[0].exactly.selectors[0].cel: Required value, \
                spec.devices.requests[0].exactly.tolerations[0].value: Invalid value: "v": must be empty for operator `Exists`]
                """
            ),
        ] as [(String, String)])
    func claims(devices: String, problem: String) {
        #expect(cluster.problems("ResourceClaim", Self.version, #""spec":{"devices":\#(devices)}"#) == problem)
        let within = problem.replacing("spec.devices", with: "spec.spec.devices")
        #expect(cluster.problems("ResourceClaimTemplate", Self.version, #""spec":{"spec":{"devices":\#(devices)}}"#) == within)
    }

    @Test("what a claim wants has defaults, and stays")
    func wishes() {
        let text =
            #"{"apiVersion":"resource.k8s.io/v1","kind":"ResourceClaim","metadata":{"name":"x","namespace":"shop"},"spec":{"devices":{"requests":[{"name":"a","exactly":{"deviceClassName":"gpu"}}]}}}"#
        cluster.apply(text)
        let group = "resource.k8s.io"
        let request = cluster.get("resourceclaims", group: group, "x")?.spec["devices"]?["requests"]?.arrayValue?.first
        #expect(request?["exactly"] == ["allocationMode": "ExactCount", "count": 1, "deviceClassName": "gpu"])
        let refusal = cluster.refusal(patching: "resourceclaims", group: group, "x", #"{"spec":{"devices":null}}"#)
        #expect(TestCluster.problems(refusal).hasSuffix("field is immutable"))
    }

    @Test(
        "slices",
        arguments: [
            (
                #""driver":"d.example.com","pool":{"name":"p","resourceSliceCount":1},"nodeName":"n","allNodes":true"#,
                #"""
                spec: Invalid value: "{`nodeName`, `allNodes`}": exactly one of `nodeName`, `nodeSelector`, `allNodes`, \#
                `perDeviceNodeSelection` is required, but multiple fields are set
                """#
            ),
            (
                #""driver":"d.example.com","pool":{"name":"p","resourceSliceCount":0},"nodeName":"n","devices":[{"name":"a","attributes":{"v":{"version":"1.0"},"é":{"int":1,"bool":true}}},{"name":"a"}]"#,
                #"""
                [spec.pool.resourceSliceCount: Invalid value: 0: must be greater than zero, \#
                spec.devices[0].attributes[v].version: Invalid value: "1.0": must be a string compatible with semver.org spec 2.0.0, \#
                spec.devices[0].attributes: Invalid value: "é": a valid C identifier must start with alphabetic character or '_', followed \#
                by a string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is \#
                '[A-Za-z_][A-Za-z0-9_]*'), \#
                spec.devices[0].attributes[é]: Invalid value: {"bool":true,"int":1}: exactly one value must be specified, \#
                spec.devices[1]: Duplicate value: "a"]
                """#
            ),
            (
                #""driver":"d.example.com","pool":{"name":"p","resourceSliceCount":1},"nodeName":"n","devices":[{"name":"a","allowMultipleAllocations":true,"capacity":{"m":{"value":"4Gi","requestPolicy":{"default":"3","validRange":{"min":"2","max":"8Gi","step":"2"}}}},"bindingConditions":["ready"]}]"#,
                #"""
                [spec.devices[0].capacity[m].requestPolicy.validRange.max: Invalid value: "8Gi": max is larger than capacity value: 4Gi, \#
                spec.devices[0].capacity[m].requestPolicy.validRange.step: Invalid value: "3": value is not a multiple of a given step (2) \#
                from (2), spec.devices[0].bindingFailureConditions: Invalid value: []: bindingFailureConditions are required to use \#
                bindingConditions]
                """#
            ),
        ] as [(String, String)])
    func slices(spec: String, problem: String) {
        #expect(cluster.problems("ResourceSlice", Self.version, "\"spec\":{\(spec)}") == problem)
    }

    @Test("classes")
    func classes() {
        let problem = cluster.problems("DeviceClass", Self.version, #""spec":{"config":[{}],"extendedResourceName":"cpu"}"#)
        #expect(
            problem == """
                [spec.config[0].opaque: Required value, \
                spec.extendedResourceName: Invalid value: "cpu": must be a valid extended resource name]
                """)
    }
}
