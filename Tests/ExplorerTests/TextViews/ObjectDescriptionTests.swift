import KubernetesClient
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("ObjectDescription")
struct ObjectDescriptionTests {
    private static let theme = Theme(name: "test", styles: [:])

    private static func object(_ json: JSONObject) -> KubernetesObject { KubernetesObject(json) }

    /// - Parameter beside: the objects that every scope of a resource has, by the resource's name.
    private func describe(_ object: KubernetesObject, as name: String, beside: [String: [KubernetesObject]] = [:]) throws -> Outline {
        let resource = try #require(ResourceCatalog.builtIn.resource(named: name))
        var description = ObjectDescription(object, resource: resource, theme: Self.theme, now: TestShell.noon) { scope in
            var mirror = ObjectMirror(at: TestShell.noon)
            let objects = (beside[scope.resource.resource] ?? []).map(ReflectorEvent.initial)
            for event in [.restarting] + objects + [.ready(resourceVersion: "1")] { mirror.take(event, at: TestShell.noon) }
            return mirror
        }
        return description.told()
    }

    private func text(_ object: KubernetesObject, as name: String, beside: [String: [KubernetesObject]] = [:]) throws -> String {
        try describe(object, as: name, beside: beside).lines.map(\.plain).joined(separator: "\n")
    }

