import Foundation
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Saved files")
struct SavedFilesTests {
    @Test("they are listed newest first, and one is deleted after a question")
    func list() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-files-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Exports.write("old", name: "old.csv", in: folder)
        _ = try Exports.write("newer", name: "new.yaml", in: folder)
        let past = Date(timeIntervalSince1970: 1_785_585_600 - 3600)
        try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: "\(folder)/old.csv")
        try FileManager.default.setAttributes([.modificationDate: past + 3000], ofItemAtPath: "\(folder)/new.yaml")
        let shell = try TestShell.make()
        let own = SavedFilesScreen(folder: folder, shell: shell)
        shell.push(own)
        #expect(own.files.map(\.name) == ["new.yaml", "old.csv"])
        #expect(shell.picture(width: 140).contains("new.yaml") && shell.picture(width: 140).contains("10m"))
        shell.press("Down", "Ctrl-D")
        #expect(shell.picture(width: 140, height: 20).contains("Delete the file old.csv?"))
        shell.press("Tab", "Enter")
        #expect(own.files.map(\.name) == ["new.yaml"])
    }
}
