import KubernetesModel

/// The paths under `/sim/`, by which an administrator moves the clock, breaks things, and starts over.
///
///     GET  /sim/clock                                        {"now": "2026-01-31T12:00:00Z"}
///     POST /sim/clock   {"advance": 30} or {"to": "…"}       seconds, or a time in RFC 3339
///     GET  /sim/faults                                       {"faults": [{"name": …, "title": …, "parameters": {…}}]}
///     POST /sim/faults  {"name": "…", "parameters": {…}}
///     POST /sim/reset
struct SimulationControl {
    private let parts: ClusterParts
    private let reset: ResetRequest
    private let leap: TimeLeap

    /// - Parameters:
    ///   - reset: where a fresh cluster is asked for.
    ///   - leap: where more time is.
    init(_ parts: ClusterParts, reset: ResetRequest, leap: TimeLeap) {
        self.parts = parts
        self.reset = reset
        self.leap = leap
    }

    func install() {
        parts.endpoints["/sim/clock"] = clock
        parts.endpoints["/sim/faults"] = faults
        parts.endpoints["/sim/reset"] = startOver
    }

    private func clock(_ request: APIRequest) throws(StatusError) -> APIResponse {
        switch request.method {
        case "GET": return Self.clock(shows: parts.timeline.now)
        case "POST": return APIResponse(status: 200, body: .deferred(leap.begin(to: try time(asked: try body(request)))))
        default: throw .methodNotAllowed
        }
    }

    static func clock(shows now: Instant) -> APIResponse {
        answer(["now": .string(KubernetesTime.nanoseconds(now))])
    }

    private func time(asked body: JSONValue) throws(StatusError) -> Instant {
        let now = parts.timeline.now
        if let seconds = body["advance"]?.numberValue?.doubleValue, seconds >= 0, seconds <= 86_400 * 365 {
            return now.advanced(by: .seconds(seconds))
        }
        if let time = body["to"]?.stringValue.flatMap(KubernetesTime.parse), time >= now { return time }
        throw .badRequest("the clock takes {\"advance\": SECONDS} or {\"to\": TIME}, and does not go back")
    }

    private func faults(_ request: APIRequest) throws(StatusError) -> APIResponse {
        switch request.method {
        case "GET": return Self.answer(["faults": .array(FaultDefinition.builtInNames.compactMap(Self.summary))])
        case "POST": break
        default: throw .methodNotAllowed
        }
        let body = try body(request)
        guard let name = body["name"]?.stringValue else { throw .badRequest("a fault needs a name: {\"name\": …, \"parameters\": {…}}") }
        do throws(ScenarioError) {
            try FaultDefinition.builtIn(name).inject(body["parameters"]?.stringMap ?? [:], into: parts)
        } catch {
            throw .badRequest(error.description)
        }
        return Self.answer(["name": .string(name)])
    }

    private static func summary(_ name: String) -> JSONValue? {
        guard let fault = try? FaultDefinition.builtIn(name) else { return nil }
        let parameters = JSONObject(fault.parameters.map { ($0.name, .string($0.standard)) })
        return ["name": .string(name), "title": .string(fault.title), "parameters": .object(parameters)]
    }

    private func startOver(_ request: APIRequest) throws(StatusError) -> APIResponse {
        guard request.method == "POST" else { throw .methodNotAllowed }
        reset.isWanted = true
        return Self.answer(["reset": true])
    }

    private func body(_ request: APIRequest) throws(StatusError) -> JSONValue {
        do {
            return try JSONParser.parse(request.body)
        } catch {
            throw .badRequest("\(error)")
        }
    }

    private static func answer(_ body: JSONValue) -> APIResponse {
        APIResponse(status: 200, headers: [("content-type", "application/json")], body: .bytes(JSONWriter.compact(body)))
    }
}

/// Whether the cluster is to start over once the request at hand has been answered.
final class ResetRequest {
    var isWanted = false
}

/// Times that somebody wants it to be, each with the answer for when it is.
final class TimeLeap {
    private var waiting: [(time: Instant, answer: DeferredResponse)] = []

    func begin(to time: Instant) -> DeferredResponse {
        let answer = DeferredResponse()
        waiting.append((time, answer))
        return answer
    }

    /// The nearest of them; nil for none.
    var goal: Instant? { waiting.map(\.time).min() }

    func arrive(at now: Instant) {
        for (time, answer) in waiting where time <= now { answer.complete(SimulationControl.clock(shows: now)) }
        waiting.removeAll { $0.time <= now }
    }
}
