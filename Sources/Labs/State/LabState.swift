import Foundation
import KubernetesClient
import KubernetesModel

/// What is remembered of labs that run: a folder for each, with the kubeconfig of its cluster and the help taken.
///
/// `lab start` makes the folder and removes it in the end; the other commands find the lab there from another terminal.
package struct LabState: Sendable {
    private let root: String

    /// - Parameter root: `$XDG_STATE_HOME/fathom/labs`.
    package init(root: String) {
        self.root = root
    }

    /// - Throws: when nothing tells where a person's state is kept.
    package init(environment: [String: String]) throws(LabError) {
        guard let state = UserFolders(environment: environment).state else {
            throw LabError("Labs are remembered in your home directory, and neither HOME nor XDG_STATE_HOME is set.")
        }
        self.init(root: "\(state)/fathom/labs")
    }

    /// Makes the folder of a lab that starts.
    /// - Throws: when it runs already, or the folder cannot be made.
    package func begin(_ lab: Lab, processID: Int32) throws(LabError) -> LabRun {
        if let run = run(of: lab.name) {
            throw LabError("Lab \(lab.name) runs already, in process \(run.processID).")
        }
        let run = LabRun(lab: lab.name, folder: "\(root)/\(lab.name)", processID: processID, help: LabHelp())
        // One that was killed has left its kubeconfig behind, which would pass for this one's before there is a cluster.
        run.end()
        do {
            try FileManager.default.createDirectory(
                atPath: run.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw LabError("Can't make the folder \(run.folder): \(error.localizedDescription)")
        }
        try run.save()
        return run
    }

    /// The labs whose process is alive, by name.
    package var running: [LabRun] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.sorted().compactMap(run(of:))
    }

    /// The lab that a command without a name means: the only one that runs.
    package func run(named name: String?) throws(LabError) -> LabRun {
        let running = running
        if let name {
            guard let run = running.first(where: { $0.lab == name }) else {
                throw LabError("Lab \(name) does not run; start it with `fathom lab start \(name)`.")
            }
            return run
        }
        switch running.count {
        case 0: throw LabError("No lab runs; `fathom lab list` shows what there is.")
        case 1: return running[0]
        default: throw LabError("Several labs run: \(running.map(\.lab).joined(separator: ", ")). Name one of them.")
        }
    }

    private func run(of name: String) -> LabRun? {
        guard let run = LabRun(readFrom: "\(root)/\(name)"), run.isAlive else { return nil }
        return run
    }
}

/// One lab that runs.
package struct LabRun: Sendable, Hashable {
    package let lab: String
    package let folder: String
    package let processID: Int32
    package private(set) var help: LabHelp

    package var kubeconfigPath: String { "\(folder)/kubeconfig" }

    init(lab: String, folder: String, processID: Int32, help: LabHelp) {
        self.lab = lab
        self.folder = folder
        self.processID = processID
        self.help = help
    }

    init?(readFrom folder: String) {
        guard let data = FileManager.default.contents(atPath: "\(folder)/state.json"),
            let json = try? JSONParser.parse([UInt8](data)), let lab = json["lab"]?.stringValue,
            let processID = json["process"]?.intValue.flatMap({ Int32(exactly: $0) })
        else { return nil }
        let help = LabHelp(
            hintsTaken: json["hintsTaken"]?.intValue ?? 0, hasReadSolution: json["hasReadSolution"]?.boolValue ?? false
        )
        self.init(lab: lab, folder: folder, processID: processID, help: help)
    }

    /// - Throws: while the lab's cluster has yet to come to where the lab begins.
    package func requireCluster() throws(LabError) {
        guard FileManager.default.fileExists(atPath: kubeconfigPath) else {
            throw LabError("Lab \(lab) is still starting; try again in a moment.")
        }
    }

    /// The next hint, which counts; the last one again once all were taken. Nil when the lab has none.
    package mutating func nextHint(of lab: Lab) throws(LabError) -> (text: String, number: Int)? {
        guard !lab.hints.isEmpty else { return nil }
        help.hintsTaken = min(help.hintsTaken + 1, lab.hints.count)
        try save()
        return (lab.hints[help.hintsTaken - 1], help.hintsTaken)
    }

    /// Remembers that the solution was read, which counts as well.
    package mutating func readSolution() throws(LabError) {
        help.hasReadSolution = true
        try save()
    }

    /// Starts over, all help forgotten.
    package mutating func reset() throws(LabError) {
        help = LabHelp()
        try save()
    }

    /// Forgets the lab, its kubeconfig included.
    package func end() {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func save() throws(LabError) {
        let json: JSONValue = [
            "lab": .string(lab), "process": JSONValue(Int(processID)), "hintsTaken": JSONValue(help.hintsTaken),
            "hasReadSolution": .bool(help.hasReadSolution),
        ]
        do {
            try Data(JSONWriter.indented(json)).write(to: URL(fileURLWithPath: "\(folder)/state.json"), options: .atomic)
        } catch {
            throw LabError("Can't write \(folder)/state.json: \(error.localizedDescription)")
        }
    }

    var isAlive: Bool {
        kill(processID, 0) == 0 || errno == EPERM
    }
}
