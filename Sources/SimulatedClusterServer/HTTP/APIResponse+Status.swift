import KubernetesModel
import SimulatedCluster

extension APIResponse {
    /// A refusal by the server itself, which the API never hears of.
    init(_ status: StatusError) {
        self.init(
            status: status.code, headers: [("content-type", "application/json")],
            body: .bytes(JSONWriter.compact(status.json) + [UInt8(ascii: "\n")]))
    }
}

extension StatusError {
    static let headTooLong = StatusError(
        code: 431, reason: "BadRequest", message: "the request's first line and headers are longer than the server reads")
}
