import Testing

@testable import SimulatedCluster

@Suite("Tar archives")
struct TarArchiveTests {
    @Test("entries come back as they were, long names included")
    func roundTrip() throws {
        let long = String(repeating: "directory/", count: 15) + "file"
        let entries = [
            TarArchive.Entry(path: "empty", content: .file([])),
            TarArchive.Entry(path: long, content: .file([UInt8](repeating: 7, count: 1025))),
        ]
        let bytes = TarArchive.bytes(of: entries, at: 1_000_000)
        #expect(bytes.count.isMultiple(of: 512))
        #expect(try TarArchive.entries(of: bytes) == entries)
    }

    @Test("a damaged archive is refused or read in part, never more", arguments: 0..<64)
    func damage(seed: Int) {
        var bytes = TarArchive.bytes(of: [TarArchive.Entry(path: "f", content: .file(Array("content".utf8)))], at: 0)
        bytes[(seed * 37) % 512] ^= UInt8(seed + 1)
        let whole = try? TarArchive.entries(of: bytes)
        #expect((whole?.count ?? 0) <= 1)
        #expect(throws: TarArchive.Damage.self) { try TarArchive.entries(of: Array(bytes.prefix(100 + seed))) }
    }
}
