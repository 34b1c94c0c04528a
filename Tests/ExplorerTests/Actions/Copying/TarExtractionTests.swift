import Foundation
import Testing

@testable import Explorer

@Suite("Files out of an archive")
struct TarExtractionTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-tar-\(UUID().uuidString)").path

    /// Extracts `entries`, each with its content, as members of `name`.
    private func extract(_ entries: [(TarEntry, String)], of name: String = "data") throws -> TarExtraction {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var extraction = TarExtraction(of: name, to: folder + "/out")
        for (entry, content) in entries {
            try extraction.take(.entry(entry))
            if !content.isEmpty { try extraction.take(.content(Array(content.utf8))) }
        }
        try extraction.take(.end)
        return extraction
    }

    private func file(_ path: String, _ content: String = "x") -> (TarEntry, String) {
        (TarEntry(path: path, kind: .file(size: content.utf8.count), mode: 0o640), content)
    }

    private func link(_ path: String, _ target: String) -> (TarEntry, String) {
        (TarEntry(path: path, kind: .symbolicLink(target: target), mode: 0o777), "")
    }

    private func text(_ path: String) -> String? { try? String(contentsOfFile: folder + "/" + path, encoding: .utf8) }
    private func remove() { try? FileManager.default.removeItem(atPath: folder) }

    @Test("folders, files and links stand below the name that was asked for")
    func plain() throws {
        defer { remove() }
        let done = try extract([
            (TarEntry(path: "data/", kind: .folder, mode: 0o755), ""), file("data/a", "one"), file("data/deep/er/b", "two"),
            link("data/deep/l", "../a"),
        ])
        #expect(text("out/a") == "one")
        #expect(text("out/deep/er/b") == "two")
        #expect(text("out/deep/l") == "one")
        #expect(done.files == 3 && done.leftOut == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/out/a")[.posixPermissions] as? Int
        #expect(mode == 0o640)
    }

    @Test(
        "a member that leads out is an error, and nothing is written there",
        arguments: ["data/../../evil", "/evil", "../evil", "other/evil", "evil"])
    func escaping(path: String) throws {
        defer { remove() }
        #expect(throws: TarExtraction.Failure.self) { try extract([file(path)]) }
        #expect(!FileManager.default.fileExists(atPath: folder + "/evil"))
        #expect(!FileManager.default.fileExists(atPath: folder + "/../evil"))
    }

    @Test("links that lead out are left out, and counted", arguments: ["/etc/passwd", "../../x", "..", "a/../../x", "sub/../../../x"])
    func escapingLinks(target: String) throws {
        defer { remove() }
        let done = try extract([file("data/a"), link("data/l", target)])
        #expect(done.leftOut == 1)
        #expect(!FileManager.default.fileExists(atPath: folder + "/out/l"))
    }

    @Test("nothing is written through a link, even one that stays inside")
    func throughLink() throws {
        defer { remove() }
        #expect(throws: TarExtraction.Failure.self) {
            try extract([(TarEntry(path: "data/real", kind: .folder, mode: 0o755), ""), link("data/l", "real"), file("data/l/b")])
        }
        #expect(!FileManager.default.fileExists(atPath: folder + "/out/real/b"))
    }

    @Test("what was asked for does not become a link, through which the rest would be written elsewhere")
    func topLink() throws {
        defer { remove() }
        try FileManager.default.createDirectory(atPath: folder + "/secret", withIntermediateDirectories: true)
        let done = try extract([link("data", "secret"), file("data/b")])
        #expect(done.leftOut == 1)
        #expect(!FileManager.default.fileExists(atPath: folder + "/secret/b"))
        #expect(text("out/b") == "x")
    }

    @Test("a file takes the place of a link, not of what the link leads to")
    func replacing() throws {
        defer { remove() }
        _ = try extract([file("data/a", "old"), link("data/l", "a"), file("data/l", "new")])
        #expect(text("out/a") == "old")
        #expect(text("out/l") == "new")
    }

    @Test("hard links are other names of what came before, and of nothing else")
    func hardLinks() throws {
        defer { remove() }
        _ = try extract([file("data/a", "one"), (TarEntry(path: "data/b", kind: .hardLink(target: "data/a"), mode: 0o644), "")])
        #expect(text("out/b") == "one")
        #expect(throws: TarExtraction.Failure.self) {
            try extract([(TarEntry(path: "data/c", kind: .hardLink(target: "/etc/hostname"), mode: 0o644), "")])
        }
    }

    @Test("another name of a link, which would lead elsewhere from there, is left out")
    func hardLinkToLink() throws {
        defer { remove() }
        let done = try extract([
            file("data/deep/a", "one"), link("data/deep/l", "../x"),
            (TarEntry(path: "data/up", kind: .hardLink(target: "data/deep/l"), mode: 0o777), ""),
            (TarEntry(path: "data/deep/a", kind: .hardLink(target: "data/deep/a"), mode: 0o644), ""),
        ])
        #expect(done.leftOut == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/out") == ["deep"])
        #expect(text("out/deep/a") == "one")
    }

    @Test("a file that is here stays as it is until the new one is whole")
    func brokenReplacement() throws {
        defer { remove() }
        _ = try extract([file("data/a", "old")])
        var extraction = TarExtraction(of: "data", to: folder + "/out")
        try extraction.take(.entry(TarEntry(path: "data/a", kind: .file(size: 9), mode: 0o600)))
        try extraction.take(.content([1]))
        #expect(text("out/a") == "old")
        extraction.abandon()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/out") == ["a"])
        #expect(text("out/a") == "old")
        _ = try extract([file("data/a", "new")])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/out") == ["a"])
        #expect(text("out/a") == "new")
    }

    @Test("what is half there goes when it is given up")
    func abandoned() throws {
        defer { remove() }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var extraction = TarExtraction(of: "data", to: folder + "/out")
        try extraction.take(.entry(TarEntry(path: "data", kind: .file(size: 9), mode: 0o600)))
        try extraction.take(.content([1]))
        extraction.abandon()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    @Test("a folder here is read as the members of an archive, its links as links")
    func tree() throws {
        defer { remove() }
        _ = try extract([file("data/a", "one"), link("data/l", "a")])
        let tree = try LocalTree(folder + "/out", as: "copy")
        #expect(tree.members.map(\.entry.path) == ["copy/", "copy/a", "copy/l"])
        #expect(tree.members.map(\.entry.kind) == [.folder, .file(size: 3), .symbolicLink(target: "a")])
        #expect(tree.size == 3)
        #expect(throws: LocalTree.Failure.self) { try LocalTree(folder + "/none", as: "x") }
    }

    @Test(
        "a path is where something is and what it is called there",
        arguments: [
            ("/var/log/", "/var", "log"), ("/etc", "/", "etc"), ("/", "/", "."), ("notes", ".", "notes"), ("a/b", "a", "b"),
            ("/a/..", "/a/..", "."),
        ])
    func paths(text: String, folder: String, name: String) {
        #expect(RemotePath(text).folder == folder)
        #expect(RemotePath(text).name == name)
    }

    @Test("bytes are told in the unit that fits", arguments: [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (10 << 20, "10.0 MiB")])
    func bytes(count: Int, text: String) {
        #expect(ByteCount.text(count) == text)
    }
}
