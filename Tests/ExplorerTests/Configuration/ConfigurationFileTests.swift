import Testing
import TextUI

@testable import Explorer

@Suite("ConfigurationFile")
struct ConfigurationFileTests {
    @Test("settings and keys are read, sequences too")
    func reading() {
        var file = ConfigurationFile()
        file.read(configuration: "theme: light\nmouse: true\n")
        file.read(keys: "logs.follow: [F5, g g]\nquit: Ctrl-Q\n")
        #expect(file.theme == "light" && file.usesMouse)
        #expect(file.keys.keys == ["logs.follow": [["F5"], ["g", "g"]], "quit": [["Ctrl-Q"]]])
        #expect(file.problems == [])
    }

    @Test("a mistake names file and line, and the rest counts")
    func mistakes() {
        var file = ConfigurationFile()
        file.read(configuration: "colour: blue\ntheme: light\nmouse: maybe\n")
        file.read(keys: "quit: Hyper-Q\nback: b\n")
        #expect(file.theme == "light")
        #expect(file.keys.keys == ["back": [["b"]]])
        #expect(file.problems.count == 3)
        #expect(file.problems.contains { $0.hasPrefix("config.yaml line 1:") })
        #expect(file.problems.contains { $0.hasPrefix("keys.yaml line 1: Hyper-Q") })
    }

    @Test("text that is no YAML or no mapping is told", arguments: ["[", "- a", "just words"])
    func nonsense(text: String) {
        var file = ConfigurationFile()
        file.read(configuration: text)
        #expect(file.problems.count == 1)
    }
}
