import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Validating admission policies")
struct PolicyAdmissionTests {
    private let cluster = TestCluster()

    private func install(actions: String, conditions: String = "[]") {
        cluster.apply(
            #"""
            {"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingAdmissionPolicy","metadata":{"name":"small"},"spec":{
              "matchConstraints":{"resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["configmaps"]}]},
              "matchConditions":\#(conditions),
              "variables":[{"name":"count","expression":"has(object.data) ? size(object.data) : 0"}],
              "validations":[{"expression":"variables.count <= 1","messageExpression":"'too many keys: ' + string(variables.count)"}]}}
            """#
        )
        cluster.apply(
            #"""
            {"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingAdmissionPolicyBinding","metadata":{"name":"everywhere"},
             "spec":{"policyName":"small","validationActions":\#(actions)}}
            """#
        )
    }

    private let large = #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"shop"},"data":{"a":"1","b":"2"}}"#

    @Test("refuse what their expressions don't hold for")
    func denies() {
        install(actions: #"["Deny"]"#)
        #expect(
            cluster.refusal(large)
                == "configmaps \"a\" is forbidden: ValidatingAdmissionPolicy 'small' with binding 'everywhere' denied request: too many keys: 2"
        )
        #expect(cluster.refusal(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b","namespace":"shop"}}"#) == nil)
    }

    @Test("only warn when they are bound so, and pass over what their conditions leave out")
    func otherwise() {
        install(actions: #"["Warn"]"#)
        #expect(cluster.refusal(large) == nil)
        let other = PolicyAdmissionTests()
        other.install(actions: #"["Deny"]"#, conditions: #"[{"name":"c","expression":"request.userInfo.username != 'admin'"}]"#)
        #expect(other.cluster.refusal(large) == nil)
    }
}
