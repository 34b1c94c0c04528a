import CZlib
import Testing

@testable import SimulatedClusterServer

@Suite("Compressed bodies")
struct GzipTests {
    @Test("a compressed body is smaller and comes back the same")
    func roundTrip() throws {
        let bytes = Array(String(repeating: #"{"kind":"Pod","name":"cart"},"#, count: 10_000).utf8)
        let compressed = try #require(Gzip.compress(bytes))
        #expect(compressed.count < bytes.count / 10)
        #expect(inflated(compressed, count: bytes.count) == bytes)
    }

    @Test("a body that is compressed piece by piece comes back the same")
    func pieces() throws {
        let stream = try #require(GzipStream())
        let piece = Array(String(repeating: #"{"kind":"Pod","name":"cart"},"#, count: 10_000).utf8)
        var compressed: [UInt8] = []
        for _ in 0..<5 { compressed += stream.compress(piece) }
        compressed += stream.finish()
        #expect(compressed.count < piece.count)
        #expect(inflated(compressed, count: 5 * piece.count) == piece + piece + piece + piece + piece)
    }

    private func inflated(_ bytes: [UInt8], count: Int) -> [UInt8] {
        var stream = z_stream()
        let gzipWindow: Int32 = 15 + 16
        guard inflateInit2_(&stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return [] }
        defer { inflateEnd(&stream) }
        var input = bytes
        return input.withUnsafeMutableBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: count) { output, written in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                _ = inflate(&stream, Z_FINISH)
                written = Int(stream.total_out)
            }
        }
    }
}
