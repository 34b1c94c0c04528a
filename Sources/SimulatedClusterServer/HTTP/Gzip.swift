import CZlib

/// Compresses whole bodies, fast rather than small, as API servers do.
enum Gzip {
    /// Smaller bodies are not worth the time.
    static let threshold = 128 << 10

    /// Nil when zlib refuses, in which case the body goes out as it is.
    static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        let gzipWindow: Int32 = 15 + 16
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, 1, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var input = bytes
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        return input.withUnsafeMutableBufferPointer { input in
            var written: Int?
            let output = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                let isComplete = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = isComplete ? Int(stream.total_out) : 0
                written = isComplete ? count : nil
            }
            return written == nil ? nil : output
        }
    }
}

/// Compresses a body of which one piece comes after the other.
final class GzipStream {
    private static let chunk = 64 << 10

    /// zlib remembers where its state is: it may not move.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    /// Nil when zlib refuses.
    init?() {
        stream.initialize(to: z_stream())
        let gzipWindow: Int32 = 15 + 16
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(stream, 1, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// What can be sent by now, which may be nothing.
    func compress(_ bytes: [UInt8]) -> [UInt8] { deflated(bytes, Z_NO_FLUSH) }

    /// The rest.
    func finish() -> [UInt8] { deflated([], Z_FINISH) }

    private func deflated(_ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
        var input = bytes
        var result: [UInt8] = []
        input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                result += [UInt8](unsafeUninitializedCapacity: Self.chunk) { output, count in
                    stream.pointee.next_out = output.baseAddress
                    stream.pointee.avail_out = UInt32(output.count)
                    deflate(stream, flush)
                    count = output.count - Int(stream.pointee.avail_out)
                }
            } while stream.pointee.avail_out == 0
        }
        return result
    }
}
