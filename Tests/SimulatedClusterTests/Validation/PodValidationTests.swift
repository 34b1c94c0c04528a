import KubernetesModel
import Testing

@testable import SimulatedCluster

/// What is wrong with pods, in the words and the order of a server's own checks.
@Suite("Validation of pods")
struct PodValidationTests {
    private let cluster = TestCluster()

    private func problems(_ spec: String, metadata: String = "") -> String {
        cluster.problems("Pod", "v1", #""spec":{\#(spec)}"#, metadata: metadata)
    }

    /// Of a pod with one container that is good but for `fields`.
    private func problems(container fields: String, _ spec: String = "") -> String {
        problems(#""containers":[{"name":"c","image":"pause:3.10",\#(fields)}]"# + (spec.isEmpty ? "" : ",\(spec)"))
    }

    private static let good = #""containers":[{"name":"c","image":"pause:3.10"}]"#

    @Test(
        "volumes",
        arguments: [
            (
                #"{"name":"v","hostPath":{"path":"/a/../b","type":"Pipe"}}"#,
                #"""
                [spec.volumes[0].hostPath.path: Invalid value: "/a/../b": must not contain '..', \#
                spec.volumes[0].hostPath.type: Unsupported value: "Pipe": supported values: "", "BlockDevice", "CharDevice", \#
                "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"]
                """#
            ),
            (
                #"{"name":"V","secret":{"secretName":"","defaultMode":512,"items":[{"key":"","path":"..data"}]}}"#,
                #"""
                [spec.volumes[0].secret.secretName: Required value, \#
                spec.volumes[0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive, \#
                spec.volumes[0].secret.items[0].key: Required value, \#
                spec.volumes[0].secret.items[0].path: Invalid value: "..data": must not start with '..', \#
                spec.volumes[0].name: Invalid value: "V": \#(Texts.label)]
                """#
            ),
            (
                #"{"name":"v","configMap":{"name":"c"},"emptyDir":{}}"#,
                "spec.volumes[0].configMap: Forbidden: may not specify more than 1 volume type"
            ),
            (
                #"{"name":"v","nfs":{"server":"s","path":"a"}}"#,
                #"spec.volumes[0].nfs.path: Invalid value: "a": must be an absolute path"#
            ),
            (
                #"{"name":"v","downwardAPI":{"items":[{"path":"p","fieldRef":{"fieldPath":"spec.nodeName"}},{"path":"q"}]}}"#,
                #"""
                [spec.volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: "spec.nodeName": supported values: \#
                "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid", \#
                spec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required]
                """#
            ),
            (
                #"{"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"/t","expirationSeconds":5}},{"configMap":{"name":"a","items":[{"key":"k","path":"p"},{"key":"l","path":"p"}]}}]}}"#,
                #"""
                [spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 5: may not specify a duration \#
                less than 10 minutes, spec.volumes[0].projected.path: Invalid value: "/t": must be a relative path, \#
                spec.volumes[0].projected: Invalid value: "a": conflicting duplicate paths]
                """#
            ),
            (
                #"{"name":"v","csi":{"driver":"Bad_Driver","nodePublishSecretRef":{}}}"#,
                #"""
                [spec.volumes[0].csi.driver: Invalid value: "Bad_Driver": \#(Texts.subdomain), \#
                spec.volumes[0].csi.nodePublishSecretRef.name: Required value]
                """#
            ),
            (
                #"{"name":"v","ephemeral":{"volumeClaimTemplate":{"spec":{"accessModes":["Sometimes"]}}}}"#,
                #"""
                [spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Unsupported value: "Sometimes": supported values: \#
                "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod", \#
                spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value]
                """#
            ),
        ] as [(String, String)])
    func volumes(volume: String, problem: String) {
        #expect(problems(#""volumes":[\#(volume)],\#(Self.good)"#) == problem)
    }

    @Test("a volume that is wrong itself can't be mounted either")
    func brokenVolume() {
        #expect(
            problems(container: #""volumeMounts":[{"name":"v","mountPath":"/v"}]"#, #""volumes":[{"name":"v","hostPath":{}}]"#)
                == #"[spec.volumes[0].hostPath.path: Required value, spec.containers[0].volumeMounts[0].name: Not found: "v"]"#)
    }

    @Test(
        "mounts and devices",
        arguments: [
            (
                #""volumeMounts":[{"name":"v","mountPath":"/v","subPath":"../x"},{"name":"v","mountPath":"/v"}]"#,
                #"""
                [spec.containers[0].volumeMounts.subPath: Invalid value: "../x": must not contain '..', \#
                spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/v": must be unique]
                """#
            ),
            (
                #""volumeMounts":[{"name":"v","mountPath":"/v","mountPropagation":"Bidirectional","recursiveReadOnly":"Enabled"}]"#,
                #"""
                [spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to \#
                privileged containers, spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when \#
                readOnly is true, spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when \#
                mountPropagation is None or not specified]
                """#
            ),
            (
                #""volumeDevices":[{"name":"v","devicePath":"/d"}]"#,
                #"""
                spec.containers[0].volumeDevices[0].name: Invalid value: "v": can only use volume source type of PersistentVolumeClaim or \#
                Ephemeral for block mode
                """#
            ),
        ] as [(String, String)])
    func mounts(fields: String, problem: String) {
        #expect(problems(container: fields, #""volumes":[{"name":"v","emptyDir":{}}]"#) == problem)
    }

    @Test(
        "environments",
        arguments: [
            (
                #""env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"spec.containers"}}},{"name":"B","valueFrom":{"fieldRef":{"fieldPath":"spec.schedulerName"}}}]"#,
                #"""
                [spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.containers": error converting fieldPath: \#
                field label not supported: spec.containers, spec.containers[0].env[1].valueFrom.fieldRef.fieldPath: Unsupported \#
                value: "spec.schedulerName": supported values: "metadata.name", "metadata.namespace", "metadata.uid", \#
                "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"]
                """#
            ),
            (
                #""env":[{"name":"A","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu","divisor":"2"}}},{"name":"B","valueFrom":{"resourceFieldRef":{"resource":"limits.gpu"}}}]"#,
                #"""
                [spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 \#
                are supported with the cpu resource, spec.containers[0].env[1].valueFrom.resourceFieldRef.resource: Unsupported \#
                value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", \#
                "requests.ephemeral-storage", "requests.memory"]
                """#
            ),
            (
                #""env":[{"name":"A=B","value":"x","valueFrom":{"secretKeyRef":{"name":"s","key":"a b"}}}],"envFrom":[{}]"#,
                #"""
                [spec.containers[0].env[0].name: Invalid value: "A=B": a valid environment variable name must consist only of printable \#
                ASCII characters other than '=', spec.containers[0].env[0].valueFrom.secretKeyRef.key: Invalid value: "a b": \#
                a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or \#
                'key-name', regex used for validation is '[-._a-zA-Z0-9]+'), spec.containers[0].env[0].valueFrom: Invalid value: \#
                "": may not be specified when `value` is not empty, spec.containers[0].envFrom: Invalid value: "": must specify one \#
                of: `configMapRef` or `secretRef`]
                """#
            ),
        ] as [(String, String)])
    func environments(fields: String, problem: String) {
        #expect(problems(container: fields) == problem)
    }

    @Test(
        "probes and hooks",
        arguments: [
            (
                #""readinessProbe":{"httpGet":{"port":"a_b","scheme":"FTP","httpHeaders":[{"name":"A B","value":"c"}]},"terminationGracePeriodSeconds":5}"#,
                #"""
                [spec.containers[0].readinessProbe.httpGet.port: Invalid value: "a_b": must contain only alpha-numeric characters \#
                (a-z, 0-9), and hyphens (-), spec.containers[0].readinessProbe.httpGet.scheme: Unsupported value: "FTP": supported \#
                values: "HTTP", "HTTPS", spec.containers[0].readinessProbe.httpGet.httpHeaders: Invalid value: "A B": a valid HTTP \#
                header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is \#
                '[-A-Za-z0-9]+'), spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 5: must not be set \#
                for readinessProbes]
                """#
            ),
            (
                #""livenessProbe":{"exec":{},"tcpSocket":{"port":80},"successThreshold":2,"periodSeconds":-1}"#,
                #"""
                [spec.containers[0].livenessProbe.exec.command: Required value, spec.containers[0].livenessProbe.tcpSocket: Forbidden: \#
                may not specify more than 1 handler type, spec.containers[0].livenessProbe.periodSeconds: Invalid value: -1: must be \#
                greater than or equal to 0, spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1]
                """#
            ),
            (
                #""lifecycle":{"preStop":{"sleep":{"seconds":31}},"postStart":{}}"#,
                #"""
                [spec.containers[0].lifecycle.postStart: Required value: must specify a handler type, \#
                spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than \#
                terminationGracePeriodSeconds (30)]
                """#
            ),
        ] as [(String, String)])
    func probes(fields: String, problem: String) {
        #expect(problems(container: fields) == problem)
    }

    @Test(
        "ports, resources and how they are resized",
        arguments: [
            (
                #""ports":[{"containerPort":80,"name":"web"},{"containerPort":81,"name":"web","hostPort":70000,"protocol":"ICMP"}]"#,
                #"""
                [spec.containers[0].ports[1].name: Duplicate value: "web", spec.containers[0].ports[1].hostPort: Invalid value: 70000: must be \#
                between 1 and 65535, inclusive, spec.containers[0].ports[1].protocol: Unsupported value: "ICMP": supported values: \#
                "SCTP", "TCP", "UDP"]
                """#
            ),
            (
                #""resources":{"limits":{"gpu":"1","nvidia.com/gpu":"1500m"},"requests":{"nvidia.com/gpu":"1"}}"#,
                #"""
                [spec.containers[0].resources.limits[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified, \#
                spec.containers[0].resources.limits[gpu]: Invalid value: "gpu": must be a standard resource for containers, \#
                spec.containers[0].resources.limits[nvidia.com/gpu]: Invalid value: "1500m": must be an integer, \#
                spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified, \#
                spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers, \#
                spec.containers[0].resources.requests: Invalid value: "1": must be equal to nvidia.com/gpu limit of 1500m]
                """#
            ),
            (
                #""resources":{"limits":{"hugepages-2Mi":"3Mi"},"claims":[{"name":"g"}]}"#,
                #"""
                [spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of \#
                hugepages-2Mi, spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive \#
                integer multiple of hugepages-2Mi, spec.containers[0].resources: Forbidden: HugePages require cpu or memory, \#
                spec.containers[0].resources.claims[0]: Not found: "g": must be one of the names in pod.spec.resourceClaims which is empty]
                """#
            ),
            (
                #""resizePolicy":[{"resourceName":"disk","restartPolicy":"Maybe"}]"#,
                #"""
                [spec.containers[0].resizePolicy: Unsupported value: "disk": supported values: "cpu", "memory", \#
                spec.containers[0].resizePolicy: Unsupported value: "Maybe": supported values: "NotRequired", "RestartContainer"]
                """#
            ),
        ] as [(String, String)])
    func resources(fields: String, problem: String) {
        #expect(problems(container: fields) == problem)
    }

    @Test(
        "what containers and pods may do",
        arguments: [
            (
                #""securityContext":{"seccompProfile":{"type":"Localhost"},"procMount":"Unmasked"}"#,
                #"""
                [spec.containers[0].securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`, \#
                spec.containers[0].securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is \#
                Localhost]
                """#
            ),
            (
                #""securityContext":{"appArmorProfile":{"type":"Strict"},"runAsUser":-1}"#,
                #"""
                [spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive, \#
                spec.containers[0].securityContext.appArmorProfile.type: Unsupported value: "Strict": supported values: "Localhost", \#
                "RuntimeDefault", "Unconfined"]
                """#
            ),
        ] as [(String, String)])
    func contexts(fields: String, problem: String) {
        #expect(problems(container: fields) == problem)
    }

    @Test(
        "the pod as a whole",
        arguments: [
            (
                #""hostNetwork":true,"hostUsers":false,"securityContext":{"sysctls":[{"name":"net.ipv4.x","value":"1"},{"name":"A","value":"1"}]}"#,
                #"""
                [spec.securityContext.sysctls[0].name: Invalid value: "net.ipv4.x": may not be specified when 'hostNetwork' is true, \#
                spec.securityContext.sysctls[1].name: Invalid value: "A": must have at most 253 characters and match regex \#
                ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$, \#
                spec.hostNetwork: Forbidden: when `pod.Spec.HostUsers` is false]
                """#
            ),
            (
                #""restartPolicy":"Sometimes","os":{"name":"plan9"}"#,
                #"""
                [spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never", \#
                spec.os: Unsupported value: "plan9": supported values: "linux", "windows"]
                """#
            ),
            (
                #""os":{"name":"windows"},"securityContext":{"runAsUser":1}"#,
                "spec.securityContext.runAsUser: Forbidden: cannot be set for a windows pod"
            ),
            (
                #""tolerations":[{"operator":"Equal","value":"b"},{"key":"a","operator":"Exists","value":"b","effect":"Often"}]"#,
                #"""
                [spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all \#
                values and all keys", spec.tolerations[1].operator: Invalid value: "b": value must be empty when `operator` is \#
                'Exists', spec.tolerations[1].effect: Unsupported value: "Often": supported values: "NoSchedule", \#
                "PreferNoSchedule", "NoExecute"]
                """#
            ),
            (
                #""topologySpreadConstraints":[{"maxSkew":0,"topologyKey":"zone","whenUnsatisfiable":"ScheduleAnyway","minDomains":2,"matchLabelKeys":["a"]},{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"ScheduleAnyway","nodeTaintsPolicy":"Mind"}]"#,
                #"""
                [spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero, \#
                spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{zone, ScheduleAnyway}", \#
                spec.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if \#
                whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway, spec.topologySpreadConstraints[0].matchLabelKeys: Forbidden: \#
                must not be specified when labelSelector is not set, spec.topologySpreadConstraints[1].nodeTaintsPolicy: Unsupported \#
                value: "Mind": supported values: "Honor", "Ignore"]
                """#
            ),
            (
                #""affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"a","operator":"In","values":["_"]}],"matchFields":[{"key":"spec.x","operator":"Exists"}]}]}}}"#,
                #"""
                [spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values[0]: \#
                Invalid value: "_": \#(Texts.labelValue), \#
                spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].operator: \#
                Invalid value: "Exists": not a valid selector operator, \#
                spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key: \#
                Invalid value: "spec.x": not a valid field selector key]
                """#
            ),
            (
                #""affinity":{"podAntiAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":0,"podAffinityTerm":{"matchLabelKeys":["a"],"topologyKey":"host"}}]}}"#,
                #"""
                [spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the \#
                range 1-100, spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.\#
                matchLabelKeys: Forbidden: must not be specified when labelSelector is not set]
                """#
            ),
            (
                #""resources":{"requests":{"cpu":"1"},"limits":{"disk":"1"}}"#,
                #"""
                [spec.resources.limits[disk]: Invalid value: "disk": must be a standard resource type or fully qualified, \#
                spec.resources.requests[disk]: Invalid value: "disk": must be a standard resource type or fully qualified]
                """#
            ),
            (
                #""resourceClaims":[{"name":"g"}]"#,
                #"spec.resourceClaims[0]: Invalid value: {"name":"g"}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"#
            ),
        ] as [(String, String)])
    func wholes(fields: String, problem: String) {
        #expect(problems("\(fields),\(Self.good)") == problem)
    }

    @Test("init containers and containers of one pod")
    func containers() {
        let containers =
            #""containers":[{"name":"c","image":" pause"}],"initContainers":[{"name":"c","image":"x","livenessProbe":{"exec":{"command":["a"]}}}]"#
        #expect(
            problems(containers)
                == #"""
                [spec.initContainers[0].name: Duplicate value: "c", spec.initContainers[0].livenessProbe: Forbidden: may not be set for \#
                init containers without restartPolicy=Always, spec.containers[0].image: Invalid value: " pause": must not have leading \#
                or trailing whitespace]
                """#)
        #expect(
            problems(container: #""restartPolicyRules":[{"action":"Restart"}]"#)
                == #"""
                [spec.containers[0].restartPolicy: Required value: must specify restartPolicy when restart rules are used, \#
                spec.containers[0].restartPolicyRules[0].exitCodes: Required value: must be specified]
                """#)
    }

    @Test("annotations that say how a pod is run")
    func annotations() {
        let metadata =
            #""annotations":{"controller.kubernetes.io/pod-deletion-cost":"+5","container.apparmor.security.beta.kubernetes.io/d":"x"}"#
        #expect(
            problems(Self.good, metadata: metadata)
                == #"""
                [metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "+5": must be a 32bit integer, \#
                metadata.annotations[container.apparmor.security.beta.kubernetes.io/d]: Invalid value: "d": container not found, \#
                metadata.annotations[container.apparmor.security.beta.kubernetes.io/d]: Invalid value: "x": invalid AppArmor profile \#
                name: "x"]
                """#)
    }

    @Test("an unqualified finalizer is refused")
    func finalizers() {
        #expect(
            problems(Self.good, metadata: #""finalizers":["stay"]"#)
                == #"metadata.finalizers[0]: Invalid value: "stay": name is neither a standard finalizer name nor is it fully qualified"#)
    }

    // MARK: Updates

    private func patch(_ spec: String) -> String { TestCluster.problems(cluster.refusal(patching: "pods", "x", #"{"spec":{\#(spec)}}"#)) }

    @Test("an update adds tolerations and shortens the deadline, no more")
    func updates() {
        cluster.apply(
            #"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"x","namespace":"shop"},"spec":{"activeDeadlineSeconds":9,\#
            "tolerations":[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":5}],\#(Self.good)}}
            """#)
        #expect(
            patch(#""activeDeadlineSeconds":10"#)
                == "spec.activeDeadlineSeconds: Invalid value: 10: must be less than or equal to previous value")
        #expect(
            patch(#""activeDeadlineSeconds":null"#)
                == "spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value")
        #expect(
            patch(#""tolerations":[]"#)
                == "spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds")
        #expect(
            patch(#""schedulingGates":[{"name":"example.com/g"}]"#)
                == "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'example.com/g'")
        #expect(patch(#""containers":[]"#).hasSuffix("spec.containers: Forbidden: pod updates may not add or remove containers]"))
        #expect(patch(#""activeDeadlineSeconds":8"#) == "nothing")
    }

    @Test("a pod that waits at a gate may be aimed more narrowly, not elsewhere")
    func gates() {
        cluster.apply(
            #"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"x","namespace":"shop"},"spec":{"nodeSelector":{"a":"b"},\#
            "schedulingGates":[{"name":"example.com/g"}],\#(Self.good)}}
            """#)
        #expect(patch(#""nodeSelector":{"c":"d"}"#) == "nothing")
        #expect(
            patch(#""nodeSelector":{"a":"x"}"#)
                == #"""
                spec.nodeSelector: Invalid value: {"a":"x","c":"d"}: only additions to spec.nodeSelector are allowed (no mutations or \#
                deletions)
                """#)
    }
}

/// What is said about texts that don't keep to a rule.
enum Texts {
    static let label =
        #"""
        a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an \#
        alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
        """#
    static let subdomain =
        #"""
        a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an \#
        alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
        """#
    static let labelValue =
        #"""
        a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an \#
        alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is \#
        '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
        """#
}
