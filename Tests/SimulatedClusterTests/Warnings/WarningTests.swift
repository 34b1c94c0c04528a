import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Warnings of a request")
struct WarningCollectorTests {
    @Test("each is told once, and more than a head carries is cut, then left out")
    func bounded() {
        let few = WarningCollector()
        for text in ["a", "b", "a"] { few.add(text) }
        #expect(few.texts == ["a", "b"])
        let many = WarningCollector()
        for number in 0..<100_000 { many.add("\(number) " + String(repeating: "x", count: 300)) }
        #expect(many.texts.allSatisfy { $0.count == 256 })
        #expect(many.texts.count == 16)
    }
}

@Suite("Warnings")
struct WarningTests {
    private let cluster = TestAPI()

    private func pod(_ spec: JSONValue, name: JSONValue = "p") -> JSONValue {
        var spec = spec
        if spec["containers"] == nil { spec["containers"] = [["name": "c", "image": "busybox:1.36"]] }
        return ["metadata": ["name": name], "spec": spec]
    }

    private func warning(_ path: String, _ body: JSONValue) async -> String? {
        await cluster.send("POST", "\(path)?dryRun=All", body).headers["warning"]
    }

    @Test("a pod's doubtful parts are told, and it is created all the same")
    func pods() async {
        let container: JSONValue = [
            "name": "c", "image": "busybox:1.36", "env": [["name": "A", "value": "1"], ["name": "A", "value": "2"]],
        ]
        #expect(
            await warning("/api/v1/namespaces/default/pods", pod(["containers": [container]]))
                == #"299 - "spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped when using apply""#
        )
        let selector: JSONValue = ["nodeSelector": ["beta.kubernetes.io/os": "linux"]]
        #expect(
            await warning("/api/v1/namespaces/default/pods", pod(selector))
                == #"299 - "spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead""#
        )
        #expect(await warning("/api/v1/namespaces/default/pods", pod([:])) == nil)
    }

    @Test("a template is judged where it stands")
    func templates() async {
        let template: JSONValue = [
            "metadata": ["labels": ["a": "b"]],
            "spec": ["containers": [["name": "c", "image": "x"]], "volumes": [["name": "v", "gitRepo": ["repository": "r"]]]],
        ]
        let body: JSONValue = [
            "metadata": ["name": "d"], "spec": ["selector": ["matchLabels": ["a": "b"]], "template": template],
        ]
        #expect(
            await warning("/apis/apps/v1/namespaces/default/deployments", body)
                == #"299 - "spec.template.spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+""#
        )
    }

    @Test("every request about Endpoints tells that they are deprecated, a failing one too")
    func endpoints() async {
        let answer = await cluster.send("GET", "/api/v1/namespaces/default/endpoints/nope")
        #expect(answer.status == 404)
        #expect(
            answer.headers["warning"] == #"299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice""#
        )
    }

    @Test("a namespace can warn of what it would refuse")
    func podSecurity() async {
        let labels: JSONValue = ["pod-security.kubernetes.io/warn": "baseline"]
        _ = await cluster.send(
            "PATCH", "/api/v1/namespaces/default", ["metadata": ["labels": labels]],
            headers: [("content-type", "application/merge-patch+json")])
        #expect(
            await warning("/api/v1/namespaces/default/pods", pod(["hostPID": true]))
                == #"299 - "would violate PodSecurity \"baseline:latest\": host namespaces (hostPID=true)""#
        )
    }
}
