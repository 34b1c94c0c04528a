import Foundation
import KubernetesModel
import Testing

@testable import Labs

@Suite("Labs as data")
struct LabTests {
    static let minimal = """
        title: T
        scenario: empty
        brief: B
        solution: S
        checks:
        - says: it runs
          ready: {kind: Deployment, namespace: shop, name: cart}
        """

    @Test("every lab that comes along can be read", arguments: LabCatalog(userFolder: nil).names)
    func shipped(_ name: String) throws {
        let lab = try LabCatalog(userFolder: nil).lab(named: name)
        #expect(!lab.hints.isEmpty)
        #expect(!lab.goals.isEmpty)
        #expect(!lab.forbidden.isEmpty)
    }

    @Test("the three of the first set are there")
    func names() {
        #expect(LabCatalog(userFolder: nil).names == ["claim-without-class", "dns-blocked-by-policy", "dns-scaled-to-zero"])
    }

    @Test(
        "a lab that cannot be read says which field is wrong",
        arguments: [
            ("title: T", "Can't read lab x: checks is empty: nothing would tell when it is solved"),
            ("- a", "Can't read lab x: it is no mapping of fields"),
            (minimal + "\nfoo: 1", "Can't read lab x: there is no field foo;"),
            (minimal.replacing("scenario: empty", with: "level: x"), "Can't read lab x: scenario is missing"),
            (minimal.replacing("ready:", with: "redy:"), "Can't read lab x: checks[0]: there is no check redy;"),
            (minimal.replacing("Deployment", with: "Deploymint"), "Can't read lab x: checks[0]: there is no kind Deploymint"),
            (minimal.replacing(", namespace: shop", with: ""), "Can't read lab x: checks[0]: namespace is missing"),
            (minimal + "\nfaults: [{parameters: {}}]", "Can't read lab x: faults[0] has no name"),
            (minimal + "\nhints: {a: b}", "Can't read lab x: hints is no list of texts"),
            (minimal + "\nmanifests: {kind: Pod}", "Can't read lab x: manifests is no list"),
            (minimal + "\nminutes: ten", "Can't read lab x: minutes is no number of minutes"),
            (minimal + "\nmanifests: [{kind: Pod}]", "Can't read lab x: manifests[0] is no object with apiVersion and kind"),
        ])
    func errors(_ text: String, message: String) {
        let error = #expect(throws: LabError.self) { try LabReader.read(text, name: "x") }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }

    @Test("a person's own lab goes first")
    func userFolder() throws {
        let folder = try TemporaryFolder()
        try Self.minimal.write(toFile: "\(folder.path)/dns-scaled-to-zero.yaml", atomically: true, encoding: .utf8)
        try Self.minimal.write(toFile: "\(folder.path)/mine.yml", atomically: true, encoding: .utf8)
        let catalog = LabCatalog(userFolder: folder.path)
        #expect(try catalog.lab(named: "dns-scaled-to-zero").title == "T")
        #expect(catalog.names.contains("mine"))
        #expect(throws: LabError.self) { try catalog.lab(named: "nope") }
    }
}

@Suite("Labs that run")
struct LabStateTests {
    let lab: Lab

    init() throws {
        lab = try LabReader.read(LabTests.minimal + "\nhints: [one, two]", name: "x")
    }

    @Test("help is given bit by bit, and remembered")
    func hints() throws {
        let folder = try TemporaryFolder()
        let state = LabState(root: folder.path)
        var run = try state.begin(lab, processID: ProcessInfo.processInfo.processIdentifier)
        #expect(try run.nextHint(of: lab)?.text == "one")
        var again = try state.run(named: nil)
        #expect(again.help == LabHelp(hintsTaken: 1))
        #expect(try again.nextHint(of: lab)?.text == "two")
        #expect(try again.nextHint(of: lab)?.number == 2)
        try again.readSolution()
        #expect(try state.run(named: nil).help == LabHelp(hintsTaken: 2, hasReadSolution: true))
        try again.reset()
        #expect(try state.run(named: "x").help == LabHelp())
    }

    @Test("a command without a name means the only lab that runs")
    func naming() throws {
        let folder = try TemporaryFolder()
        let state = LabState(root: folder.path)
        #expect(throws: LabError("No lab runs; `fathom lab list` shows what there is.")) { try state.run(named: nil) }
        let run = try state.begin(lab, processID: ProcessInfo.processInfo.processIdentifier)
        #expect(throws: LabError.self) { try state.begin(lab, processID: 1) }
        let other = try LabReader.read(LabTests.minimal, name: "y")
        _ = try state.begin(other, processID: ProcessInfo.processInfo.processIdentifier)
        #expect(throws: LabError("Several labs run: x, y. Name one of them.")) { try state.run(named: nil) }
        run.end()
        #expect(try state.run(named: nil).lab == "y")
    }

    @Test("a lab that starts has no cluster yet, which is told")
    func starting() throws {
        let folder = try TemporaryFolder()
        let run = try LabState(root: folder.path).begin(lab, processID: ProcessInfo.processInfo.processIdentifier)
        #expect(throws: LabError("Lab x is still starting; try again in a moment.")) { try run.requireCluster() }
        try Data().write(to: URL(filePath: run.kubeconfigPath))
        #expect(throws: Never.self) { try run.requireCluster() }
    }

    @Test("a lab whose process is gone does not run")
    func stale() throws {
        let folder = try TemporaryFolder()
        let state = LabState(root: folder.path)
        _ = try state.begin(lab, processID: Int32.max)
        #expect(state.running.isEmpty)
        #expect(throws: Never.self) { try state.begin(lab, processID: Int32.max) }
    }

    @Test("help costs points, and only what is solved has any")
    func score() {
        var report = LabReport(
            lab: "x", checks: [LabReport.Result(says: "a", outcome: .holds)], violations: [], help: LabHelp(), hintsTotal: 3
        )
        #expect(report.score == 100)
        report.help.hintsTaken = 3
        #expect(report.score == 40)
        report.help.hasReadSolution = true
        #expect(report.text == "  ✓ a\nx is solved with its solution read: 20 of 100.\n")
        report.violations = ["b"]
        #expect(report.score == 0)
        #expect(report.text == "  ✓ a\n  ! not allowed: b\nx is not solved yet: something was done that is not allowed.\n")
    }

    @Test("what a cluster answered cannot command the terminal")
    func visible() {
        let result = LabReport.Result(says: "a", outcome: .fails("it is \u{9B}2J\u{1B}[1A"))
        let report = LabReport(lab: "x", checks: [result], violations: [], help: LabHelp(), hintsTotal: 0)
        #expect(report.text == "  ✗ a: it is \\u{9b}2J\\u{1b}[1A\nx is not solved yet: 1 of 1 checks are open.\n")
    }

    @Test("a workload says what it lacks")
    func readiness() throws {
        func lacking(_ spec: JSONObject, _ status: JSONObject) -> String? {
            let object: JSONObject = ["apiVersion": "apps/v1", "kind": "Deployment", "spec": .object(spec), "status": .object(status)]
            return LabChecker.lacking(KubernetesObject(object))
        }
        #expect(lacking(["replicas": 2], ["replicas": 2, "updatedReplicas": 2, "availableReplicas": 2]) == nil)
        #expect(lacking(["replicas": 2], ["replicas": 2, "updatedReplicas": 2, "availableReplicas": 1]) == "1 of 2 available")
        #expect(lacking(["replicas": 2], [:]) == "0 of 2 replicas updated")
        #expect(lacking(["replicas": 0], [:]) == "scaled to zero")
    }
}

/// A folder that goes away with its owner.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "fathom-labs-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
