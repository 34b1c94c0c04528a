import KubernetesClient
import KubernetesModel
import ResourceTables
import Testing
import TextUI

@testable import Explorer

/// A shell that looks at a small shop's cluster, prepared: no network, and a clock that stands still.
final class ShopCluster {
    nonisolated static let now = Instant(seconds: 1_800_000_000)

    let shell: Shell

    /// - Parameter objects: by the resource's plural name, instead of the shop's.
    init(_ objects: [String: [String]] = [:], namespaces: NamespaceChoice = .only(["shop"])) throws {
        let session = Self.session("demo", objects: Self.objects.merging(objects) { _, own in own }, namespaces: namespaces)
        let options = ExplorerOptions(configuration: session.configuration) { [configuration = session.configuration] _ in configuration }
        shell = Shell(session: session, options: options, theme: Theme(name: "plain", styles: [:]), now: { Self.now })
    }

    /// A cluster by the name of its context, with these objects and these only.
    static func session(
        _ context: String, guardLevel: GuardLevel = .confirm, objects: [String: [String]], namespaces: NamespaceChoice = .all
    ) -> ClusterSession {
        var configuration = ClusterConfiguration(server: ServerAddress(host: "127.0.0.1", port: 1))
        configuration.names = .init(context: context, cluster: context, user: "admin")
        configuration.namespace = "shop"
        let session = ClusterSession(configuration, guardLevel: guardLevel, namespaces: namespaces)
        session.serverVersion = "v1.36.2"
        session.namespaceNames = ["default", "kube-system", "shop"]
        session.nodes = (5, 6)
        session.connection = .live
        session.reflect = { scope in stream(objects[scope.resource.resource] ?? [], scope) }
        return session
    }

    private static func stream(_ objects: [String], _ scope: ReflectorScope) -> ReflectorStream {
        let listed = objects.map { KubernetesObject(compactJSON: Array($0.utf8)).parsed() }.filter { object in
            scope.namespace == nil || object.namespace == scope.namespace
        }
        return ReflectorStream([[.restarting] + listed.map(ReflectorEvent.initial) + [.ready(resourceVersion: "7")]])
    }

    /// Waits until tables have all their rows and nothing is being done.
    func settle(_ models: [TableModel]) async {
        await until(in: shell) { shell.work.pending == 0 && models.allSatisfy { $0.snapshot.state == .live } }
    }

    func press(_ keys: KeyPress...) async {
        for key in keys { shell.compositor.handle(.key(key)) }
        await until(in: shell) { shell.work.pending == 0 }
    }

    func type(_ text: String) async {
        for scalar in text.unicodeScalars { await press(.character(scalar)) }
    }

    func picture(_ width: Int, _ height: Int) -> String {
        shell.frame(size: Size(width: width, height: height)).picture
    }
}

extension ShopCluster {
    static let objects: [String: [String]] = [
        "pods": [
            pod("cart-6c5d8-9wq2z", ready: true, age: 3 * 86_400),
            pod("checkout-7d9f4-x2k", ready: false, restarts: 14, waiting: "CrashLoopBackOff", age: 540),
            pod("db-0", phase: "Pending", age: 540),
            pod("coredns-5b8", namespace: "kube-system", ready: true, age: 30 * 86_400),
        ],
        "nodes": [node("ip-10-0-1-12", isReady: true), node("ip-10-0-2-40", isReady: false)],
        "services": [service("cart"), service("checkout")],
        "endpointslices": [slice("cart", ready: 3, total: 3), slice("checkout", ready: 0, total: 2)],
        "events": [
            event("a", "Pod", "cart-6c5d8-9wq2z", "Normal", "Started", "Started container app", age: 200),
            event("b", "Pod", "checkout-7d9f4-x2k", "Warning", "BackOff", "Back-off restarting failed container", age: 30, count: 14),
            event("c", "Pod", "checkout-7d9f4-x2k", "Normal", "Scheduled", "Assigned to ip-10-0-1-12", age: 540),
        ],
        "deployments": [
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{\(metadata("cart", age: 3 * 86_400)),"generation":1},
             "spec":{"replicas":3,"selector":{"matchLabels":{"app":"cart"}}},
             "status":{"observedGeneration":1,"replicas":3,"updatedReplicas":3,"readyReplicas":3,"availableReplicas":3}}
            """
        ],
    ]

    static func metadata(_ name: String, namespace: String? = "shop", age: Int) -> String {
        let created = KubernetesTime.seconds(now - .seconds(age))
        let place = namespace.map { #""namespace":"\#($0)","# } ?? ""
        return #""name":"\#(name)",\#(place)"uid":"\#(name)","resourceVersion":"1","creationTimestamp":"\#(created)""#
    }

    static func pod(
        _ name: String, namespace: String = "shop", phase: String = "Running", ready: Bool = false, restarts: Int = 0,
        waiting: String? = nil, age: Int
    ) -> String {
        let state = waiting.map { #"{"waiting":{"reason":"\#($0)"}}"# } ?? #"{"running":{}}"#
        let status =
            phase == "Pending"
            ? "" : #","containerStatuses":[{"name":"app","ready":\#(ready),"restartCount":\#(restarts),"state":\#(state)}]"#
        return """
            {"apiVersion":"v1","kind":"Pod","metadata":{\(metadata(name, namespace: namespace, age: age))},
             "spec":{"nodeName":"ip-10-0-1-12","containers":[{"name":"app","image":"shop/app:1"}]},
             "status":{"phase":"\(phase)","podIPs":[{"ip":"10.1.0.7"}]\(status)}}
            """
    }

    static func node(_ name: String, isReady: Bool) -> String {
        """
        {"apiVersion":"v1","kind":"Node","metadata":{\(metadata(name, namespace: nil, age: 40 * 86_400))},
         "status":{"conditions":[{"type":"Ready","status":"\(isReady ? "True" : "Unknown")"}],"nodeInfo":{"kubeletVersion":"v1.36.2"}}}
        """
    }

    static func service(_ name: String) -> String {
        """
        {"apiVersion":"v1","kind":"Service","metadata":{\(metadata(name, age: 9 * 86_400))},
         "spec":{"type":"ClusterIP","clusterIPs":["10.96.0.7"],"selector":{"app":"\(name)"},"ports":[{"port":80,"protocol":"TCP"}]}}
        """
    }

    static func slice(_ service: String, ready: Int, total: Int) -> String {
        let endpoints = (0..<total).map { #"{"addresses":["10.1.0.\#($0)"],"conditions":{"ready":\#($0 < ready)}}"# }
        return """
            {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice",
             "metadata":{\(metadata(service + "-x", age: 60)),"labels":{"kubernetes.io/service-name":"\(service)"}},
             "endpoints":[\(endpoints.joined(separator: ","))]}
            """
    }

    static func event(
        _ name: String, _ kind: String, _ object: String, _ type: String, _ reason: String, _ message: String, age: Int, count: Int = 1
    ) -> String {
        let time = KubernetesTime.seconds(now - .seconds(age))
        return """
            {"apiVersion":"v1","kind":"Event","metadata":{\(metadata(name, age: age))},"type":"\(type)","reason":"\(reason)",
             "message":"\(message)","count":\(count),"firstTimestamp":"\(time)","lastTimestamp":"\(time)",
             "involvedObject":{"apiVersion":"v1","kind":"\(kind)","name":"\(object)","namespace":"shop"}}
            """
    }
}
