import Foundation
import KubernetesModel
import Testing

@Suite("The commands of labs", .timeLimit(.minutes(2)))
struct LabCommandTests {
    private static let lab = "dns-scaled-to-zero"

    private func json(_ arguments: [String], state: URL) throws -> JSONValue {
        let result = try Program.run(Program.fathom, ["lab"] + arguments + ["-o", "json"], environment: ["XDG_STATE_HOME": state.path])
        #expect(result.status == 0, "\(result.errors)")
        return try JSONParser.parse(result.output)
    }

    @Test("hints, resetting and the solution have a form for programs")
    func json() throws {
        let state = FileManager.default.temporaryDirectory.appending(path: "fathom-labs-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: state) }
        let running = try RunningProgram(
            URL(filePath: "/usr/bin/env"),
            ["XDG_STATE_HOME=\(state.path)", Program.fathom.path, "lab", "start", Self.lab, "--headless"], terminal: false)
        try running.wait(for: "Stop with Ctrl-C")
        let hint = try json(["hint"], state: state)
        #expect(hint["lab"]?.stringValue == Self.lab)
        #expect(hint["number"]?.intValue == 1)
        #expect(hint["hint"]?.stringValue?.isEmpty == false)
        #expect(try json(["hint"], state: state)["number"]?.intValue == 2)
        #expect(try json(["reset"], state: state)["reset"]?.boolValue == true)
        #expect(try json(["hint"], state: state)["number"]?.intValue == 1)
        let solution = try json(["solution"], state: state)
        #expect(solution["lab"]?.stringValue == Self.lab)
        #expect(solution["solution"]?.stringValue?.isEmpty == false)
    }
}
