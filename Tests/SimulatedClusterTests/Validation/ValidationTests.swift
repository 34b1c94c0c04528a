import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Validation")
struct ValidationTests {
    private let cluster = TestCluster()

    private static func text(_ kind: String, _ apiVersion: String, _ spec: String, name: String = "x") -> String {
        #"{"apiVersion":"\#(apiVersion)","kind":"\#(kind)","metadata":{"name":"\#(name)","namespace":"shop"},"spec":\#(spec)}"#
    }

    private static func pod(_ spec: String) -> String { text("Pod", "v1", spec) }

    private static let container = #""containers":[{"name":"c","image":"pause:3.10"}]"#
    private static let template = #""template":{"metadata":{"labels":{"app":"a"}},"spec":{\#(container)}}"#

    @Test(
        "pods are refused with path and message",
        arguments: [
            (#"{"containers":[]}"#, "spec.containers: Required value"),
            (#"{"containers":[{"name":"c"}]}"#, "spec.containers[0].image: Required value"),
            (
                #"{"containers":[{"name":"c","image":"x"},{"name":"c","image":"x"}]}"#,
                #"spec.containers[1].name: Duplicate value: "c""#
            ),
            (
                #"{"containers":[{"name":"c","image":"x","volumeMounts":[{"name":"v","mountPath":"/v"}]}]}"#,
                #"spec.containers[0].volumeMounts[0].name: Not found: "v""#
            ),
            (
                #"{\#(container),"dnsPolicy":"None"}"#,
                "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"
            ),
            (
                #"{\#(container),"dnsPolicy":"Sometimes"}"#,
                "spec.dnsPolicy: Unsupported value: \"Sometimes\": supported values: "
                    + #""ClusterFirstWithHostNet", "ClusterFirst", "Default", "None""#
            ),
            (
                #"{"containers":[{"name":"c","image":"x","livenessProbe":{}}]}"#,
                "spec.containers[0].livenessProbe: Required value: must specify a handler type"
            ),
            (
                #"{"containers":[{"name":"c","image":"x","resources":{"limits":{"cpu":"1"},"requests":{"cpu":"2"}}}]}"#,
                #"spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1"#
            ),
            (
                #"{"containers":[{"name":"c","image":"x","ports":[{"containerPort":70000}]}]}"#,
                "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive"
            ),
        ]
    )
    func pods(spec: String, problem: String) {
        #expect(cluster.refusal(Self.pod(spec)) == #"Pod "x" is invalid: \#(problem)"#)
    }

    @Test(
        "workloads, jobs and claims are refused with path and message",
        arguments: [
            (
                text("Deployment", "apps/v1", #"{"selector":{"matchLabels":{"app":"b"}},\#(template)}"#),
                "Deployment.apps \"x\" is invalid: spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: "
                    + "`selector` does not match template `labels`"
            ),
            (
                text("Deployment", "apps/v1", "{\(template)}"),
                "Deployment.apps \"x\" is invalid: [spec.selector: Required value, spec.template.metadata.labels: "
                    + "Invalid value: {\"app\":\"a\"}: `selector` does not match template `labels`]"
            ),
            (
                text("Deployment", "apps/v1", #"{"selector":{"matchLabels":{"app":"a"}},"replicas":-1,\#(template)}"#),
                #"Deployment.apps "x" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0"#
            ),
            (
                text("Job", "batch/v1", #"{"template":{"spec":{\#(container)}}}"#),
                #"Job.batch "x" is invalid: spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never""#
            ),
            (
                text(
                    "CronJob", "batch/v1",
                    #"{"schedule":"every day","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never",\#(container)}}}}}"#),
                "CronJob.batch \"x\" is invalid: spec.schedule: Invalid value: \"every day\": expected exactly 5 fields, found 2: [every day]"
            ),
            (
                text("PersistentVolumeClaim", "v1", #"{"accessModes":["ReadWriteOnce"]}"#),
                #"PersistentVolumeClaim "x" is invalid: spec.resources[storage]: Required value"#
            ),
            (
                text(
                    "Ingress", "networking.k8s.io/v1",
                    #"{"rules":[{"http":{"paths":[{"path":"/","backend":{"service":{"name":"s","port":{"number":80}}}}]}}]}"#),
                #"Ingress.networking.k8s.io "x" is invalid: spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified"#
            ),
            (
                text("Service", "v1", #"{"ports":[{"port":80},{"port":81}]}"#),
                #"Service "x" is invalid: [spec.ports[0].name: Required value, spec.ports[1].name: Required value]"#
            ),
        ]
    )
    func others(object: String, message: String) {
        #expect(cluster.refusal(object) == message)
    }

    @Test("names follow the rule of their kind")
    func names() {
        func configMap(_ metadata: String) -> String {
            #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{\#(metadata)"namespace":"shop"}}"#
        }
        #expect(
            cluster.refusal(configMap(#""name":"Bad_Name","#))
                == "ConfigMap \"Bad_Name\" is invalid: metadata.name: Invalid value: \"Bad_Name\": a lowercase RFC 1123 subdomain must consist of "
                + "lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
                + "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
        )
        #expect(
            cluster.refusal(configMap(""))
                == "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required"
        )
        let long = String(repeating: "x", count: 254)
        #expect(cluster.refusal(configMap(#""name":"\#(long)","#))?.hasSuffix("must be no more than 253 characters") == true)
        #expect(
            cluster.refusal(
                #"{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"a:B","namespace":"shop"},"rules":[]}"#)
                == nil
        )
    }

    @Test("what can't be changed is refused as immutable")
    func immutable() {
        cluster.apply(Self.text("Deployment", "apps/v1", #"{"selector":{"matchLabels":{"app":"a"}},\#(Self.template)}"#))
        #expect(
            cluster.refusal(patching: "deployments", group: "apps", "x", #"{"spec":{"selector":{"matchLabels":{"app":"b"}}}}"#)
                == "Deployment.apps \"x\" is invalid: [spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: "
                + "`selector` does not match template `labels`, spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"b\"}}: field is immutable]"
        )
        cluster.apply(Self.text("Service", "v1", #"{"ports":[{"port":80}]}"#))
        #expect(
            cluster.refusal(patching: "services", "x", #"{"spec":{"clusterIP":"10.96.0.77"}}"#)
                == #"Service "x" is invalid: spec.clusterIPs[0]: Invalid value: ["10.96.0.77"]: may not change once set"#
        )
        cluster.apply(
            #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","namespace":"shop"},"immutable":true,"data":{"a":"1"}}"#)
        #expect(
            cluster.refusal(patching: "configmaps", "c", #"{"data":{"a":"2"}}"#)
                == "ConfigMap \"c\" is invalid: data: Forbidden: field is immutable when `immutable` is set"
        )
    }

    @Test("a running pod may get another image, but no other command")
    func podUpdate() {
        cluster.apply(Self.pod("{\(Self.container)}"))
        #expect(
            cluster.refusal(patching: "pods", "x", #"{"spec":{"activeDeadlineSeconds":9}}"#) == nil
        )
        let refusal = cluster.refusal(patching: "pods", "x", #"{"spec":{"hostname":"other"}}"#)
        #expect(
            refusal?.hasPrefix(
                #"Pod "x" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`"#) == true)
    }

    @Test(
        "schedules are judged field by field",
        arguments: [
            ("*/5 * * * *", nil), ("@daily", nil), ("0 9-17 * jan,mar mon-fri", nil),
            ("61 * * * *", "end of range (61) above maximum (59): 61"),
            ("@often", "unrecognized descriptor: @often"),
            ("5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1"),
        ] as [(String, String?)]
    )
    func schedules(schedule: String, problem: String?) {
        #expect(CronExpression.problem(with: schedule) == problem)
    }
}
