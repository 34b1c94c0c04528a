import Foundation
import Testing

@testable import Explorer

@Suite("Where a download goes")
struct FileCopyTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-copy-\(UUID().uuidString)").path

    private func make(_ body: () throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: folder + "/logs", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("old".utf8).write(to: URL(filePath: folder + "/note.txt"))
        try FileManager.default.createSymbolicLink(atPath: folder + "/dangling", withDestinationPath: folder + "/none")
        try body()
    }

    @Test("a folder that is there gets it inside, unless all of the container's root is meant")
    func destination() throws {
        try make {
            #expect(FileCopy.destination(of: "/tmp/note.txt", in: folder) == folder + "/note.txt")
            #expect(FileCopy.destination(of: "/tmp/note.txt", in: folder + "/") == folder + "/note.txt")
            #expect(FileCopy.destination(of: "/tmp/note.txt", in: folder + "/new.txt") == folder + "/new.txt")
            #expect(FileCopy.destination(of: "/", in: folder) == folder)
        }
    }

    @Test("what would be replaced is asked about: a file, a link that leads nowhere, the files of a folder")
    func question() throws {
        try make {
            #expect(FileCopy.question(before: folder + "/new.txt") == nil)
            #expect(FileCopy.question(before: folder + "/note.txt") == "\(folder)/note.txt is here already. Replace it?")
            #expect(FileCopy.question(before: folder + "/dangling") == "\(folder)/dangling is here already. Replace it?")
            #expect(
                FileCopy.question(before: folder + "/logs")
                    == "\(folder)/logs is here already. Replace the files in it that have the same names?")
        }
    }
}
