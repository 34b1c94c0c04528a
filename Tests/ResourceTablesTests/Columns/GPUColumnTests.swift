import KubernetesClient
import KubernetesModel
import ResourceTables
import Testing

@Suite("Graphics processors")
struct GPUColumnTests {
    private func text(_ resource: String, _ json: String, _ titles: String, gpus: GPUVendors = GPUVendors()) async -> String {
        let table = ResourceTable(layout: .of(builtIn(resource), gpus: gpus), stream: ReflectorStream([]), now: { start })
        await table.apply([.restarting, .initial(object(json)), .ready(resourceVersion: "1")])
        return await table.snapshot(for: TableQuery()).text(titles)
    }

    @Test("a pod's are the sum over its containers, of the vendors known and a person's own")
    func pods() async {
        let pod = """
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","namespace":"shop","uid":"1"},"spec":{"containers":[
              {"name":"x","resources":{"requests":{"nvidia.com/gpu":"1"},"limits":{"nvidia.com/gpu":"2"}}},
              {"name":"y","resources":{"limits":{"acme.io/npu":3}}}]}}
            """
        #expect(await text("pods", pod, "GPU/RL") == "1:2")
        #expect(await text("pods", pod, "GPU/RL", gpus: GPUVendors(["acme": "acme.io/npu"])) == "1:5")
        #expect(
            await text("pods", #"{"metadata":{"name":"a","namespace":"shop"},"spec":{"containers":[{"name":"x"}]}}"#, "GPU/RL") == "n/a")
    }

    @Test("containers that ask for as many as there are numbers trap nobody")
    func endless() async {
        let container = #"{"resources":{"limits":{"nvidia.com/gpu":"9223372036854775807"}}}"#
        let pod = #"{"metadata":{"name":"a","namespace":"shop"},"spec":{"containers":[\#(container),\#(container)]}}"#
        #expect(await text("pods", pod, "GPU/RL") == "0:9223372036854775807")
    }

    @Test("a node has whole ones and parts of shared ones")
    func nodes() async {
        let node = """
            {"kind":"Node","metadata":{"name":"n","uid":"n"},"status":{
              "allocatable":{"amd.com/gpu":"3","nvidia.com/gpu.shared":"8"},"capacity":{"amd.com/gpu":"4"}}}
            """
        #expect(await text("nodes", node, "GPU/A") == "3")
        #expect(await text("nodes", node, "GPU/C") == "4")
        #expect(await text("nodes", node, "SH-GPU/A") == "8")
        #expect(await text("nodes", node, "SH-GPU/C") == "n/a")
    }
}
