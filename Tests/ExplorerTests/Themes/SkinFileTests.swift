import Testing
import TextUI

@testable import Explorer

@Suite("SkinFile")
struct SkinFileTests {
    /// As K9s's own skins are written: anchors, names, `default` and `-`.
    private static let skin = """
        foreground: &foreground "#f8f8f2"
        k9s:
          body:
            fgColor: *foreground
            bgColor: default
          frame:
            status:
              errorColor: orangered
              pendingColor: red
          views:
            table:
              cursorBgColor: "-"
        fathom:
          roles:
            statusError: { style: bold underline }
        """

    @Test("colours of every spelling are read and a role's own style is added")
    func spelling() throws {
        let skin = try SkinFile(name: "mine", text: Self.skin)
        #expect(skin.problems == [])
        #expect(skin.theme[.text] == Style(foreground: .rgb(0xF8, 0xF8, 0xF2)))
        #expect(skin.theme[.statusError] == Style(foreground: .rgb(0xFF, 0x45, 0), attributes: [.bold, .underline]))
        #expect(skin.theme[.statusPending].foreground == .indexed(9))
    }

    @Test("what is no colour, style or role is told, and the rest of the file counts")
    func problems() throws {
        let text =
            "k9s:\n  body:\n    fgColor: octarine\n    bgColor: black\nfathom:\n  roles:\n    text: { style: blinking }\n    smell: { fgColor: red }\n"
        let skin = try SkinFile(name: "mine", text: text)
        #expect(skin.problems.contains { $0.contains("line 3: octarine") })
        #expect(skin.problems.contains { $0.contains("blinking") })
        #expect(skin.problems.contains("smell is no role"))
        #expect(skin.theme[.text].background == .indexed(0))
    }

    @Test("a name that skins don't have is told with its place, and hides nothing")
    func unknownNames() throws {
        let text = "k9s:\n  body:\n    fgColor: red\n    fontColor: red\n  view: {}\n  views:\n    charts:\n      anything: red\n"
        let skin = try SkinFile(name: "mine", text: text)
        #expect(skin.problems == ["line 4: skins have no body.fontColor", "line 5: skins have no view"])
        #expect(skin.theme[.text].foreground == .indexed(9))
    }

    @Test("a file that is no theme is refused with its name", arguments: ["", "- a\n- b", "k9s: [", "just text"])
    func nonsense(text: String) {
        #expect(throws: ThemeError.self) { try SkinFile(name: "mine", text: text) }
    }
}
