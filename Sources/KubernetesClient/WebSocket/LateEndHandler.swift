import NIOCore

/// Passes the end of a connection on a turn of the loop later.
///
/// A command that ends at once has its answer, its output and the end of the connection in one read. NIO changes the pipeline over to
/// WebSockets in the next turn only, and handlers that are told of the end before would forget what they have held back until then.
final class LateEndHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelInactive(context: ChannelHandlerContext) {
        later(context) { $0.fireChannelInactive() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        later(context) { $0.fireErrorCaught(error) }
    }

    private func later(_ context: ChannelHandlerContext, _ pass: @escaping @Sendable (ChannelHandlerContext) -> Void) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.execute { pass(bound.value) }
    }
}
