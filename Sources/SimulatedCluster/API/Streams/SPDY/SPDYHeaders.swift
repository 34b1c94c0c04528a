import CZlib

/// The header blocks of one direction of a SPDY connection: one deflate stream that begins with a dictionary known to both.
final class SPDYHeaderInflater {
    struct Failure: Error, Equatable {
        let message: String
    }

    /// More is no port-forward's, but an attack on memory.
    private static let limit = 64 << 10

    private var stream = z_stream()
    private let isReady: Bool

    init() {
        isReady = inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit {
        inflateEnd(&stream)
    }

    /// Names in lower case; the values of a name that stands several times are joined as SPDY has them, by a zero byte.
    func headers(in block: [UInt8]) throws(Failure) -> [String: String] {
        let bytes = try inflated(block)[...]
        guard let count = bytes.number(at: 0, bytes: 4), count <= 1000 else { throw Failure(message: "a header block is malformed") }
        var headers: [String: String] = [:]
        var rest = bytes.dropFirst(4)
        for _ in 0..<count {
            let name = try text(&rest)
            headers[name.lowercased()] = try text(&rest)
        }
        return headers
    }

    private func text(_ rest: inout ArraySlice<UInt8>) throws(Failure) -> String {
        guard let length = rest.number(at: 0, bytes: 4), rest.count >= 4 + length else {
            throw Failure(message: "a header block is malformed")
        }
        defer { rest = rest.dropFirst(4 + length) }
        return String(decoding: rest.dropFirst(4).prefix(length), as: UTF8.self)
    }

    private func inflated(_ block: [UInt8]) throws(Failure) -> [UInt8] {
        guard isReady else { throw Failure(message: "zlib can't be used") }
        var input = block
        var output = [UInt8](repeating: 0, count: Self.limit)
        let (result, count) = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                var result = inflate(&stream, Z_SYNC_FLUSH)
                if result == Z_NEED_DICT {
                    let dictionary = SPDYDictionary.bytes
                    inflateSetDictionary(&stream, dictionary, UInt32(dictionary.count))
                    result = inflate(&stream, Z_SYNC_FLUSH)
                }
                return (result, output.count - Int(stream.avail_out))
            }
        }
        guard result == Z_OK || result == Z_BUF_ERROR, stream.avail_in == 0 else {
            throw Failure(message: "a header block can't be inflated")
        }
        return Array(output.prefix(count))
    }
}

/// As `SPDYHeaderInflater`, the other way.
final class SPDYHeaderDeflater {
    private var stream = z_stream()
    private let isReady: Bool

    init() {
        let size = Int32(MemoryLayout<z_stream>.size)
        let dictionary = SPDYDictionary.bytes
        isReady =
            deflateInit_(&stream, Z_DEFAULT_COMPRESSION, ZLIB_VERSION, size) == Z_OK
            && deflateSetDictionary(&stream, dictionary, UInt32(dictionary.count)) == Z_OK
    }

    deinit {
        deflateEnd(&stream)
    }

    /// Empty when zlib can't be used, which the other side takes for a broken connection.
    func block(_ headers: [(name: String, value: String)]) -> [UInt8] {
        guard isReady else { return [] }
        var input = headers.count.bigEndian(bytes: 4)
        for text in headers.flatMap({ [$0.name, $0.value] }) { input += text.utf8.count.bigEndian(bytes: 4) + Array(text.utf8) }
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(input.count))) + 16)
        let count = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                deflate(&stream, Z_SYNC_FLUSH)
                return output.count - Int(stream.avail_out)
            }
        }
        return Array(output.prefix(count))
    }
}

/// What both sides of a SPDY/3 connection begin to compress with, as its specification has it.
enum SPDYDictionary {
    private static let words = """
        options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges age allow \
        authorization cache-control connection content-base content-encoding content-language content-length \
        content-location content-md5 content-range content-type date etag expect expires from host if-match \
        if-modified-since if-none-match if-range if-unmodified-since last-modified location max-forwards pragma \
        proxy-authenticate proxy-authorization range referer retry-after server te trailer transfer-encoding upgrade \
        user-agent vary via warning www-authenticate method get status
        """
    private static let phrases = ["200 OK", "version", "HTTP/1.1", "url", "public", "set-cookie", "keep-alive", "origin"]
    private static let rest = """
        100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505\
        203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized\
        403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service Unavailable\
        Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT\
        chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,public\
        privatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.
        """

    static let bytes: [UInt8] = {
        let texts = words.split(separator: " ").map(String.init) + phrases
        return texts.flatMap { $0.utf8.count.bigEndian(bytes: 4) + Array($0.utf8) } + Array(rest.utf8)
    }()
}
