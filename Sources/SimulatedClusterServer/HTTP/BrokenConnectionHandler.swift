import NIOCore
import NIOHTTP2

/// Ends an HTTP/2 connection on which frames, or the headers in them, can't be told apart any more. Its client has been sent the reason;
/// it would wait for the answers of its open streams for ever.
final class BrokenConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = Never

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case is NIOHTTP2Errors.BadClientMagic, is NIOHTTP2Errors.UnableToParseFrame, is NIOHTTP2Errors.ExcessivelyLargeHeaderBlock,
            is NIOHTTP2Errors.ExcessiveContinuationFrames:
            context.close(promise: nil)
        default: context.fireErrorCaught(error)
        }
    }
}
