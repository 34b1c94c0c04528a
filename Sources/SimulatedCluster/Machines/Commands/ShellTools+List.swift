/// `ls`.
extension ShellTools {
    private struct Listing {
        let files: FileSystem
        let isLong: Bool
        let isRecursive: Bool
        let showsHidden: Bool
        let owner: String

        /// A line for an entry, under the name by which it is listed.
        func line(_ name: String, at path: String) -> String {
            guard isLong else { return name + "\n" }
            let (kind, size, end) =
                switch files.entry(at: path) {
                case .directory, nil: ("drwxr-xr-x", 4096, "")
                case .file(let bytes, let isExecutable): (isExecutable ? "-rwxr-xr-x" : "-rw-r--r--", bytes.count, "")
                case .link(let target): ("lrwxrwxrwx", target.utf8.count, " -> " + target)
                case .null, .zero: ("crw-rw-rw-", 0, "")
                }
            // Files here have no times; all are from the beginning of the year.
            return "\(kind) \(padded(1, 4)) \(owner) \(owner) \(padded(size, 9)) Jan  1 00:00 \(name)\(end)\n"
        }

        private func padded(_ number: Int, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: " ", count: max(0, width - text.count)) + text
        }

        /// The sections for a directory: its own, and with `-R` those of all below it.
        func sections(_ name: String, at path: String, titled: Bool) throws(FileSystem.Failure) -> [String] {
            let names = try files.names(in: path).filter { showsHidden || !$0.hasPrefix(".") }
            let total = isLong ? "total \(names.count * 4)\n" : ""
            let own = (titled || isRecursive ? "\(name):\n" : "") + total + names.map { line($0, at: "\(path)/\($0)") }.joined()
            var sections = [own]
            guard isRecursive else { return sections }
            for child in names where files.entry(at: "\(path)/\(child)") == .directory {
                let parent = name.hasSuffix("/") ? name : name + "/"
                sections += try self.sections(parent + child, at: "\(path)/\(child)", titled: true)
            }
            return sections
        }
    }

    static func list(_ call: inout Call) -> Int {
        let operands = call.operands.isEmpty ? ["."] : call.operands
        let owner = call.has("n") ? "0" : "root"
        let listing = Listing(
            files: call.context.files, isLong: call.has("l"), isRecursive: call.has("R"), showsHidden: call.has("a") || call.has("A"),
            owner: owner + String(repeating: " ", count: 8 - owner.count))
        var code = 0
        var lines = ""
        var sections: [String] = []
        for operand in operands.sorted() {
            let path = call.path(operand)
            do throws(FileSystem.Failure) {
                guard !call.has("d"), call.context.files.node(at: path) == .directory else {
                    guard call.context.files.entry(at: path) != nil else { throw .missing }
                    lines += listing.line(operand, at: path)
                    continue
                }
                sections += try listing.sections(operand, at: path, titled: operands.count > 1)
            } catch {
                call.errors += "ls: \(operand): \(error.rawValue)\n"
                code = 1
            }
        }
        call.output = ((lines.isEmpty ? [] : [lines]) + sections).joined(separator: "\n")
        return code
    }
}
