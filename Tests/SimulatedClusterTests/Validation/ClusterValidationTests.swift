import KubernetesModel
import Testing

@testable import SimulatedCluster

/// What is wrong with nodes, limits, policies and extensions, in the words and the order of a server's own checks.
@Suite("Validation of what a cluster is set up with")
struct ClusterValidationTests {
    private let cluster = TestCluster()

    @Test(
        "address ranges, addresses and registrations of servers are held to their rules",
        arguments: [
            (
                "ServiceCIDR", "networking.k8s.io/v1", #""spec":{"cidrs":["nonsense"]}"#,
                #"spec.cidrs[0]: Invalid value: "nonsense": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"#
            ),
            (
                "IPAddress", "networking.k8s.io/v1", #""spec":{}"#,
                #"[metadata.name: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff), "#
                    + "spec.parentRef: Required value]"
            ),
            (
                "APIService", "apiregistration.k8s.io/v1",
                #""spec":{"group":"x.io","version":"v1","groupPriorityMinimum":0,"versionPriority":10}"#,
                #"[metadata.name: Invalid value: "x": must be `spec.version+"."+spec.group`: "v1.x.io", "#
                    + "spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000]"
            ),
        ])
    func registrations(kind: String, apiVersion: String, rest: String, expected: String) {
        #expect(cluster.problems(kind, apiVersion, rest) == expected)
    }

