import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Addresses of Services")
struct ServiceAddressTests {
    private let cluster = TestCluster()

    private func service(_ name: String, _ spec: String = "") -> String {
        #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"\#(name)","namespace":"shop"},"spec":{\#(spec)"ports":[{"port":80}]}}"#
    }

    @Test("a Service gets an address of its own")
    func address() throws {
        let first = cluster.apply(service("a"))
        let second = cluster.apply(service("b"))
        let address = try #require(first?.spec["clusterIP"]?.stringValue)
        #expect(address.hasPrefix("10."))
        #expect(first?.spec["clusterIPs"] == [.string(address)])
        #expect(first?.spec["ipFamilies"] == ["IPv4"])
        #expect(second?.spec["clusterIP"] != first?.spec["clusterIP"])
    }

    @Test("a headless Service has none")
    func headless() {
        let made = cluster.apply(service("a", #""clusterIP":"None","#))
        #expect(made?.spec["clusterIPs"] == ["None"])
    }

    @Test("a node port is given out, kept on update, and given back with the type")
    func nodePort() throws {
        let made = cluster.apply(service("a", #""type":"NodePort","#))
        let port = try #require(made?.spec["ports"]?[0]?["nodePort"]?.intValue)
        #expect((30086...32767).contains(port))
        #expect(cluster.refusal(patching: "services", "a", #"{"spec":{"ports":[{"port":80,"targetPort":8080}]}}"#) == nil)
        #expect(cluster.get("services", "a")?.spec["ports"]?[0]?["nodePort"]?.intValue == port)
        #expect(cluster.refusal(patching: "services", "a", #"{"spec":{"type":"ClusterIP"}}"#) == nil)
        #expect(cluster.get("services", "a")?.spec["ports"]?[0]?["nodePort"] == nil)
        let other =
            #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"b","namespace":"shop"},"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":\#(port)}]}}"#
        #expect(cluster.refusal(other) == nil)
    }

    @Test("addresses and ports outside the ranges, or taken, are refused")
    func refused() {
        func service(_ spec: String) -> String {
            #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"s","namespace":"shop"},"spec":\#(spec)}"#
        }
        #expect(
            cluster.refusal(service(#"{"type":"NodePort","ports":[{"port":80,"nodePort":80}]}"#))
                == "Service \"s\" is invalid: spec.ports[0].nodePort: Invalid value: 80: "
                + "provided port is not in the valid range. The range of valid ports is 30000-32767"
        )
        #expect(
            cluster.refusal(service(#"{"clusterIP":"1.2.3.4","ports":[{"port":80}]}"#))
                == "Service \"s\" is invalid: spec.clusterIPs: Invalid value: [\"1.2.3.4\"]: "
                + "failed to allocate IP 1.2.3.4: the provided network does not match the current range"
        )
        #expect(
            cluster.refusal(service(#"{"clusterIP":"10.96.0.1","ports":[{"port":80}]}"#))
                == "Service \"s\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.0.1\"]: "
                + "failed to allocate IP 10.96.0.1: provided IP is already allocated"
        )
    }
}
