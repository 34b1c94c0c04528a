import ArgumentParser
import Foundation
import KubernetesClient

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
        case let failure as CommandFailure:
            return printed(failure.description, failure.status)
        case let error as ClientError:
            return printed("\(error)", .unreachable)
        default:
            return error
        }
    }

    private static func printed(_ sentence: String, _ status: ExitCode) -> ExitCode {
        FileHandle.standardError.write(Data("fathom: \(sentence)\n".utf8))
        return status
    }
}
