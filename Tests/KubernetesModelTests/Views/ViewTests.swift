import KubernetesModel
import Testing

@Suite struct ViewTests {
    @Test("a pod is read through its view")
    func pod() throws {
        let yaml = """
            metadata: {name: web-1, namespace: shop, labels: {app: web}, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec:
              nodeName: n1
              containers:
              - name: web
                image: nginx
            status:
              phase: Running
              conditions: [{type: Ready, status: "True"}]
              containerStatuses:
              - {name: web, restartCount: 2, ready: true, state: {running: {}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}}
            """
        let object = try #require(KubernetesObject(YAML.parseOne(yaml)))
        let pod = Pod(object)
        #expect(pod.key.description == "shop/web-1")
        #expect(pod.nodeName == "n1")
        #expect(pod.condition("Ready")?.isTrue == true)
        #expect(!pod.isFinished)
        #expect(pod.created == Instant(seconds: 1_767_225_600))
        #expect(pod.allContainers.map(\.image) == ["nginx"])
        #expect(pod.containerStatus("web")?.lastState.exitCode == 137)
        #expect(pod.containerStatus("web")?.state.isRunning == true)
        #expect(pod.containerStatus("other") == nil)
    }

    @Test("views of an empty object give defaults, not traps")
    func emptiness() {
        let empty = KubernetesObject([:] as JSONObject)
        #expect(Pod(empty).allContainers.isEmpty)
        #expect(!Pod(empty).isFinished)
        #expect(Event(empty).count == 1)
    }
}
