import ArgumentParser
import Foundation
import KubernetesClient

struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show where Fathom keeps and looks for its files.")

    func run() {
        let environment = ProcessInfo.processInfo.environment
        let folders = UserFolders(environment: environment)
        print("version      \(Fathom.configuration.version)")
        print("config       \(folders.configuration.map { "\($0)/fathom" } ?? "none: HOME is not set")")
        print("state        \(folders.state.map { "\($0)/fathom" } ?? "none: HOME is not set")")
        print("kubeconfig   \(environment["KUBECONFIG"] ?? folders.home.map { "\($0)/.kube/config" } ?? "none")")
        print("terminal     \(environment["TERM"] ?? "none")")
    }
}
