import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Defaults of pods")
struct PodDefaultsTests {
    private func defaulted(_ text: String) -> KubernetesObject {
        var pod = object(text)
        Defaults.apply(to: &pod)
        return pod
    }

    @Test("a minimal pod gets what clients read without asking")
    func minimal() {
        let pod = defaulted(
            #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"pause:3.10"}]}}"#)
        #expect(
            pod.spec
                == json(
                    """
                    {"containers":[{"name":"c","image":"pause:3.10","imagePullPolicy":"IfNotPresent","resources":{},
                      "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],
                     "restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","securityContext":{},
                     "schedulerName":"default-scheduler","enableServiceLinks":true}
                    """
                )
        )
    }

    @Test(
        "images tagged latest or not at all are always pulled",
        arguments: [
            ("busybox", true), ("busybox:latest", true), ("registry:5000/busybox", true), ("busybox:1.36", false),
            ("busybox@sha256:abc", false), ("registry:5000/a/b:2", false),
        ]
    )
    func pullPolicy(image: String, isAlways: Bool) {
        #expect(ImageTag.isLatest(image) == isAlways)
    }

    @Test("requests that are missing are the limits")
    func requests() {
        let pod = defaulted(
            #"{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"a:1","resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"500m"}}}]}}"#
        )
        #expect(pod.spec["containers"]?[0]?["resources"]?["requests"] == ["cpu": "500m", "memory": "1Gi"])
    }

    @Test("probes, ports and hooks are completed")
    func probes() {
        let pod = defaulted(
            #"{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"a:1","ports":[{"containerPort":80}],"livenessProbe":{"httpGet":{"port":80}}}]}}"#
        )
        let container = pod.spec["containers"]?[0]
        #expect(container?["ports"] == [["containerPort": 80, "protocol": "TCP"]])
        #expect(
            container?["livenessProbe"]
                == json(
                    #"{"httpGet":{"port":80,"path":"/","scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3}"#
                )
        )
    }

    @Test("ports of a pod on its host's network are ports of the host")
    func hostPorts() {
        let pod = defaulted(
            #"{"apiVersion":"v1","kind":"Pod","spec":{"hostNetwork":true,"containers":[{"image":"a:1","ports":[{"containerPort":80}]}]}}"#
        )
        #expect(pod.spec["containers"]?[0]?["ports"]?[0]?["hostPort"] == 80)
    }

    @Test("volumes get their modes, and an empty directory where they name no source")
    func volumes() {
        let pod = defaulted(
            #"{"apiVersion":"v1","kind":"Pod","spec":{"containers":[],"volumes":[{"name":"a"},{"name":"b","configMap":{"name":"x"}},{"name":"c","hostPath":{"path":"/x"}}]}}"#
        )
        #expect(
            pod.spec["volumes"]
                == json(
                    #"[{"name":"a","emptyDir":{}},{"name":"b","configMap":{"name":"x","defaultMode":420}},{"name":"c","hostPath":{"path":"/x","type":""}}]"#
                )
        )
    }

    @Test("applying twice changes nothing more")
    func idempotent() {
        let once = defaulted(#"{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"c","image":"x"}],"volumes":[{"name":"v"}]}}"#)
        var twice = once
        Defaults.apply(to: &twice)
        #expect(twice == once)
    }
}
