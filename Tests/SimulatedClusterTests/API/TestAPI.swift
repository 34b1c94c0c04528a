import KubernetesModel

@testable import SimulatedCluster

/// A fresh cluster that answers to its administrator, and the answers in a form that is easy to look at.
struct TestAPI {
    let cluster: SimulatedCluster

    static let start = Instant(seconds: 1_767_225_600)

    init(seed: UInt64 = 1, scenario: ScenarioDefinition = ScenarioDefinition(name: "test")) {
        cluster = SimulatedCluster(scenario: scenario, seed: seed, clock: Self.start)
    }

    struct Answer {
        let status: Int
        let headers: [String: String]
        let bytes: [UInt8]

        var json: JSONValue { (try? JSONParser.parse(bytes)) ?? .null }
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    func send(
        _ method: String, _ path: String, _ body: JSONValue? = nil, headers: [(name: String, value: String)] = []
    ) async -> Answer {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        let request = APIRequest(
            method: method, path: parts.first ?? "/", query: parts.count > 1 ? PercentEncoding.query(parts[1]) : [],
            headers: headers, body: body.map(JSONWriter.compact) ?? [],
            clientCertificate: ClientIdentity(commonName: "kubernetes-admin", organizations: ["system:masters"])
        )
        return await send(request)
    }

    func send(_ request: APIRequest) async -> Answer {
        let response = await cluster.handle(request)
        let headers = Dictionary(response.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        switch response.body {
        case .bytes(let bytes): return Answer(status: response.status, headers: headers, bytes: bytes)
        case .stream(let channel): return Answer(status: response.status, headers: headers, bytes: channel.drain())
        case .session, .deferred: return Answer(status: response.status, headers: headers, bytes: [])
        }
    }

    /// Opens a watch; its lines are read with `lines(of:)`.
    func watch(_ path: String) async -> ByteChannel? {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        let request = APIRequest(
            method: "GET", path: parts[0], query: PercentEncoding.query(parts[1]),
            clientCertificate: ClientIdentity(commonName: "kubernetes-admin", organizations: ["system:masters"])
        )
        guard case .stream(let channel) = await cluster.handle(request).body else { return nil }
        return channel
    }

    func advance(by duration: Duration) async {
        await cluster.advance(to: await cluster.now.advanced(by: duration))
    }

    func configMap(_ name: String, data: JSONValue = [:], labels: JSONValue? = nil) async -> Answer {
        var metadata: JSONObject = ["name": .string(name)]
        metadata["labels"] = labels
        return await send("POST", "/api/v1/namespaces/default/configmaps", ["metadata": .object(metadata), "data": data])
    }
}

/// The events that a watch has sent by now, as `TYPE name`.
func events(in channel: ByteChannel?) -> [String] {
    documents(in: channel).map { event in
        let name = event[path: ["object", "metadata", "name"]]?.stringValue ?? event[path: ["object", "reason"]]?.stringValue
        return [event["type"]?.stringValue, name].compactMap { $0 }.joined(separator: " ")
    }
}

func documents(in channel: ByteChannel?) -> [JSONValue] {
    (channel?.drain() ?? []).split(separator: UInt8(ascii: "\n")).compactMap { try? JSONParser.parse(Array($0)) }
}
