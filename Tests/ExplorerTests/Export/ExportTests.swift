import Foundation
import KubernetesModel
import ResourceTables
import Testing
import TextUI

@testable import Explorer

@Suite("Saving and copying")
struct ExportTests {
    @Test("a table becomes comma-separated values, quoted where they have to be")
    func csv() {
        let row = TableRow(
            key: ObjectKey(namespace: "shop", name: "a"), uid: "1", resourceVersion: "1",
            cells: [.text("a,\"b\""), .number(3), .ratio(1, of: 2)])
        let snapshot = TableSnapshot(columns: [TableColumn("NAME"), TableColumn("RST"), TableColumn("READY")], rows: [row])
        #expect(TableText.csv(snapshot, now: TestShell.noon) == "NAME,RST,READY\n\"a,\"\"b\"\"\",3,1/2\n")
    }

    @Test("the clipboard's sequence is wrapped for tmux")
    func clipboard() throws {
        #expect(Clipboard.sequence("hi", environment: [:]) == Array("\u{1B}]52;c;aGk=\u{07}".utf8))
        #expect(
            Clipboard.sequence("hi", environment: ["TMUX": "x"])
                == Array("\u{1B}]52;c;aGk=\u{07}\u{1B}Ptmux;\u{1B}\u{1B}]52;c;aGk=\u{07}\u{1B}\\".utf8))
        #expect(Clipboard.programs(["WAYLAND_DISPLAY": "w", "DISPLAY": ":0"]).map(\.first) == ["wl-copy"])
        #expect(Clipboard.programs(["DISPLAY": ":0"]).map(\.first) == ["xclip", "xsel"])
        #expect(Clipboard.programs([:]).isEmpty)
        #expect(Clipboard.sequence(String(repeating: "x", count: 80_000), environment: [:]) == nil)
    }

    @Test("a file is its owner's alone, and its name leads nowhere else")
    func file() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-export-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = try Exports.write("x", name: "../a/b.csv", in: folder)
        #expect(path == "\(folder)/..-a-b.csv")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("what is marked is asked for by name, and what is gone is left out", .timeLimit(.minutes(1)))
    func objects() async throws {
        try await ServedShell.with { served in
            let names = ["a", "b"]
            try await served.create(
                names.map {
                    KubernetesObject(["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string($0), "namespace": "default"]])
                })
            let keys = Set((names + ["gone"]).map { ObjectKey(namespace: "default", name: $0) })
            let found = try await Exports.objects(keys, of: served.shell.session.builtIn("configmaps"), served.client)
            #expect(found.map(\.name) == names)
            let many = keys.union((0..<30).map { ObjectKey(namespace: "default", name: "x\($0)") })
            let listed = try await Exports.objects(many, of: served.shell.session.builtIn("configmaps"), served.client)
            #expect(listed.map(\.name).sorted() == names)
        }
    }

    @Test("a picture of the screen shows text and looks, and nothing of it is markup")
    func svg() {
        var frame = Frame(size: Size(width: 8, height: 1))
        frame.write("a<b", at: .zero, style: Style(foreground: .rgb(255, 0, 0), attributes: .bold))
        #expect(frame.svg.contains("fill=\"#ff0000\" font-weight=\"bold\">a&lt;b</text>"))
    }
}
