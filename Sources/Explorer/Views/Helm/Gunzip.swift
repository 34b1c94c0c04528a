import CZlib

/// Takes gzip apart.
nonisolated enum Gunzip {
    /// What nobody's releases are as large as: a small text can stand for gigabytes.
    private static let limit = 64 << 20

    /// Nil for what is no gzip, or too large.
    static func bytes(_ compressed: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var input = compressed
        var result: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let isComplete = input.withUnsafeMutableBufferPointer { input -> Bool in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            while result.count <= limit {
                let (status, written) = chunk.withUnsafeMutableBufferPointer { output -> (Int32, Int) in
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(output.count)
                    let status = inflate(&stream, Z_NO_FLUSH)
                    return (status, output.count - Int(stream.avail_out))
                }
                result += chunk.prefix(written)
                if status == Z_STREAM_END { return true }
                guard status == Z_OK, written > 0 || stream.avail_in > 0 else { return false }
            }
            return false
        }
        return isComplete ? result : nil
    }
}
