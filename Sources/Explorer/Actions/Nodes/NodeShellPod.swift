import KubernetesModel

/// How the pods are made that give a shell on a node: `shellPod` of the settings, as in K9s.
package struct NodeShellSettings: Sendable, Hashable {
    package var image = "busybox:1.37"
    package var namespace = "default"
    /// What runs in the container until the shell is left; empty leaves it to the image.
    package var command: [String] = []
    package var limits = ["cpu": "100m", "memory": "100Mi"]

    package init() {}

    /// A pod that sees of its node all there is: processes, network, and the root as `/host`, which it can't write.
    func pod(named name: String, on node: String) -> KubernetesObject {
        var container: JSONObject = [
            "name": .string(Self.container), "image": .string(image), "stdin": true, "tty": true, "securityContext": ["privileged": true],
            "resources": ["limits": JSONValue(limits)], "volumeMounts": [["name": "host", "mountPath": "/host", "readOnly": true]],
        ]
        if !command.isEmpty { container["command"] = JSONValue(command) }
        let spec: JSONObject = [
            "nodeName": .string(node), "hostPID": true, "hostNetwork": true, "hostIPC": true, "restartPolicy": "Never",
            "terminationGracePeriodSeconds": 0, "automountServiceAccountToken": false, "enableServiceLinks": false,
            "tolerations": [["operator": "Exists"]], "containers": [.object(container)],
            "volumes": [["name": "host", "hostPath": ["path": "/"]]],
        ]
        return KubernetesObject([
            "apiVersion": "v1", "kind": "Pod",
            "metadata": ["name": .string(name), "namespace": .string(namespace), "labels": ["app.kubernetes.io/managed-by": "fathom"]],
            "spec": .object(spec),
        ])
    }

    static let container = "shell"
}
