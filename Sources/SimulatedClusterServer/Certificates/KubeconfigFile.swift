import Foundation
import KubernetesModel

/// A file with a simulated cluster's credentials, which only its owner can read.
package struct KubeconfigFile: Sendable {
    /// The first line of every kubeconfig that Fathom writes, by which it knows its own files.
    package static let signature = "# Written by Fathom for its simulated cluster; replaced when the cluster starts again."

    /// Begins the line with the authority's private key. Who can read the file is an administrator of the cluster anyway.
    static let authorityKeyMark = "# Authority key: "

    /// Why a kubeconfig was not written.
    package struct WriteError: Error, CustomStringConvertible {
        package let description: String
    }

    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// The private key of the authority that an earlier run wrote, as PEM; nil when there is none. With it, clients of that run
    /// find their way back to the next one.
    package var authorityKeyPEM: String? {
        guard let text = FileManager.default.contents(atPath: path).map({ String(decoding: $0, as: UTF8.self) }) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(Self.authorityKeyMark) }
        return line.flatMap { Base64.decode(String($0.dropFirst(Self.authorityKeyMark.count))) }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether writing would replace nothing but a file of ours.
    /// - Throws: `WriteError` when `path` names a file that Fathom did not write, or no file at all.
    package func checkIsOurs() throws {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return }
        guard !isDirectory.boolValue else { throw WriteError(description: "can't write the kubeconfig \(path): it is a directory") }
        guard let text = FileManager.default.contents(atPath: path) else {
            throw WriteError(description: "can't write the kubeconfig \(path): it exists and can't be read")
        }
        guard text.isEmpty || text.starts(with: Self.signature.utf8) else {
            throw WriteError(
                description: "won't replace \(path): Fathom did not write it. Name another file with --kubeconfig, or remove this one"
            )
        }
    }

    /// Replaces the file in one step, with mode 0600.
    /// - Throws: `WriteError`.
    package func write(_ text: String) throws {
        try checkIsOurs()
        let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("create") }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: Data(text.utf8))
            try file.close()
        } catch {
            unlink(temporary)
            throw WriteError(description: "can't write the kubeconfig \(path): \(error)")
        }
        guard rename(temporary, path) == 0 else {
            let error = failure("replace")
            unlink(temporary)
            throw error
        }
    }

    private func failure(_ verb: String) -> WriteError {
        WriteError(description: "can't \(verb) the kubeconfig \(path): \(String(cString: strerror(errno)))")
    }
}
