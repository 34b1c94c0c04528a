import Foundation
import KubernetesModel
import Testing

@testable import Explorer

@Suite("Kustomizations")
struct KustomizeTests {
    /// Reads a folder with these files.
    private func read(_ files: [String: String], at path: String = "") throws -> Manifests {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-kustomize-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return Manifests(path: folder.appending(path: path).path)
    }

    private func yaml(_ manifests: Manifests) -> String {
        manifests.documents.map { YAML.write($0.object.value) }.joined(separator: "---\n")
    }

    private static let web = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {secretName: settings}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - name: web
                image: nginx:1.27
                envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: elsewhere}}]
        """

    @Test("names, namespaces, labels and images are changed, and what refers to the objects by name follows them")
    func all() throws {
        let manifests = try read([
            "web.yaml": Self.web,
            "kustomization.yaml": """
            resources: [web.yaml]
            namespace: shop
            namePrefix: eu-
            nameSuffix: "-2"
            commonLabels: {team: blue}
            commonAnnotations: {by: us}
            images: [{name: nginx, newName: registry/nginx, newTag: "1.28"}]
            """,
        ])
        #expect(manifests.problems == [])
        #expect(
            yaml(manifests) == """
                apiVersion: v1
                data:
                  secretName: settings
                kind: ConfigMap
                metadata:
                  annotations:
                    by: us
                  labels:
                    team: blue
                  name: eu-settings-2
                  namespace: shop
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  annotations:
                    by: us
                  labels:
                    team: blue
                  name: eu-web-2
                  namespace: shop
                spec:
                  selector:
                    app: web
                    team: blue
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  annotations:
                    by: us
                  labels:
                    team: blue
                  name: eu-web-2
                  namespace: shop
                spec:
                  selector:
                    matchLabels:
                      app: web
                      team: blue
                  template:
                    metadata:
                      annotations:
                        by: us
                      labels:
                        app: web
                        team: blue
                    spec:
                      containers:
                      - envFrom:
                        - configMapRef:
                            name: eu-settings-2
                        - secretRef:
                            name: elsewhere
                        image: registry/nginx:1.28
                        name: web

                """)
    }

    @Test("a folder brings another's kustomization, and changes what that has made; what has no namespace gets none")
    func bases() throws {
        let manifests = try read(
            [
                "base/rbac.yaml": """
                {apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}
                ---
                {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: reader}, rules: []}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: robot}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
                subjects: [{kind: ServiceAccount, name: robot, namespace: default}]
                """,
                "base/kustomization.yaml": "resources: [rbac.yaml]\nnamePrefix: a-\n",
                "prod/kustomization.yml": "resources: [../base]\nnamespace: prod\nnamePrefix: b-\nlabels: [{pairs: {tier: x}}]\n",
            ], at: "prod")
        #expect(manifests.problems == [])
        #expect(
            manifests.documents.map { "\($0.object.kind) \($0.object.namespace ?? "-") \($0.object.name)" } == [
                "ServiceAccount prod b-a-robot", "ClusterRole - b-a-reader", "ClusterRoleBinding - b-a-robot",
            ])
        let binding = try #require(manifests.documents.last?.object)
        #expect(binding["roleRef"]?["name"] == "b-a-reader")
        #expect(binding["subjects"]?.arrayValue?.first?["name"] == "b-a-robot")
        #expect(binding["subjects"]?.arrayValue?.first?["namespace"] == "prod")
        #expect(binding.metadata.labels == ["tier": "x"])
    }

    @Test("labels that are not selected by change no selector; tags stay where only the name changes")
    func labels() throws {
        let text = "resources: [web.yaml]\nlabels: [{pairs: {team: blue}, includeTemplates: true}]\nimages: [{name: nginx, newName: new}]\n"
        let manifests = try read(["web.yaml": Self.web, "kustomization.yaml": text])
        let deployment = try #require(manifests.documents.last?.object)
        #expect(deployment.spec["selector"]?["matchLabels"] == ["app": "web"])
        #expect(deployment.spec["template"]?["metadata"]?["labels"] == ["app": "web", "team": "blue"])
        #expect(deployment.spec["template"]?["spec"]?["containers"]?.arrayValue?.first?["image"] == "new:1.27")
    }

    @Test(
        "of a kustomization that can't be followed in full nothing is applied, and it is said why",
        arguments: [
            ("resources: [web.yaml]\npatches: [{path: p.yaml}]\n", "patches is not built in"),
            ("resources: [web.yaml, none.yaml]\n", "none.yaml: there is no such file"),
            ("resources: [web.yaml, 'https://example.com/x?ref=1']\n", "what lies elsewhere is not fetched"),
            ("resources: [web.yaml, .]\n", "it brings itself"), ("resources: {a: b}\n", "resources is a list of texts"),
            ("- a\n", "it is not one mapping"),
            ("resources: [web.yaml]\nimages: [{name: nginx, newTag: 1.28}]\n", "images.newTag is a text: put it in quotes"),
        ])
    func refused(text: String, problem: String) throws {
        let manifests = try read(["web.yaml": Self.web, "kustomization.yaml": text])
        #expect(manifests.documents.isEmpty)
        #expect(manifests.problems.count == 1 && manifests.problems[0].contains(problem), "\(manifests.problems)")
    }

    /// Much that refers to each other, with all that is built in.
    private static let everything = [
        "all.yaml": """
        {apiVersion: v1, kind: Namespace, metadata: {name: old}}
        ---
        {apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}
        ---
        {apiVersion: v1, kind: Secret, metadata: {name: token}, stringData: {a: b}}
        ---
        {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: disk}, spec: {accessModes: [ReadWriteOnce], selector: {matchLabels: {a: b}}}}
        ---
        {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: reader}, rules: []}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: robot}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
        subjects: [{kind: ServiceAccount, name: robot, namespace: old}, {kind: ServiceAccount, name: robot, namespace: default}]
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db, labels: {app: db}}
        spec:
          serviceName: web
          selector: {matchLabels: {app: db}}
          volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce]}}]
          template:
            metadata: {labels: {app: db}}
            spec:
              serviceAccountName: robot
              affinity:
                podAntiAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                  - {topologyKey: zone, labelSelector: {matchLabels: {app: db}}}
              initContainers: [{name: a, image: "nginx@sha256:0123"}]
              containers:
              - name: b
                image: nginx
                env: [{name: T, valueFrom: {secretKeyRef: {name: token, key: a}}}]
              - {name: c, image: "registry:5000/nginx:1"}
              volumes: [{name: v, persistentVolumeClaim: {claimName: disk}}, {name: s, secret: {secretName: token}}]
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: report}
        spec:
          schedule: "0 * * * *"
          jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "nginx:1"}]}}}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web}
        spec:
          podSelector: {matchLabels: {app: web}}
          ingress: [{from: [{podSelector: {matchLabels: {app: db}}}, {namespaceSelector: {matchLabels: {a: b}}}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web}
        spec:
          tls: [{secretName: token}]
          rules: [{host: h, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web}
        spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
        """
    ]

    @Test(
        "it is what kubectl makes of them", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/kubectl")),
        arguments: [
            "namePrefix: a-\nnameSuffix: -z\n", "namespace: shop\n", "commonLabels: {team: blue}\n", "commonAnnotations: {by: us}\n",
            "labels: [{pairs: {team: blue}}, {pairs: {tier: x}, includeTemplates: true}]\n",
            "labels: [{pairs: {team: blue}, includeSelectors: true}]\n", "images: [{name: nginx, newName: mirror/nginx}]\n",
            "images: [{name: nginx, newTag: '2'}]\n", "images: [{name: nginx, digest: 'sha256:99'}]\n",
            "namespace: shop\nnamePrefix: a-\ncommonLabels: {team: blue}\n",
        ])
    func kubectl(changes: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-kustomize-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let files = ["web.yaml": Self.web, "kustomization.yaml": "resources: [web.yaml, all.yaml]\n" + changes]
        for (name, text) in files.merging(Self.everything, uniquingKeysWith: { $1 }) {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        let kubectl = Process()
        let output = Pipe()
        kubectl.executableURL = URL(filePath: "/usr/bin/kubectl")
        kubectl.arguments = ["kustomize", folder.path]
        kubectl.standardOutput = output
        kubectl.standardError = FileHandle.nullDevice
        try kubectl.run()
        let expected = try YAML.parse(String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
        let manifests = Manifests(path: folder.path)
        #expect(manifests.problems == [])
        let (theirs, ours) = (Self.sorted(expected), Self.sorted(manifests.documents.map(\.object.value)))
        #expect(theirs.count == ours.count)
        for (their, our) in zip(theirs, ours) { #expect(our == their) }
    }

    private static func sorted(_ objects: [JSONValue]) -> [String] {
        objects.sorted {
            ($0["kind"]?.stringValue ?? "", $0["metadata"]?["name"]?.stringValue ?? "")
                < ($1["kind"]?.stringValue ?? "", $1["metadata"]?["name"]?.stringValue ?? "")
        }.map { YAML.write($0) }
    }
}
