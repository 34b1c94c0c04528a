import KubernetesModel
import Testing

@testable import SimulatedCluster

/// What is wrong with objects of each family, in the words and the order of a server's own checks.
@Suite("Validation by families")
struct FamilyValidationTests {
    private let cluster = TestCluster()

    private func problems(_ kind: String, _ apiVersion: String, _ rest: String) -> String {
        cluster.problems(kind, apiVersion, rest)
    }

    private static let pod = #""containers":[{"name":"c","image":"pause:3.10"}]"#

    @Test(
        "ingresses and network policies",
        arguments: [
            (
                #""rules":[{"host":"*","http":{"paths":[{"backend":{"service":{"name":"s","port":{"number":80}}}}]}}]"#,
                #"""
                [spec.rules[0].host: Invalid value: "*": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS \#
                subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric \#
                character (e.g. '*.example.com', regex used for validation is \#
                '\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), \#
                spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified]
                """#
            ),
            (
                #""rules":[{"http":{"paths":[{"path":"/a/..","pathType":"Exact","backend":{}}]}}]"#,
                #"""
                [spec.rules[0].http.paths[0].path: Invalid value: "/a/..": cannot end with '/..', \#
                spec.rules[0].http.paths[0].backend: Invalid value: "": resource or service backend is required]
                """#
            ),
            (
                #""defaultBackend":{"service":{"name":"s","port":{}}},"tls":[{"hosts":["a_b"],"secretName":"S"}]"#,
                #"""
                [spec.defaultBackend: Required value: port name or number is required, \#
                spec.tls[0].hosts[0]: Invalid value: "a_b": \#(subdomain), spec.tls[0].secretName: Invalid value: "S": \#(subdomain)]
                """#
            ),
        ])
    func ingresses(spec: String, problem: String) {
        #expect(problems("Ingress", "networking.k8s.io/v1", "\"spec\":{\(spec)}") == problem)
    }

    static let subdomain =
        #"""
        a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an \#
        alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
        """#

    @Test("network policies name directions, peers and ports that exist")
    func policies() {
        let spec = #""spec":{"podSelector":{},"policyTypes":["Both"],"ingress":[{"from":[{}],"ports":[{"endPort":9}]}]}"#
        #expect(
            problems("NetworkPolicy", "networking.k8s.io/v1", spec)
                == #"""
                [spec.ingress[0].ports[0].endPort: Invalid value: 9: may not be specified when `port` is not specified, \#
                spec.ingress[0].from[0]: Required value: must specify a peer, \#
                spec.policyTypes[0]: Unsupported value: "Both": supported values: "Ingress", "Egress"]
                """#)
    }

    @Test(
        "autoscalers",
        arguments: [
            (
                #"{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":0,"averageValue":"1"}}}"#,
                #"""
                [spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0, \#
                spec.metrics[0].resource.target.averageValue: Forbidden: may not set both a target raw value and a target utilization]
                """#
            ),
            (
                #"{"type":"Pods","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":1}}}"#,
                "spec.metrics[0].pods: Required value: must populate information for the given metric source"
            ),
            (
                #"{"type":"External","external":{"metric":{"name":""},"target":{"type":"Total"}}}"#,
                #"""
                [spec.metrics[0].external.metric.name: Required value: must specify a metric name, \#
                spec.metrics[0].external.target.type: Invalid value: "Total": must be either Utilization, Value, or AverageValue, \#
                spec.metrics[0].external.target.averageValue: Required value: must set either a target value for metric or a \#
                per-pod target]
                """#
            ),
            (
                #"{"type":"Weather"}"#,
                #"""
                spec.metrics[0].type: Unsupported value: "Weather": supported values: "ContainerResource", "External", "Object", \#
                "Pods", "Resource"
                """#
            ),
        ])
    func autoscalers(metric: String, problem: String) {
        let target = #""scaleTargetRef":{"kind":"Deployment","name":"d","apiVersion":"apps/v1"}"#
        let spec = #""spec":{"maxReplicas":3,\#(target),"metrics":[\#(metric)]}"#
        #expect(problems("HorizontalPodAutoscaler", "autoscaling/v2", spec) == problem)
    }

    @Test(
        "jobs and their policies",
        arguments: [
            (
                #""podFailurePolicy":{"rules":[{"action":"FailIndex","onExitCodes":{"operator":"In","values":[3,0]}},{"action":"Ignore"}]}"#,
                #"""
                [spec.podFailurePolicy.rules[0].action: Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set, \#
                spec.podFailurePolicy.rules[0].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator, \#
                spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [3,0]: must be ordered, \#
                spec.podFailurePolicy.rules[1]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required]
                """#
            ),
            (
                #""completionMode":"Indexed","completions":2,"backoffLimitPerIndex":1,"maxFailedIndexes":3,"successPolicy":{"rules":[{"succeededCount":5},{}]}"#,
                #"""
                [spec.maxFailedIndexes: Invalid value: 3: must be less than or equal to completions, \#
                spec.successPolicy.rules[0].succeededCount: Invalid value: 5: must be less than or equal to 2 (the number of specified \#
                completions), spec.successPolicy.rules[1]: Required value: at least one of succeededCount or succeededIndexes must be \#
                specified]
                """#
            ),
        ])
    func jobs(fields: String, problem: String) {
        let template = #""template":{"spec":{"restartPolicy":"Never",\#(Self.pod)}}"#
        #expect(problems("Job", "batch/v1", "\"spec\":{\(fields),\(template)}") == problem)
    }

    @Test("the pods of an indexed Job can be called after it")
    func indexedNames() {
        let name = String(repeating: "a", count: 62)
        let template = #""template":{"spec":{"restartPolicy":"Never",\#(Self.pod)}}"#
        let job =
            #"{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"\#(name)","namespace":"shop"},"spec":{"completions":5,"completionMode":"Indexed","parallelism":1,\#(template)}}"#
        #expect(
            TestCluster.problems(cluster.refusal(job))
                == #"metadata.name: Invalid value: "\#(name)": will not able to create pod with invalid DNS label: \#(name)-4"#)
    }

    @Test("the jobs of a CronJob find their pods by themselves")
    func cronJobs() {
        let job = #"{"manualSelector":true,"template":{"spec":{"restartPolicy":"Never",\#(Self.pod)}}}"#
        #expect(
            problems("CronJob", "batch/v1", #""spec":{"schedule":"* * * * *","jobTemplate":{"spec":\#(job)}}"#)
                == #"spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "nil", "false""#)
    }

    @Test(
        "workloads",
        arguments: [
            (
                "StatefulSet", #""updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":0}},"serviceName":"s""#,
                #""activeDeadlineSeconds":5,"#,
                #"""
                [spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 0: cannot be 0, \#
                spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported]
                """#
            ),
            (
                "DaemonSet", #""updateStrategy":{"rollingUpdate":{"maxUnavailable":"50%","maxSurge":"150%"}}"#, "",
                #"""
                [spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "150%": must not be greater than 100%, \#
                spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "150%": may not be set when maxUnavailable is non-zero]
                """#
            ),
        ])
    func workloads(kind: String, fields: String, pod: String, problem: String) {
        let template = #""template":{"metadata":{"labels":{"app":"a"}},"spec":{\#(pod)\#(Self.pod)}}"#
        let spec = #""spec":{"selector":{"matchLabels":{"app":"a"}},\#(fields),\#(template)}"#
        #expect(problems(kind, "apps/v1", spec) == problem)
    }

    @Test("rules and subjects of roles")
    func roles() {
        let rules = #""rules":[{"verbs":[],"nonResourceURLs":["/x"],"resources":["pods"]}]"#
        #expect(
            problems("Role", "rbac.authorization.k8s.io/v1", rules)
                == #"""
                [rules[0].verbs: Required value: verbs must contain at least one value, rules[0].nonResourceURLs: Invalid value: ["/x"]: \#
                namespaced rules cannot apply to non-resource URLs, rules[0].nonResourceURLs: Invalid value: ["/x"]: \#
                rules cannot apply to both regular resources and non-resource URLs]
                """#)
        let group = #""apiGroup":"rbac.authorization.k8s.io""#
        let binding = #""roleRef":{\#(group),"kind":"Role","name":"r"},"subjects":[{"kind":"User",\#(group),"name":""}]"#
        #expect(
            problems("RoleBinding", "rbac.authorization.k8s.io/v1", binding)
                == "[subjects[0].name: Required value, subjects[0].name: Invalid value: \"\": user name cannot be empty]")
    }
}
