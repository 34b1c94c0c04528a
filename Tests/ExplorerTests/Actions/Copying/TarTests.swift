import Testing

@testable import Explorer

@Suite("Tar archives")
struct TarTests {
    private static let entries: [(TarEntry, [UInt8])] = [
        (TarEntry(path: "a/", kind: .folder, mode: 0o755), []),
        (TarEntry(path: "a/run", kind: .file(size: 600), mode: 0o750, modified: 1_700_000_000), [UInt8](repeating: 7, count: 600)),
        (TarEntry(path: "a/link", kind: .symbolicLink(target: "run"), mode: 0o777), []),
        (TarEntry(path: "a/" + String(repeating: "x", count: 120), kind: .file(size: 1), mode: 0o600), [1]),
        (TarEntry(path: "a/far", kind: .symbolicLink(target: String(repeating: "y", count: 130)), mode: 0o777), []),
        (TarEntry(path: "a/empty", kind: .file(size: 0), mode: 0o644), []),
    ]

    private static var archive: [UInt8] {
        entries.flatMap { entry, content in
            TarWriter.header(entry) + content + [UInt8](repeating: 0, count: TarFormat.padding(content.count))
        } + TarWriter.end
    }

    private func read(_ pieces: [ArraySlice<UInt8>]) throws -> (entries: [TarEntry], content: [UInt8], isComplete: Bool) {
        var reader = TarReader()
        var (entries, content): ([TarEntry], [UInt8]) = ([], [])
        for piece in pieces {
            for event in try reader.read(Array(piece)) {
                switch event {
                case .entry(let entry): entries.append(entry)
                case .content(let bytes): content += bytes
                case .end: break
                }
            }
        }
        return (entries, content, reader.isComplete)
    }

    @Test("what is written is read again, in whatever pieces it comes", arguments: [1, 7, 511, 512, 513, 100_000])
    func pieces(size: Int) throws {
        let archive = Self.archive
        let pieces = stride(from: 0, to: archive.count, by: size).map { archive[$0..<min($0 + size, archive.count)] }
        let (entries, content, isComplete) = try read(pieces)
        #expect(entries == Self.entries.map(\.0))
        #expect(content == Self.entries.flatMap(\.1))
        #expect(isComplete)
    }

    @Test("an archive that ends in the middle is not complete")
    func cut() throws {
        #expect(try !read([Self.archive.dropLast(1100)]).isComplete)
    }

    @Test("what is no archive is refused")
    func noise() {
        #expect(throws: TarError.self) { try read([ArraySlice((0..<1024).map { UInt8(truncatingIfNeeded: $0 * 31 + 1) })]) }
    }

    @Test("sizes that octal digits can't say are written in bytes")
    func large() throws {
        let entry = TarEntry(path: "big", kind: .file(size: 20 << 30), mode: 0o644)
        #expect(try read([TarWriter.header(entry)[...]]).entries == [entry])
    }

    /// An extended header that says `text`.
    private func extensions(_ text: String) -> [UInt8] {
        let record = Array(text.utf8)
        var header = TarWriter.header(TarEntry(path: "pax", kind: .file(size: record.count), mode: 0))
        header[156] = UInt8(ascii: "x")
        header.replaceSubrange(148..<156, with: Array("        ".utf8))
        let digits = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        header.replaceSubrange(148..<156, with: Array((String(repeating: "0", count: 6 - digits.count) + digits + "\0 ").utf8))
        return header + record + [UInt8](repeating: 0, count: TarFormat.padding(record.count))
    }

    @Test("a size that no file has is not believed, the largest that one may have is")
    func sizes() throws {
        let link = TarEntry(path: "l", kind: .symbolicLink(target: "t"), mode: 0o777)
        let file = TarEntry(path: "f", kind: .file(size: 1), mode: 0o644)
        let huge = extensions("28 size=9223372036854775807\n")
        #expect(try read([(huge + TarWriter.header(link) + TarWriter.header(file))[...]]).entries == [link, file])
        let large = try read([(extensions("26 size=\(1 << 55)\n") + TarWriter.header(file))[...]])
        #expect(large.entries.map(\.kind) == [.file(size: 1 << 55)])
    }

    @Test("an extended header's path and link win over the short ones")
    func extended() throws {
        let header = extensions("24 path=folder/longname\n19 linkpath=target\n")
        let link = TarWriter.header(TarEntry(path: "short", kind: .symbolicLink(target: "t"), mode: 0o777))
        #expect(
            try read([(header + link)[...]]).entries == [
                TarEntry(path: "folder/longname", kind: .symbolicLink(target: "target"), mode: 0o777)
            ])
    }
}
