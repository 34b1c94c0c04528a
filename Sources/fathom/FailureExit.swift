import ArgumentParser
import CursesTerminal
import Explorer
import Foundation
import KubernetesClient
import Labs
import SimulatedCluster
import SimulatedClusterServer

/// A command's end for a reason that a person can act on.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String
    let status: ExitCode

    init(_ description: String, status: ExitCode = .failure) {
        self.description = description
        self.status = status
    }
}

extension ExitCode {
    static let wrongUsage = ExitCode(64)
    static let unreachable = ExitCode(69)
}

/// Turns what a command throws into its documented exit status, the sentence printed.
enum FailureExit {
    static func of(_ error: any Error) -> any Error {
        switch error {
        case let failure as CommandFailure: printed(failure, failure.status)
        case let error as ClientError: printed(error, .unreachable)
        case let error as SimulatedClusterServer.StartError: printed(error, .unreachable)
        case let error as KubeconfigError: printed(error, .wrongUsage)
        case let error as KubeconfigFile.WriteError: printed(error, .wrongUsage)
        case let error as LabError: printed(error, .wrongUsage)
        case let error as ScenarioError: printed(error, .wrongUsage)
        case let error as TerminalError: printed(error, .wrongUsage)
        case let error as ExportError: printed(error, .wrongUsage)
        case let error as ThemeError: printed(error, .wrongUsage)
        default: error
        }
    }

    private static func printed(_ sentence: some CustomStringConvertible, _ status: ExitCode) -> ExitCode {
        FileHandle.standardError.write(Data("fathom: \(sentence)\n".utf8))
        return status
    }
}
