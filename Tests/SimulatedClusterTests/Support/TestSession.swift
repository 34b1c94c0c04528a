import KubernetesModel
import Testing

@testable import SimulatedCluster

/// A client's end of an exec or attach session with a pod on a stepped cluster.
final class TestSession {
    private let cluster: SteppedCluster
    private let session: DuplexSession
    private(set) var output: [UInt8] = []
    private(set) var errors: [UInt8] = []
    /// What the server said at the end.
    private(set) var status: JSONValue?

    var text: String { String(decoding: output, as: UTF8.self) }
    var isOver: Bool { session.outbound.isFinished }
    /// Nil until it ended well or with a code.
    var code: Int? {
        guard let status else { return nil }
        if status["status"] == "Success" { return 0 }
        return status["details"]?["causes"]?[0]?["message"]?.stringValue.flatMap { Int($0) }
    }

    init(_ cluster: SteppedCluster, pod: KubernetesObject, command: [String]?, tty: Bool = false, stdin: Bool = true) throws {
        self.cluster = cluster
        var options = StreamOptions()
        (options.stdin, options.stdout, options.stderr, options.tty) = (stdin, true, !tty, tty)
        let nodes = try #require(cluster.parts.nodes)
        let container = pod.spec["containers"]?[0]?["name"]?.stringValue ?? ""
        session = nodes.run(command, in: pod, container: container, options: options)
        settle()
    }

    func type(_ text: String) { send([0] + Array(text.utf8)) }
    func send(input: [UInt8]) { send([0] + input) }
    func endInput() { send([255, 0]) }
    func resize(width: Int, height: Int) { send([4] + Array(#"{"Width":\#(width),"Height":\#(height)}"#.utf8)) }

    func send(_ message: [UInt8]) {
        cluster.parts.sessions.deliver(.message(message), to: session)
        settle()
    }

    func close() {
        cluster.parts.sessions.deliver(.closed, to: session)
        settle()
    }

    /// Whether the cluster takes more input now.
    var takesInput: Bool { session.intake.isOpen }

    /// Lets a little time pass and takes what was written, as long as there is more.
    func settle(_ time: Duration = .milliseconds(200)) {
        repeat {
            cluster.run(time)
            take(session.outbound.drain())
        } while isRelieved()
    }

    private func isRelieved() -> Bool {
        guard session.outbound.takeRelief() else { return false }
        cluster.parts.sessions.deliver(.drained, to: session)
        return true
    }

    private func take(_ messages: [[UInt8]]) {
        for message in messages {
            switch message.first {
            case 1: output += message.dropFirst()
            case 2: errors += message.dropFirst()
            case 3 where message.count > 1: status = try? JSONParser.parse(Array(message.dropFirst()))
            default: break
            }
        }
    }
}

extension SteppedCluster {
    /// A running pod of one container `c` in the shell image.
    /// - Parameter fields: of the container, as in a YAML mapping.
    func runningPod(_ fields: String = "command: [sleep, infinity]", name: String = "p") throws -> KubernetesObject {
        try apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: \(name), namespace: default}
            spec:
              containers:
              - {name: c, image: 'docker.io/library/busybox:1.36', \(fields)}
            """)
        run(.seconds(10))
        return try #require(get(Resource.pods, name))
    }
}
