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
