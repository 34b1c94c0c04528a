import KubernetesModel

extension KubernetesObject {
    static func pod(_ name: String, _ resourceVersion: String) -> KubernetesObject {
        KubernetesObject(
            [
                "apiVersion": "v1", "kind": "Pod",
                "metadata": [
                    "name": .string(name), "namespace": "shop", "uid": .string("uid-\(name)"), "resourceVersion": .string(resourceVersion),
                ],
            ] as JSONObject)
    }
}
