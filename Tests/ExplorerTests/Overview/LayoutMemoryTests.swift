import Foundation
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("The overview's layout")
struct LayoutMemoryTests {
    @Test("it is remembered for each context, and one that can't be read is as at first")
    func memory() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-layout-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let environment = ["XDG_STATE_HOME": folder.path]
        var layout = OverviewLayout()
        layout.resize(horizontally: 8, vertically: -12)
        LayoutMemory(environment, context: "a/b").keep(layout)
        #expect(LayoutMemory(environment, context: "a/b").layout == layout)
        #expect(LayoutMemory(environment, context: "other").layout == OverviewLayout())
        #expect(LayoutMemory([:], context: "a/b").layout == OverviewLayout())
        #expect(OverviewLayout(["leftWidth": 900, "upperHeight": "x"]).places(in: .init(x: 0, y: 0, width: 100, height: 40)).values.allSatisfy { !$0.isEmpty })
    }
}
