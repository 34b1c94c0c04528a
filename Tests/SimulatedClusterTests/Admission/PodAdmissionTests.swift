import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Admission of pods")
struct PodAdmissionTests {
    private let cluster = TestCluster()

    private func pod(_ spec: String, container: String = "") -> String {
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"shop"},
         "spec":{\(spec)"containers":[{"name":"c","image":"pause:3.10"\(container)}]}}
        """
    }

    @Test("a pod gets a service account, its token, a priority and tolerations")
    func minimal() {
        let made = cluster.apply(pod(""))
        #expect(made?.spec["serviceAccountName"] == "default")
        #expect(made?.spec["priority"] == 0)
        #expect(made?.spec["preemptionPolicy"] == "PreemptLowerPriority")
        #expect(
            made?.spec["tolerations"]
                == json(
                    """
                    [{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},
                     {"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}]
                    """
                )
        )
        let volume = made?.spec["volumes"]?[0]
        #expect(volume?["name"]?.stringValue?.hasPrefix("kube-api-access-") == true)
        #expect(made?.spec["containers"]?[0]?["volumeMounts"]?[0]?["name"] == volume?["name"])
        #expect(made?.status == ["phase": "Pending", "qosClass": "BestEffort"])
    }

    @Test("a pod that wants no token gets no volume")
    func noToken() {
        #expect(cluster.apply(pod(#""automountServiceAccountToken":false,"#))?.spec["volumes"] == nil)
    }

    @Test("references to what is not there are refused by name")
    func missing() {
        #expect(
            cluster.refusal(pod(#""serviceAccountName":"nobody","#))
                == #"pods "p" is forbidden: error looking up service account shop/nobody: serviceaccount "nobody" not found"#
        )
        #expect(
            cluster.refusal(pod(#""priorityClassName":"nope","#)) == #"pods "p" is forbidden: no PriorityClass with name nope was found"#)
        #expect(
            cluster.refusal(pod(#""runtimeClassName":"nope","#)) == #"pods "p" is forbidden: pod rejected: RuntimeClass "nope" not found"#
        )
    }

    @Test("a quota that is used up is named with what was asked for")
    func quota() {
        cluster.apply(
            #"{"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"q","namespace":"shop"},"spec":{"hard":{"pods":"0"}}}"#
        )
        #expect(cluster.refusal(pod("")) == #"pods "p" is forbidden: exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0"#)
    }

    @Test("a limit range completes containers and says so")
    func limits() {
        cluster.apply(
            """
            {"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"l","namespace":"shop"},"spec":{"limits":[
              {"type":"Container","default":{"cpu":"1","memory":"64Mi"},"defaultRequest":{"cpu":"100m"}}]}}
            """
        )
        let made = cluster.apply(pod(""))
        #expect(
            made?.spec["containers"]?[0]?["resources"]
                == ["requests": ["cpu": "100m", "memory": "64Mi"], "limits": ["cpu": "1", "memory": "64Mi"]]
        )
        #expect(
            made?.metadata.annotations["kubernetes.io/limit-ranger"]
                == "LimitRanger plugin set: cpu, memory request for container c; cpu, memory limit for container c"
        )
        #expect(made?.status["qosClass"] == "Burstable")
    }

    @Test("a limit range refuses with all that is out of range")
    func outOfRange() {
        cluster.apply(
            """
            {"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"l","namespace":"shop"},"spec":{"limits":[
              {"type":"Container","max":{"cpu":"1"},"min":{"memory":"32Mi"}}]}}
            """
        )
        #expect(
            cluster.refusal(pod("", container: #","resources":{"limits":{"cpu":"2","memory":"16Mi"}}"#))
                == "pods \"p\" is forbidden: [minimum memory usage per Container is 32Mi, but request is 16Mi, "
                + "maximum cpu usage per Container is 1, but limit is 2]"
        )
    }

    @Test("the restricted standard lists everything that a plain pod lacks")
    func restricted() {
        _ = cluster.refusal(patching: "namespaces", "shop", #"{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"restricted"}}}"#)
        #expect(
            cluster.refusal(pod(#""hostNetwork":true,"#, container: #","securityContext":{"privileged":true}"#))
                == """
                pods "p" is forbidden: violates PodSecurity "restricted:latest": host namespaces (hostNetwork=true), \
                privileged (container "c" must not set securityContext.privileged=true), \
                allowPrivilegeEscalation != false (container "c" must set securityContext.allowPrivilegeEscalation=false), \
                unrestricted capabilities (container "c" must set securityContext.capabilities.drop=["ALL"]), \
                runAsNonRoot != true (pod or container "c" must set securityContext.runAsNonRoot=true), \
                seccompProfile (pod or container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")
                """
        )
    }
}