    @Test("nodes")
    func nodes() {
        let taints = #"[{"key":"a","effect":"NoSchedule"},{"key":"a","effect":"NoSchedule"},{"key":"b","effect":"Never"}]"#
        #expect(
            cluster.problems("Node", "v1", #""spec":{"taints":\#(taints),"podCIDRs":["10.0.0.0/8","10.1.0.0"]}"#)
                == #"""
                [metadata.taints[1]: Duplicate value: {"effect":"NoSchedule","key":"a"}: taints must be unique by key and effect pair, \#
                metadata.taints[2].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", \#
                "NoExecute", spec.podCIDRs[1]: Invalid value: "10.1.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or \#
                2001:db8::/64), spec.podCIDRs: Invalid value: ["10.0.0.0/8","10.1.0.0"]: may specify no more than one CIDR for each IP \#
                family]
                """#)
    }

    @Test(
        "quotas and limit ranges",
        arguments: [
            (
                "ResourceQuota", #""hard":{"pods":"500m","disk":"1"},"scopes":["BestEffort","NotBestEffort"]"#,
                #"""
                [spec.hard[disk]: Invalid value: "disk": must be a standard resource type or fully qualified, \#
                spec.hard[disk]: Invalid value: "disk": must be a standard resource for quota, spec.hard[pods]: Invalid value: "500m": \#
                must be an integer, spec.scopes: Invalid value: ["BestEffort","NotBestEffort"]: conflicting scopes]
                """#
            ),
            (
                "ResourceQuota",
                #""hard":{"services":"1"},"scopeSelector":{"matchExpressions":[{"scopeName":"Terminating","operator":"In"}]}"#,
                #"""
                [spec.scopeSelector.matchExpressions: Invalid value: {"matchExpressions":[{"operator":"In","scopeName":"Terminating"}]}: \#
                unsupported scope applied to resource, spec.scopeSelector.matchExpressions.operator: Invalid value: "In": must be \#
                'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, \#
                ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity, \#
                spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or \#
                'NotIn' for scope selector]
                """#
            ),
            (
                "LimitRange",
                #""limits":[{"type":"Pod","default":{"cpu":"1"}},{"type":"Room","min":{"cpu":"2"},"max":{"cpu":"1"},"maxLimitRequestRatio":{"cpu":"500m"}}]"#,
                #"""
                [spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod', \#
                spec.limits[1].type: Invalid value: "Room": must be a standard limit type or fully qualified, \#
                spec.limits[1].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1, \#
                spec.limits[1].maxLimitRequestRatio[cpu]: Invalid value: "500m": ratio 500m is less than 1]
                """#
            ),
        ] as [(String, String, String)])
    func limits(kind: String, spec: String, problem: String) {
        #expect(cluster.problems(kind, "v1", "\"spec\":{\(spec)}") == problem)
    }

    @Test("secrets that registries are to be told")
    func secrets() {
        #expect(
            cluster.problems("Secret", "v1", #""type":"kubernetes.io/dockerconfigjson","data":{".dockerconfigjson":"e25vfQ=="}"#)
                == #"""
                data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character 'n' looking for beginning of \#
                object key string
                """#)
        #expect(
            cluster.problems("Secret", "v1", #""type":"kubernetes.io/ssh-auth","data":{"ssh-privatekey":""}"#)
                == "data[ssh-privatekey]: Required value")
    }

    @Test(
        "classes, leases and runtimes",
        arguments: [
            (
                "PriorityClass", "scheduling.k8s.io/v1", #""value":2000000000,"preemptionPolicy":"Maybe""#,
                #"""
                [value: Forbidden: maximum allowed value of a user defined priority is 1000000000, preemptionPolicy: Unsupported value: \#
                "Maybe": supported values: "PreemptLowerPriority", "Never"]
                """#
            ),
            (
                "Lease", "coordination.k8s.io/v1", #""spec":{"leaseDurationSeconds":0,"preferredHolder":"a"}"#,
                #"""
                [spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0, spec.preferredHolder: Forbidden: may only be specified \#
                when `strategy` is defined]
                """#
            ),
            (
                "RuntimeClass", "node.k8s.io/v1",
                #""handler":"r","overhead":{"podFixed":{"disk":"1"}},"scheduling":{"tolerations":[{"key":"a","operator":"Exists"},{"key":"a","operator":"Exists"}]}"#,
                #"""
                [overhead.limits[disk]: Invalid value: "disk": must be a standard resource type or fully qualified, overhead.limits[disk]: \#
                Invalid value: "disk": must be a standard resource for containers, scheduling.tolerations[1]: Duplicate value: \#
                {"key":"a","operator":"Exists"}]
                """#
            ),
            (
                "CertificateSigningRequest", "certificates.k8s.io/v1",
                #""spec":{"request":"eA==","usages":["fun","signing","signing"],"signerName":"a.b/c/d","expirationSeconds":5}"#,
                #"""
                [spec.request: Invalid value: "eA==": PEM block type must be CERTIFICATE REQUEST, spec.usages[0]: Unsupported value: "fun": \#
                supported values: "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data \#
                encipherment", "decipher only", "digital signature", "email protection", "encipher only", "ipsec end system", \#
                "ipsec tunnel", "ipsec user", "key agreement", "key encipherment", "microsoft sgc", "netscape sgc", "ocsp signing", \#
                "s/mime", "server auth", "signing", "timestamping", spec.usages[2]: Duplicate value: "signing", spec.signerName: \#
                Invalid value: "a.b/c/d": must be a fully qualified domain and path of the form 'example.com/signer-name', \#
                spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 600 seconds (10 minutes)]
                """#
            ),
            (
                "FlowSchema", "flowcontrol.apiserver.k8s.io/v1",
                #""spec":{"matchingPrecedence":1,"priorityLevelConfiguration":{},"rules":[{"subjects":[{"kind":"User"}],"resourceRules":[{"verbs":["*","get"],"apiGroups":[""],"resources":["pods"]}]}]}"#,
                #"""
                [spec.matchingPrecedence: Invalid value: 1: only the schema named 'exempt' may have matchingPrecedence 1, \#
                spec.priorityLevelConfiguration.name: Required value: must reference a priority level, \#
                spec.rules[0].subjects[0].user: Required value: user is required when subject kind is 'User', \#
                spec.rules[0].resourceRules[0].verbs: Invalid value: ["*","get"]: if '*' is present, must not specify other verbs, \#
                spec.rules[0].resourceRules[0].namespaces: Required value: resource rules that are not cluster scoped must supply at \#
                least one namespace]
                """#
            ),
            (
                "PriorityLevelConfiguration", "flowcontrol.apiserver.k8s.io/v1",
                #""spec":{"type":"Limited","limited":{"limitResponse":{"type":"Queue","queuing":{"queues":4}}}}"#,
                "spec.limited.limitResponse.queuing.handSize: Invalid value: 8: should not be greater than queues (4)"
            ),
        ] as [(String, String, String, String)])
    func kinds(kind: String, version: String, rest: String, problem: String) {
        #expect(cluster.problems(kind, version, rest) == problem)
    }

    @Test("webhooks")
    func webhooks() {
        let hook =
            #"{"name":"a.b","rules":[{"operations":["*","CREATE"],"apiGroups":["*","apps"],"apiVersions":["v1"],"resources":["*","pods"]}],"clientConfig":{"url":"http://h?q"},"sideEffects":"Some","admissionReviewVersions":["v9"]}"#
        #expect(
            cluster.problems("ValidatingWebhookConfiguration", "admissionregistration.k8s.io/v1", #""webhooks":[\#(hook)]"#)
                == #"""
                [webhooks[0].name: Invalid value: "a.b": should be a domain with at least three segments separated by dots, \#
                webhooks[0].rules[0].operations: Invalid value: ["*","CREATE"]: if '*' is present, must not specify other operations, \#
                webhooks[0].rules[0].apiGroups: Invalid value: ["*","apps"]: if '*' is present, must not specify other API groups, \#
                webhooks[0].rules[0].resources: Invalid value: ["*","pods"]: if '*' is present, must not specify other resources without \#
                subresources, webhooks[0].sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun", \#
                webhooks[0].clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: \#
                https://host[/path], webhooks[0].clientConfig.url: Invalid value: "q": query parameters are not permitted in the URL, \#
                webhooks[0].admissionReviewVersions: Invalid value: ["v9"]: must include at least one of v1, v1beta1]
                """#)
    }

    @Test("admission policies and their bindings")
    func policies() {
        let match =
            #""matchConstraints":{"resourceRules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],"resources":["pods"]}]}"#
        #expect(
            cluster.problems(
                "ValidatingAdmissionPolicy", "admissionregistration.k8s.io/v1",
                #""spec":{\#(match),"variables":[{"name":"if","expression":""}]}"#)
                    == #"""
                    [spec.variables[0].name: Invalid value: "if": name is not a valid CEL identifier, spec.variables[0].expression: Required \#
                    value: expression is not specified, spec.validations: Required value: validations or auditAnnotations must contain at \#
                    least one item, spec.auditAnnotations: Required value: validations or auditAnnotations must contain at least one item]
                    """#)
        #expect(
            cluster.problems(
                "ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io/v1",
                #""spec":{"policyName":"p","paramRef":{},"validationActions":["Deny","Warn"]}"#)
                    == #"""
                    [spec.paramRef: Required value: one of name or selector must be specified, spec.paramRef.parameterNotFoundAction: Required \#
                    value, spec.validationActions: Invalid value: ["Deny","Warn"]: must not contain both Deny and Warn (repeating the same \#
                    validation failure information in the API response and headers serves no purpose)]
                    """#)
    }

    @Test("definitions of custom resources")
    func definitions() {
        let names = #""names":{"plural":"things","singular":"thing","kind":"Thing","listKind":"Thing","shortNames":["T"]}"#
        let version =
            #"{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{}}}},"additionalPrinterColumns":[{"name":"A","type":"text","jsonPath":""}],"subresources":{"scale":{"specReplicasPath":".status.n","statusReplicasPath":".status.n"}}}"#
        let text =
            #"{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"things.example"},"spec":{"group":"example","scope":"Everywhere",\#(names),"versions":[\#(version)]}}"#
        #expect(
            TestCluster.problems(cluster.refusal(text))
                == #"""
                [spec.group: Invalid value: "example": should be a domain with at least one dot, spec.scope: Unsupported value: \#
                "Everywhere": supported values: "Cluster", "Namespaced", spec.names.shortNames[0]: Invalid value: "T": a DNS-1035 label \#
                must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an \#
                alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?'), \#
                spec.names.listKind: Invalid value: "Thing": kind and listKind may not be the same, \#
                spec.validation.openAPIV3Schema.properties[spec].type: Required value: must not be empty for specified object fields, \#
                spec.subresources.scale.specReplicasPath: Invalid value: ".status.n": should be a json path under .spec, \#
                spec.additionalPrinterColumns[0].type: Invalid value: "text": must be one of boolean,date,integer,number,string, \#
                spec.additionalPrinterColumns[0].JSONPath: Required value]
                """#)
    }

    @Test("Kubernetes's own domains need its approval")
    func approval() {
        let text =
            #"{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"things.x.k8s.io"},"spec":{"group":"x.k8s.io","scope":"Cluster","names":{"plural":"things","kind":"Thing"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}"#
        #expect(
            TestCluster.problems(cluster.refusal(text))
                == #"""
                metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation \#
                "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111
                """#)
    }

    // MARK: Status

    private func status(_ resource: String, _ name: String, _ status: String, namespace: String? = "shop") -> String {
        let write = Write.patch(
            GroupResource(resource: resource), ObjectKey(namespace: namespace, name: name), json(#"{"status":\#(status)}"#),
            subresource: "status")
        do throws(StatusError) {
            _ = try cluster.parts.pipeline.perform(write, by: .system("test"), at: cluster.parts.timeline.now)
            return "nothing"
        } catch {
            return TestCluster.problems(error.message)
        }
    }

    @Test("what a status may say")
    func statuses() {
        cluster.apply(
            #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x","namespace":"shop"},"spec":{"containers":[{"name":"c","image":"x"}]}}"#
        )
        #expect(
            status("pods", "x", #"{"podIPs":[{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}],"qosClass":"Guaranteed"}"#)
                == #"""
                [status.qosClass: Invalid value: "Guaranteed": field is immutable, status.podIPs: Invalid value: \#
                [{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}]: may specify no more than one IP for each IP family]
                """#)
        cluster.apply(#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"x","namespace":"shop"},"spec":{"ports":[{"port":80}]}}"#)
        #expect(
            status("services", "x", #"{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"}]}}"#)
                == "status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'")
        #expect(
            status("namespaces", "shop", #"{"phase":"Terminating"}"#, namespace: nil)
                == #"status.Phase: Invalid value: "Terminating": may only be 'Active' if `deletionTimestamp` is empty"#)
    }

    @Test("what has ended in a pod that is not restarted stays ended")
    func ended() {
        cluster.apply(
            #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x","namespace":"shop"},"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"x"}]}}"#
        )
        #expect(status("pods", "x", #"{"containerStatuses":[{"name":"c","state":{"terminated":{"exitCode":0}}}]}"#) == "nothing")
        #expect(
            status("pods", "x", #"{"containerStatuses":[{"name":"c","state":{"running":{}}}]}"#)
                == "status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state")
    }
}
