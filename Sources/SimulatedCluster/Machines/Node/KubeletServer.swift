import KubernetesModel
import KubernetesSemantics

extension Kubelets {
    func serve(_ request: APIRequest, path: String, on node: String) throws(StatusError) -> APIResponse {
        guard let kubelet = kubelet(node) else {
            throw .serviceUnavailable("error trying to reach service: dial tcp: lookup \(node): no such host")
        }
        guard kubelet.isOn else {
            throw .serviceUnavailable("error trying to reach service: dial tcp \(kubelet.address):10250: i/o timeout")
        }
        return try KubeletServer(kubelets: self, kubelet: kubelet, request: request).respond(to: path)
    }
}

/// A kubelet's own HTTP server, as far as there is something to tell: pods, logs, sessions, configuration, metrics.
struct KubeletServer {
    let kubelets: Kubelets
    let kubelet: Kubelet
    let request: APIRequest

    private var world: MachineWorld { kubelet.world }

    func respond(to path: String) throws(StatusError) -> APIResponse {
        let parts = path.split(separator: "/").map(String.init)
        switch parts.first {
        case "exec" where parts.count == 4: return try run(request.query.filter { $0.name == "command" }.map(\.value), parts)
        case "attach" where parts.count == 4: return try run(nil, parts)
        case "portForward" where parts.count == 3: return try forward(parts)
        default: break
        }
        guard ["GET", "HEAD"].contains(request.method) else { return .text("405: Method Not Allowed", status: 405) }
        switch parts {
        case ["healthz"], ["healthz", "ping"], ["healthz", "log"], ["healthz", "syncloop"]: return .text("ok")
        case ["pods"]: return list(world.parts.view.pods(onNode: kubelet.node).map(\.value))
        case ["runningpods"]: return list(running.map(Self.outline))
        case ["configz"]: return json(["kubeletconfig": configuration])
        case ["stats", "summary"]: return json(KubeletStatistics(kubelet).summary)
        case ["metrics"]: return KubeletStatistics(kubelet).metrics.response
        case ["metrics", "resource"]: return KubeletStatistics(kubelet).resourceMetrics.response
        default: break
        }
        switch parts.first {
        case "logs": return file("var/log/" + parts.dropFirst().joined(separator: "/"))
        case "containerLogs" where parts.count == 4: return containerLog(parts)
        default: return Self.notFound
        }
    }

    private static let notFound = APIResponse.text("404 page not found\n", status: 404)

    private func json(_ value: JSONValue) -> APIResponse {
        APIResponse(status: 200, headers: [("content-type", "application/json")], body: .bytes(JSONWriter.compact(value)))
    }

    // MARK: Pods

    private func list(_ pods: [JSONValue]) -> APIResponse {
        json(["kind": "PodList", "apiVersion": "v1", "metadata": [:], "items": .array(pods)])
    }

    private var running: [PodWorker] {
        kubelet.allWorkers.filter { worker in worker.all.contains { $0.process != nil } }
    }

    /// A pod as the runtime knows it.
    private static func outline(of worker: PodWorker) -> JSONValue {
        let containers = worker.all.filter { $0.process != nil }
        var metadata: JSONObject = ["name": .string(worker.pod.name)]
        metadata["namespace"] = worker.pod.namespace.map(JSONValue.string)
        metadata["uid"] = .string(worker.pod.uid)
        return [
            "metadata": .object(metadata),
            "spec": ["containers": .array(containers.map { ["name": .string($0.name), "image": .string($0.image), "resources": [:]] })],
            "status": [:],
        ]
    }

    /// The pod that a path names: `…/NAMESPACE/NAME/CONTAINER`.
    private func pod(_ parts: [String]) throws(StatusError) -> KubernetesObject {
        let key = ObjectKey(namespace: parts[1], name: parts[2])
        guard let pod = world.parts.view.get(Resource.pods, key), pod.spec["nodeName"]?.stringValue == kubelet.node else {
            throw StatusError(code: 404, reason: "NotFound", message: "pod does not exist")
        }
        return pod
    }

    // MARK: Sessions

    private func run(_ command: [String]?, _ parts: [String]) throws(StatusError) -> APIResponse {
        var options = StreamOptions()
        options.stdin = request.flag("input")
        options.stdout = request.flag("output")
        options.stderr = request.flag("error")
        options.tty = request.flag("tty")
        guard options.stdin || options.stdout || options.stderr else {
            throw .badRequest("you must specify at least 1 of stdin, stdout, stderr")
        }
        let pod = try pod(parts)
        let upgrade = try SessionProtocol.negotiated(by: request, among: SessionProtocol.streams)
        options.transport = upgrade.transport
        options.version = upgrade.version
        let session = kubelets.run(command, in: pod, container: parts[3], options: options)
        return APIResponse(status: 101, body: .session(session, protocol: upgrade.name))
    }

    private func forward(_ parts: [String]) throws(StatusError) -> APIResponse {
        let pod = try pod(parts)
        let upgrade = try SessionProtocol.negotiated(by: request, among: SessionProtocol.forwards)
        let ports = request.query.filter { ["port", "ports"].contains($0.name) }.compactMap { Int($0.value) }
        let session = try kubelets.forward(ports: ports, to: pod, over: upgrade.transport)
        return APIResponse(status: 101, body: .session(session, protocol: upgrade.name))
    }

    // MARK: Logs

    private func containerLog(_ parts: [String]) -> APIResponse {
        do throws(StatusError) {
            let options = try LogOptions(request, at: world.now)
            let body = try kubelets.logs(of: try pod(parts), container: parts[3], options: options)
            return APIResponse(status: 200, headers: [("content-type", "text/plain")], body: body)
        } catch {
            return .text(error.message + "\n", status: error.code)
        }
    }

    /// A file below `/var/log`, or what is in a folder, as Go's file server shows it.
    private func file(_ path: String) -> APIResponse {
        let path = String(FileSystem.normalized(path).dropFirst())
        guard path.hasPrefix("var/log") else { return Self.notFound }
        switch kubelet.files[path] {
        case .file(let bytes, _):
            return APIResponse(status: 200, headers: [("content-type", "text/plain; charset=utf-8")], body: .bytes(bytes))
        case .directory:
            let names = kubelet.files.names(in: path).map { kubelet.files["\(path)/\($0)"] == .directory ? $0 + "/" : $0 }
            let lines = names.map { "<a href=\"\($0)\">\($0)</a>\n" }.joined()
            let page = "<!doctype html>\n<meta name=\"viewport\" content=\"width=device-width\">\n<pre>\n\(lines)</pre>\n"
            return APIResponse(status: 200, headers: [("content-type", "text/html; charset=utf-8")], body: .bytes(Array(page.utf8)))
        default: return Self.notFound
        }
    }

    // MARK: Configuration

    /// What of a kubelet's configuration has a meaning here.
    private var configuration: JSONValue {
        let node = world.parts.view.get(Resource.nodes, ObjectKey(name: kubelet.node))
        var configuration: JSONObject = [
            "nodeStatusReportFrequency": .string(Self.text(Kubelet.reportInterval)), "nodeLeaseDurationSeconds": 40,
            "clusterDomain": .string(world.resolver.clusterDomain),
            "clusterDNS": .array(world.resolver.clusterDNS.map(JSONValue.string)),
        ]
        configuration["maxPods"] = node?.status["capacity"]?["pods"]?.stringValue.flatMap { Int($0) }.map { JSONValue($0) }
        return .object(configuration)
    }

    private static func text(_ duration: Duration) -> String {
        "\(duration.components.seconds / 60)m\(duration.components.seconds % 60)s"
    }
}
