import ArgumentParser
import Foundation

struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show where Fathom keeps and looks for its files.")

    func run() {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? ""
        print("version      \(Fathom.configuration.version)")
        print("config       \(environment["XDG_CONFIG_HOME"] ?? "\(home)/.config")/fathom")
        print("state        \(environment["XDG_STATE_HOME"] ?? "\(home)/.local/state")/fathom")
        print("kubeconfig   \(environment["KUBECONFIG"] ?? "\(home)/.kube/config")")
        print("terminal     \(environment["TERM"] ?? "none")")
    }
}
