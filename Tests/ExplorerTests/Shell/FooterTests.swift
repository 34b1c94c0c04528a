import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("The footer")
struct FooterTests {
    private final class FullScreen: Screen {
        let title = "full"
        let bindings = (1...6).map { number in
            Binding(
                ActionID("key\(number)"), KeyPress(.character(Unicode.Scalar(UInt8(0x30 + number)))), title: "action \(number)",
                footer: true)
        }

        func disabledReason(for action: ActionID) -> String? { action == "key2" ? "not now" : nil }
        func draw(in area: Rect, on frame: inout Frame) {}
    }

    /// Counts how often it is asked what is selected, which may be much.
    private final class CountingScreen: Screen {
        let title = "counting"
        private(set) var asked = 0
        private let pod = ResourceCatalog.builtIn.resource(named: "pods").map { ObjectTarget(resource: $0, namespace: "shop", name: "a") }

        var targets: [ObjectTarget] {
            asked += 1
            return [pod].compactMap(\.self)
        }

        func draw(in area: Rect, on frame: inout Frame) {}
    }

    @Test("what is selected is asked for a few times in a frame, and not for each key")
    func selection() throws {
        let screen = CountingScreen()
        let picture = try TestShell.make(screen: screen).picture(width: 140, height: 12)
        #expect(picture.contains("d describe") && screen.asked <= 3, "asked \(screen.asked) times")
    }

    private func footer(width: Int) throws -> String {
        let picture = try TestShell.make(screen: FullScreen()).picture(width: width, height: 12)
        return String(picture.split(separator: "\n").last ?? "")
    }

    @Test("what can't be used now takes no room from what can")
    func room() throws {
        #expect(try footer(width: 140).contains("1 action 1  2 action 2  3 action 3"))
        let narrow = try footer(width: 80)
        #expect(narrow.contains("1 action 1  3 action 3"))
        #expect(!narrow.contains("action 2"))
    }
}
