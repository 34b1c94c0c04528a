import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("ImageUse")
struct ImageUseTests {
    private func pod(_ name: String, node: String, image: String, id: String?) -> KubernetesObject {
        let status: JSONValue =
            id.map { ["containerStatuses": [["name": "app", "imageID": .string($0), "state": ["running": [:]]]]] } ?? [:]
        return KubernetesObject([
            "kind": "Pod", "metadata": ["name": .string(name), "namespace": "shop"],
            "spec": ["nodeName": .string(node), "containers": [["name": "app", "image": .string(image)]]], "status": status,
        ])
    }

    @Test("an image is counted over pods and nodes, with the digests that it was")
    func counts() throws {
        let images = ImageUse.all(of: [
            pod("a", node: "n1", image: "web:1", id: "docker.io/web@sha256:1"), pod("b", node: "n2", image: "web:1", id: "sha256:2"),
            pod("c", node: "", image: "log:1", id: nil),
        ])
        #expect(images.map(\.image) == ["log:1", "web:1"])
        #expect(images.map(\.pods) == [1, 2])
        #expect(images.map(\.nodes) == [0, 2])
        #expect(images.map(\.digests) == [[], ["sha256:1", "sha256:2"]])
        #expect(images[0].places[0].state == "Waiting")
    }
}

@Suite("FoundObject")
struct FoundObjectTests {
    private func place(_ text: String) throws -> String? {
        let metadata: JSONValue = [
            "name": "cart", "namespace": "shop", "labels": ["tier": "front"],
            "annotations": ["team": "blue", "kubectl.kubernetes.io/last-applied-configuration": "{\"password\":\"sesame\"}"],
        ]
        return FoundObject(metadata, try #require(TextSearch(text)))?.place
    }

    @Test(
        "names, labels and annotations are looked at, in this order",
        arguments: [("car", "name"), ("front", "label tier=front"), ("BLUE", "annotation team=blue")])
    func found(text: String, place: String) throws {
        #expect(try self.place(text) == place)
    }

    @Test("what kubectl apply copied is not looked at, nor anything else")
    func notFound() throws {
        #expect(try place("sesame") == nil)
        #expect(try place("nothing") == nil)
    }
}
