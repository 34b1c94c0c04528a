import Foundation
import KubernetesModel
import NIOCore
import NIOWebSocket
import SimulatedCluster

/// Carries a session's messages over a WebSocket.
final class SessionHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let session: DuplexSession
    private let framing: SessionFraming
    private var sender: Task<Void, Never>?

    init(session: DuplexSession, framing: SessionFraming) {
        self.session = session
        self.framing = framing
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        sender = Task { [session, framing] in
            for await message in session.outbound.messages {
                try? await channel.writeAndFlush(framing.frame(message))
            }
            try? await channel.writeAndFlush(WebSocketFrame.close(.normalClosure))
            channel.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .binary, .text:
            if let message = framing.message(Array(frame.unmaskedData.readableBytesView)) { session.inbound.send(message) }
        case .ping:
            context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)), promise: nil)
        case .connectionClose:
            session.finish()
        default:
            break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        session.finish()
        sender?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

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
