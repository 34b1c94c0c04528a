import ArgumentParser
import Foundation
import KubernetesClient
import KubernetesModel

struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show where Fathom keeps and looks for its files.")

    @OptionGroup var output: OutputOption

    func run() {
        let places = Self.places(ProcessInfo.processInfo.environment)
        output.print(.object(JSONObject(places.map { ($0.name, $0.place.map(JSONValue.string) ?? .null) }))) {
            for (name, place) in places {
                print(name.padding(toLength: 13, withPad: " ", startingAt: 0) + (place ?? "none: HOME is not set"))
            }
        }
    }

    private static func places(_ environment: [String: String]) -> [(name: String, place: String?)] {
        let folders = UserFolders(environment: environment)
        let config = folders.configuration.map { "\($0)/fathom" }
        let state = folders.state.map { "\($0)/fathom" }
        let files = ["config", "keys", "aliases", "hotkeys", "plugins", "views", "jumps"].map { name in
            (name: name == "config" ? "settings" : name, place: config.map { "\($0)/\(name).yaml" })
        }
        return [("version", Fathom.configuration.version), ("config", config)] + files + [
            ("themes", config.map { "\($0)/themes" }), ("contexts", config.map { "\($0)/contexts" }), ("state", state),
            ("exports", state.map { "\($0)/exports" }), ("labs", state.map { "\($0)/labs" }),
            ("kubeconfig", environment["KUBECONFIG"] ?? folders.home.map { "\($0)/.kube/config" }), ("terminal", environment["TERM"] ?? ""),
        ]
    }
}