    @Test("metadata, fields and events are told below each other")
    func configMap() throws {
        let object = Self.object([
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": ["name": "settings", "namespace": "shop", "labels": ["app": "web", "tier": "front"]],
            "data": ["greeting": "hello\nworld"],
        ])
        let event = Self.object([
            "metadata": ["name": "e", "namespace": "shop"], "type": "Warning", "reason": "Odd", "message": "looks odd", "count": 3,
            "firstTimestamp": "2026-08-01T11:50:00Z", "lastTimestamp": "2026-08-01T11:59:00Z", "source": ["component": "kubelet"],
        ])
        #expect(
            try text(object, as: "configmaps", beside: ["events": [event]]) == """
                Name:                 settings
                Namespace:            shop
                Labels:               app=web
                                      tier=front
                Annotations:          <none>
                Data:
                  greeting:           hello
                                      world
                Events:
                  Type     Reason  Age                From     Message
                  Warning  Odd     60s (x3 over 10m)  kubelet  looks odd
                """)
    }

    @Test("events that can't be listed are not told as none")
    func eventsProblem() throws {
        let object = Self.object(["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "settings"]])
        let resource = try #require(ResourceCatalog.builtIn.resource(named: "configmaps"))
        var description = ObjectDescription(object, resource: resource, theme: Self.theme, now: TestShell.noon) { _ in
            var mirror = ObjectMirror(at: TestShell.noon)
            mirror.take(.degraded(ClientError(.watch, cause: .other("nobody may")), retryIn: .seconds(1)), at: TestShell.noon)
            return mirror
        }
        #expect(description.told().lines.last?.plain.contains("nobody may") == true)
    }

    private static let pod = object([
        "apiVersion": "v1", "kind": "Pod",
        "metadata": [
            "name": "p", "namespace": "shop",
            "ownerReferences": [["apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "rs", "uid": "1", "controller": true]],
        ],
        "spec": [
            "priority": 0, "serviceAccountName": "default", "nodeName": "n1", "containers": [container],
            "volumes": [["name": "data", "persistentVolumeClaim": ["claimName": "disk"]]],
            "tolerations": [
                ["key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300]
            ],
        ],
        "status": [
            "phase": "Running", "podIP": "10.1.0.7", "podIPs": [["ip": "10.1.0.7"]], "hostIP": "10.0.0.1", "qosClass": "BestEffort",
            "conditions": [["type": "Ready", "status": "True"]], "containerStatuses": [containerStatus],
        ],
    ])

    private static let container: JSONValue = [
        "name": "c", "image": "busybox:1", "ports": [["containerPort": 8080, "protocol": "TCP"]], "command": ["sh", "-c", "sleep 1\nexit"],
        "env": [["name": "A", "value": "1"], ["name": "K", "valueFrom": ["secretKeyRef": ["name": "token", "key": "k"]]]],
        "readinessProbe": [
            "exec": ["command": ["true"]], "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3,
        ],
        "volumeMounts": [["mountPath": "/data", "name": "data", "readOnly": true]],
    ]

    private static let containerStatus: JSONValue = [
        "name": "c", "ready": true, "restartCount": 2, "containerID": "x", "imageID": "y",
        "state": ["waiting": ["reason": "CrashLoopBackOff"]],
        "lastState": [
            "terminated": ["reason": "Error", "exitCode": 1, "startedAt": "2026-08-01T11:00:00Z", "finishedAt": "2026-08-01T11:59:00Z"]
        ],
    ]

    @Test("the rows of a pod are those of kubectl")
    func pod() throws {
        #expect(
            try text(Self.pod, as: "pods") == """
                Name:                 p
                Namespace:            shop
                Priority:             0
                Service Account:      default
                Node:                 n1/10.0.0.1
                Labels:               <none>
                Annotations:          <none>
                Status:               Running
                IP:                   10.1.0.7
                IPs:
                  IP:                 10.1.0.7
                Controlled By:        ReplicaSet/rs
                Containers:
                  c:
                    Container ID:     x
                    Image:            busybox:1
                    Image ID:         y
                    Port:             8080/TCP
                    Host Port:        0/TCP
                    Command:
                      sh
                      -c
                      sleep 1
                      exit
                    State:            Waiting
                      Reason:         CrashLoopBackOff
                    Last State:       Terminated
                      Reason:         Error
                      Exit Code:      1
                      Started:        Sat, 01 Aug 2026 11:00:00 +0000 (60m ago)
                      Finished:       Sat, 01 Aug 2026 11:59:00 +0000 (60s ago)
                    Ready:            True
                    Restart Count:    2
                    Readiness:        exec [true] delay=0s timeout=1s period=10s #success=1 #failure=3
                    Environment:
                      A:              1
                      K:              <set to the key 'k' in secret 'token'>  Optional: false
                    Mounts:
                      /data from data (ro)
                Conditions:
                  Type   Status  Since  Reason  Message
                  Ready  True
                Volumes:
                  data:
                    Type:             PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)
                    ClaimName:        disk
                    ReadOnly:         false
                QoS Class:            BestEffort
                Node-Selectors:       <none>
                Tolerations:          node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
                Events:               <none>
                """)
    }

    @Test("what a pod refers to is linked where it stands")
    func links() throws {
        let outline = try describe(Self.pod, as: "pods")
        let links = outline.links.map { "\($0.reference.kind)/\($0.reference.name)" }
        #expect(
            links == ["Namespace/shop", "ServiceAccount/default", "Node/n1", "ReplicaSet/rs", "Secret/token", "PersistentVolumeClaim/disk"])
        let node = try #require(outline.links.first { $0.reference.kind == "Node" })
        #expect(String(Array(outline.lines[node.stop.line].plain)[node.stop.range]) == "n1/10.0.0.1")
    }

    @Test("a service lists its ready endpoints, each a link to its pod")
    func service() throws {
        let object = Self.object([
            "apiVersion": "v1", "kind": "Service", "metadata": ["name": "s", "namespace": "shop"],
            "spec": [
                "type": "ClusterIP", "selector": ["app": "a"],
                "ports": [["name": "http", "port": 80, "targetPort": 8080, "protocol": "TCP"]],
            ],
        ])
        let slice = Self.object([
            "metadata": ["name": "s-1", "namespace": "shop"], "ports": [["name": "http", "port": 8080]],
            "endpoints": [
                ["addresses": ["10.1.0.7"], "conditions": ["ready": true], "targetRef": ["kind": "Pod", "name": "a-1"]],
                ["addresses": ["10.1.0.8"], "conditions": ["ready": false], "targetRef": ["kind": "Pod", "name": "a-2"]],
            ],
        ])
        let outline = try describe(object, as: "services", beside: ["endpointslices": [slice]])
        let endpoints = outline.lines.map(\.plain).filter { $0.hasPrefix("Endpoints") }
        #expect(endpoints == ["Endpoints:            10.1.0.7:8080"])
        #expect(outline.links.contains { $0.reference.name == "a-1" } && !outline.links.contains { $0.reference.name == "a-2" })
    }

    @Test("a node sums up what the pods on it ask for and may use")
    func node() throws {
        let object = Self.object([
            "apiVersion": "v1", "kind": "Node", "metadata": ["name": "n1", "uid": "u"],
            "status": ["allocatable": ["cpu": "2", "memory": "1Gi", "pods": "110"]],
        ])
        let pod = Self.object([
            "kind": "Pod", "metadata": ["name": "p", "namespace": "shop", "creationTimestamp": "2026-08-01T11:00:00Z"],
            "spec": ["containers": [["resources": ["requests": ["cpu": "500m", "memory": "128Mi"], "limits": ["memory": "256Mi"]]]]],
            "status": ["phase": "Running"],
        ])
        let lines = try describe(object, as: "nodes", beside: ["pods": [pod]]).lines.map(\.plain)
        #expect(lines.contains("Non-terminated Pods:  (1 in total)"))
        #expect(lines.contains("  shop       p     500m (25%)    0 (0%)      128Mi (12%)      256Mi (25%)    60m"))
        #expect(lines.contains("  cpu                500m (25%)   0 (0%)"))
    }

    @Test("a share beyond all bounds is told, and traps nothing")
    func hugeShare() throws {
        let object = Self.object([
            "apiVersion": "v1", "kind": "Node", "metadata": ["name": "n1", "uid": "u"],
            "status": ["allocatable": ["cpu": "1", "memory": "1"]],
        ])
        let pod = Self.object([
            "kind": "Pod", "metadata": ["name": "p", "namespace": "shop"], "status": ["phase": "Running"],
            "spec": ["containers": [["resources": ["requests": ["memory": "9999999999999999999"]]]]],
        ])
        let text = try text(object, as: "nodes", beside: ["pods": [pod]])
        #expect(text.contains("(1000000%)"))
    }

    @Test("a kind that nothing is known of tells every field, under the names that kubectl gives them")
    func anything() throws {
        let object = Self.object([
            "apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": "w"],
            "spec": ["rulesFor": [["apiGroup": "a", "verbs": ["get", "list"]], ["apiGroup": "b"]], "my-key": true],
        ])
        var resource = try #require(ResourceCatalog.builtIn.resource(named: "configmaps"))
        resource.name = "widgets"
        var description = ObjectDescription(object, resource: resource, theme: Self.theme, now: TestShell.noon) { _ in
            ObjectMirror(at: TestShell.noon)
        }
        #expect(
            description.told().lines.map(\.plain).joined(separator: "\n") == """
                Name:                 w
                Labels:               <none>
                Annotations:          <none>
                API Version:          example.com/v1
                Kind:                 Widget
                Metadata:
                Spec:
                  my-key:             true
                  Rules For:
                    - API Group:      a
                      Verbs:          get
                                      list
                    - API Group:      b
                Events:               …
                """)
    }

    @Test("decoding is offered for the YAML of Secrets only")
    func decoding() throws {
        let shell = try TestShell.make()
        func isOffered(_ name: String, _ content: DocumentScreen.Content) throws -> Bool {
            let resource = try #require(ResourceCatalog.builtIn.resource(named: name))
            let screen = DocumentScreen(ObjectTarget(resource: resource, namespace: "shop", name: "a"), content: content, shell: shell)
            return screen.bindings.contains { $0.action == "document.decode" }
        }
        #expect(try isOffered("secrets", .yaml))
        #expect(try !isOffered("secrets", .description))
        #expect(try !isOffered("configmaps", .yaml))
    }

    @Test("the footer of describe offers the YAML and that of the YAML describe, neither what is shown already")
    func footer() throws {
        let pod = ObjectTarget(resource: try #require(ResourceCatalog.builtIn.resource(named: "pods")), namespace: "shop", name: "a")
        func footer(_ content: DocumentScreen.Content) throws -> String {
            let shell = try TestShell.make()
            shell.push(DocumentScreen(pod, content: content, shell: shell))
            return String(shell.picture().split(separator: "\n").last ?? "")
        }
        #expect(try footer(.description).contains("y yaml"))
        #expect(try !footer(.description).contains("d describe"))
        #expect(try footer(.yaml).contains("d describe"))
        #expect(try !footer(.yaml).contains("y yaml"))
    }

    @Test("of a Secret only the sizes are told")
    func secret() throws {
        let object = Self.object([
            "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "token"], "data": ["password": "c2VzYW1lIQ=="],
        ])
        let text = try text(object, as: "secrets")
        #expect(!text.contains("c2VzYW1l") && !text.contains("sesame"))
        #expect(text.contains("7 bytes"))
    }

    @Test("the values that kubectl apply copies into an annotation are not told; other annotations are")
    func lastApplied() throws {
        let object = Self.object([
            "apiVersion": "v1", "kind": "Secret",
            "metadata": [
                "name": "token",
                "annotations": [
                    "kubectl.kubernetes.io/last-applied-configuration": #"{"data":{"password":"c2VzYW1lIQ=="}}"#, "team": "shop",
                ],
            ],
        ])
        let text = try text(object, as: "secrets")
        #expect(!text.contains("c2VzYW1l") && !text.contains("last-applied"))
        #expect(text.contains("team: shop"))
    }
}
