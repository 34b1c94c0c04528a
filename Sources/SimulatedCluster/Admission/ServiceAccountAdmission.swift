import KubernetesModel

/// Gives every pod a service account that exists, its pull secrets, and a volume with its token.
struct ServiceAccountAdmission: AdmissionPlugin {
    private static let mountPath = "/var/run/secrets/kubernetes.io/serviceaccount"
    /// An hour and a margin: the kubelet asks for a new token at 80 % of it.
    private static let tokenSeconds: JSONValue = 3607

    func mutate(_ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard context.isCreation(of: "pods") else { return }
        // The kubelet shows the pods of its files to the API: they can't have an account.
        if object.metadata.annotations["kubernetes.io/config.mirror"] != nil { return }
        object.json.modifyOrCreate("spec") { spec in
            spec.setDefaultText("serviceAccountName", "default")
            spec["serviceAccount"] = spec["serviceAccountName"]
        }
        let spec = object.json.object("spec") ?? [:]
        let name = spec.string("serviceAccountName")
        guard let account = context.get("serviceaccounts", name, namespaced: true) else {
            throw context.forbidden(
                "error looking up service account \(context.key.namespace ?? "")/\(name): serviceaccount \"\(name)\" not found"
            )
        }
        let mounts = spec.present("automountServiceAccountToken") ?? account["automountServiceAccountToken"] ?? true
        let pullSecrets = account.json.present("imagePullSecrets")
        let volume = "kube-api-access-\(context.random.suffix())"
        object.json.modify("spec") { spec in
            if spec.objects("imagePullSecrets").isEmpty, let pullSecrets { spec["imagePullSecrets"] = pullSecrets }
            if mounts != false { Self.mountToken(in: &spec, volume: volume) }
        }
    }

    private static func mountToken(in spec: inout JSONObject, volume: String) {
        var isNeeded = false
        for list in ["initContainers", "containers"] {
            spec.modifyEach(list) { container in
                guard !container.objects("volumeMounts").contains(where: { $0.string("mountPath") == mountPath }) else { return }
                isNeeded = true
                container.append(["name": .string(volume), "readOnly": true, "mountPath": .string(mountPath)], to: "volumeMounts")
            }
        }
        if isNeeded { spec.append(tokenVolume(named: volume), to: "volumes") }
    }

    private static func tokenVolume(named name: String) -> JSONValue {
        let certificate: JSONValue = ["key": "ca.crt", "path": "ca.crt"]
        let namespace: JSONValue = [
            "path": "namespace", "fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.namespace"],
        ]
        return [
            "name": .string(name),
            "projected": [
                "sources": [
                    ["serviceAccountToken": ["expirationSeconds": tokenSeconds, "path": "token"]],
                    ["configMap": ["name": "kube-root-ca.crt", "items": [certificate]]],
                    ["downwardAPI": ["items": [namespace]]],
                ],
                "defaultMode": 420,
            ],
        ]
    }
}
