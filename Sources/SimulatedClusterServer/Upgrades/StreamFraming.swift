import KubernetesModel
import NIOCore
import NIOWebSocket

/// How an answer that goes on is cut into WebSocket messages.
enum StreamFraming: Equatable {
    /// A line each, as text: the events of a watch.
    case lines
    case binary(protocol: String)
    case base64

    private static let base64Name = "base64.binary.k8s.io"

    /// - Parameter offered: the sub-protocols by which a client says how it wants bytes; it needn't say any.
    init(offered: [String]) {
        let names = offered.flatMap { $0.split(separator: ",").map { String($0.filter { $0 != " " }) } }
        let known = names.first { ["binary.k8s.io", Self.base64Name].contains($0) } ?? ""
        self = known == Self.base64Name ? .base64 : .binary(protocol: known)
    }

    var protocolName: String {
        switch self {
        case .lines: ""
        case .binary(let name): name
        case .base64: Self.base64Name
        }
    }

    func frames(of bytes: [UInt8]) -> [WebSocketFrame] {
        switch self {
        case .lines:
            bytes.split(separator: UInt8(ascii: "\n")).map { WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(bytes: $0)) }
        case .binary: [WebSocketFrame(fin: true, opcode: .binary, data: ByteBuffer(bytes: bytes))]
        case .base64: [WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: Base64.encode(bytes)))]
        }
    }
}
