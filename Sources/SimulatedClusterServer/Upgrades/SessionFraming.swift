import KubernetesModel
import NIOCore
import NIOWebSocket

/// How a session's messages look as WebSocket messages.
enum SessionFraming: Sendable {
    case binary
    /// Text: the channel as a digit, then the payload in base64.
    case base64

    init(protocol name: String) {
        self = name.contains("base64.channel") ? .base64 : .binary
    }

    func frame(_ message: [UInt8]) -> WebSocketFrame {
        switch self {
        case .binary:
            return WebSocketFrame(fin: true, opcode: .binary, data: ByteBuffer(bytes: message))
        case .base64:
            let text = "\(message.first ?? 0)" + Base64.encode(message.dropFirst())
            return WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text))
        }
    }

    /// Nil when a text message is not in this framing.
    func message(_ payload: [UInt8]) -> [UInt8]? {
        switch self {
        case .binary:
            return payload
        case .base64:
            guard let digit = payload.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit),
                let data = Base64.decode(String(decoding: payload.dropFirst(), as: UTF8.self))
            else { return nil }
            return [digit - UInt8(ascii: "0")] + data
        }
    }
}

extension WebSocketFrame {
    static func close(_ code: WebSocketErrorCode) -> WebSocketFrame {
        var data = ByteBuffer()
        data.write(webSocketErrorCode: code)
        return WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
    }
}
