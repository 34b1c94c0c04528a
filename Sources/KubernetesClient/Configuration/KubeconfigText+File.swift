import Foundation

extension KubeconfigText {
    /// - Throws: `KubeconfigError` where the file can't be read.
    package init(file: String) throws(KubeconfigError) {
        let text: String
        do {
            text = try String(contentsOfFile: file, encoding: .utf8)
        } catch {
            throw KubeconfigError(file: file, "can't be read: \(FileAccess.reason(error, path: file))")
        }
        try self.init(text, file: file)
    }

    /// Replaces a kubeconfig's text in one step: its mode stays, a link to it stays a link, and kubectl's lock is honoured.
    /// - Throws: `KubeconfigError` where it can't be written, or is no longer what was read.
    package func write(_ new: String, to file: String) throws(KubeconfigError) {
        let path = URL(filePath: file).resolvingSymlinksInPath().path
        let lock = "\(path).lock"
        let descriptor = open(lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason =
                errno == EEXIST
                ? "\(lock) exists: another program is changing it; if none is, remove that file" : String(cString: strerror(errno))
            throw KubeconfigError(file: file, "can't be written: \(reason)")
        }
        defer {
            close(descriptor)
            unlink(lock)
        }
        guard try KubeconfigText(file: path).text == text else {
            throw KubeconfigError(file: file, "was changed meanwhile; nothing was written")
        }
        do {
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] ?? 0o600
            let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).tmp"
            // It holds credentials: nobody else may read it at any moment that the old file does not let them.
            let created = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard created >= 0 else { throw CocoaError(.fileWriteUnknown) }
            defer { unlink(temporary) }
            let handle = FileHandle(fileDescriptor: created, closeOnDealloc: true)
            try handle.write(contentsOf: Data(new.utf8))
            try handle.close()
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: temporary)
            guard rename(temporary, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            throw KubeconfigError(file: file, "can't be written: \(String(cString: strerror(errno)))")
        }
    }
}
