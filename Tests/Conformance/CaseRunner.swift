import KubernetesModel
import SimulatedCluster

/// Sends a recorded case's requests to a cluster of its own, on the virtual clock, and compares what it answers.
actor CaseRunner {
    private let cluster: SimulatedCluster
    private let kubectl: Kubectl?
    private let placeholders: Placeholders
    private var names: [String: String]
    private var lastBody: JSONValue = .null
    private var lastWait: JSONValue = .null
    /// Every byte that the cluster answered.
    private(set) var transcript: [UInt8] = []

    /// What passes between two requests of a client.
    private static let pause = Duration.milliseconds(50)

    /// - Parameter kubectl: talks to the same cluster; nil for cases that don't use it.
    init(_ recording: Recording, on cluster: SimulatedCluster, kubectl: Kubectl? = nil) {
        self.cluster = cluster
        self.kubectl = kubectl
        let node = "node-1"
        placeholders = Placeholders(node: node)
        names = ["ns": recording.namespace, "node": node]
    }

    /// The differences to the recording, a line each.
    func differences(to recording: Recording) async -> [String] {
        await prepareNamespace()
        var answers: [(step: JSONValue, answer: JSONValue)] = []
        for step in recording.steps {
            guard let answer = await perform(step) else { continue }
            if step["quiet"] == true, answer["timeout"] == nil { continue }
            answers.append((step, placeholders.put(into: answer)))
        }
        let count = answers.count == recording.answers.count ? [] : ["\(answers.count) answers, wanted \(recording.answers.count)"]
        return count
            + zip(recording.answers, answers).flatMap { wanted, got in
                Comparison(ignored: recording.ignored + (got.step["ignore"]?.stringArray ?? []))
                    .differences(wanted: wanted, got: got.answer).map { "[\(Self.title(of: got.step))] \($0)" }
            }
    }

    private func prepareNamespace() async {
        let name = JSONValue.string(names["ns"] ?? "")
        _ = await request("POST", "/api/v1/namespaces", body: ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": name]])
        await pass(.seconds(1))
    }

    private static func title(of step: JSONValue) -> String {
        if let method = step["http"]?.stringValue { return "\(method) \(step["path"]?.stringValue ?? "")" }
        return step["watch"]?.stringValue ?? step["kubectl"]?.stringArray.joined(separator: " ") ?? "until"
    }

    // MARK: Steps

    /// What a step is answered; nil for a wait that ended and for a value that was kept.
    private func perform(_ step: JSONValue) async -> JSONValue? {
        let step = fill(step)
        if step["http"] != nil { return await send(step) }
        if let condition = step["until"] { return await wait(for: condition, within: step["within"]?.intValue ?? 30) }
        if step["recall"] != nil { return lastWait }
        if let arguments = step["kubectl"]?.stringArray { return await run(arguments, step) }
        if let watch = step["watch"]?.stringValue { return await follow(watch, step) }
        for (name, path) in step["save"]?.objectValue ?? [:] {
            let value = FieldPath(path.stringValue ?? "").value(in: lastBody)
            names[name] = value?.stringValue ?? value?.numberValue?.text ?? "None"
        }
        return nil
    }

    private func send(_ step: JSONValue) async -> JSONValue {
        var headers: [(name: String, value: String)] = []
        if let user = step["as"]?.stringValue { headers.append(("impersonate-user", user)) }
        for (name, value) in step["headers"]?.objectValue ?? [:] { headers.append((name.lowercased(), value.stringValue ?? "")) }
        let answer = await request(
            step["http"]?.stringValue ?? "GET", step["path"]?.stringValue ?? "/", body: step["body"], type: step["type"]?.stringValue,
            accept: step["accept"]?.stringValue, headers: headers
        )
        lastBody = answer["body"] ?? .null
        return answer
    }

    private func wait(for condition: JSONValue, within seconds: Int) async -> JSONValue? {
        let end = await cluster.now + .seconds(seconds)
        var seen: JSONValue?
        while await cluster.now < end {
            lastWait = await request("GET", condition["path"]?.stringValue ?? "/")
            lastBody = lastWait["body"] ?? .null
            seen = condition["status"] != nil ? lastWait["status"] : FieldPath(condition["field"]?.stringValue ?? "").value(in: lastBody)
            if Self.holds(condition, seen) { return nil }
            await pass(.milliseconds(200))
        }
        let text = String(decoding: JSONWriter.compact(seen ?? .null), as: UTF8.self)
        return ["timeout": .string("\(String(decoding: JSONWriter.compact(condition), as: UTF8.self)) last saw \(text)")]
    }

    private static func holds(_ condition: JSONValue, _ seen: JSONValue?) -> Bool {
        if let wanted = condition["equals"], wanted == seen ?? .null { return true }
        if let wanted = condition["present"]?.boolValue, wanted == !isEmpty(seen) { return true }
        return condition["status"].map { $0 == seen } ?? false
    }

    private static func isEmpty(_ value: JSONValue?) -> Bool {
        [nil, .null, "", 0, false, [], [:]].contains(value)
    }

    private func run(_ arguments: [String], _ step: JSONValue) async -> JSONValue {
        guard let kubectl else { return ["broken": "the case needs kubectl"] }
        let input = step["stdin"].map { $0.stringValue ?? String(decoding: JSONWriter.compact($0), as: UTF8.self) }
        let result: Kubectl.Result
        do {
            result = try await kubectl.run(
                ["-n", names["ns"] ?? ""] + arguments, input: input ?? "", within: .seconds(step["within"]?.intValue ?? 90)
            )
        } catch {
            return ["broken": .string("\(error)")]
        }
        var output = placeholders.put(intoPrinted: result.output)
        if step["unique"] == true { output = Set(output.split(separator: "\n")).sorted().joined(separator: "\n") }
        return ["exit": JSONValue(result.status), "out": .string(output), "err": .string(placeholders.put(intoPrinted: result.errors))]
    }

    /// Opens a watch, performs the steps during which it is open, and reads it to its end.
    private func follow(_ path: String, _ step: JSONValue) async -> JSONValue {
        let response = await response("GET", path, accept: step["accept"]?.stringValue)
        guard case .stream(let channel) = response.body else { return ["events": []] }
        var bytes: [UInt8] = []
        for inner in step["during"]?.arrayValue ?? [] {
            _ = await perform(inner)
            await pass(.milliseconds(100))
        }
        let end = await cluster.now + .seconds((step["seconds"]?.intValue ?? 1) + 15)
        while await cluster.now < end, !channel.isFinished { await pass(.milliseconds(500)) }
        bytes += channel.drain()
        transcript += bytes
        let events = bytes.split(separator: UInt8(ascii: "\n")).compactMap { try? JSONParser.parse(Array($0)) }
        return ["events": .array(events.filter { !Self.isProgress($0) })]
    }

    private static func isProgress(_ event: JSONValue) -> Bool {
        event["type"] == "BOOKMARK" && event[path: ["object", "metadata", "annotations"]] == nil
    }

    // MARK: Requests

    private func request(
        _ method: String, _ path: String, body: JSONValue? = nil, type: String? = nil, accept: String? = nil,
        headers: [(name: String, value: String)] = []
    ) async -> JSONValue {
        let response = await response(method, path, body: body, type: type, accept: accept, headers: headers)
        guard case .bytes(let bytes) = response.body else { return ["broken": "the answer is no document"] }
        transcript += bytes
        var kept: JSONObject = [:]
        for name in ["Content-Type", "Warning", "Retry-After"] {
            kept[name] = response.headers.first { $0.name.lowercased() == name.lowercased() }.map { .string($0.value) }
        }
        let document = (try? JSONParser.parse(bytes)) ?? .string(String(decoding: bytes, as: UTF8.self))
        return ["status": JSONValue(response.status), "headers": .object(kept), "body": document]
    }

    private func response(
        _ method: String, _ path: String, body: JSONValue? = nil, type: String? = nil, accept: String? = nil,
        headers: [(name: String, value: String)] = []
    ) async -> APIResponse {
        await pass(Self.pause)
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        var request = APIRequest(
            method: method, path: parts.first ?? "/", query: parts.count > 1 ? PercentEncoding.query(parts[1]) : [],
            headers: [("accept", accept ?? "application/json"), ("user-agent", "conform")] + headers,
            clientCertificate: ClientIdentity(commonName: "kubernetes-admin", organizations: ["system:masters"])
        )
        if let body {
            request.headers.append(("content-type", type ?? "application/json"))
            request.body = body.stringValue.map { Array($0.utf8) } ?? JSONWriter.compact(body)
        }
        return await cluster.handle(request)
    }

    private func pass(_ duration: Duration) async {
        await cluster.advance(to: await cluster.now + duration)
    }

    // MARK: Names

    /// Replaces `{name}` by what is kept under it.
    private func fill(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(fill(text))
        case .array(let elements): .array(elements.map(fill))
        case .object(let object): .object(JSONObject(object.map { (fill($0.key), fill($0.value)) }))
        default: value
        }
    }

    private func fill(_ text: String) -> String {
        guard text.contains("{") else { return text }
        return names.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}
