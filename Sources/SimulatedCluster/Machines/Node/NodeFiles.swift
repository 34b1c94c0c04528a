import KubernetesModel

/// A node's own disk, as pods see it that mount a path of it.
enum NodeFiles {
    static func tree(of node: String, osImage: String, on disk: Disk) -> FileTree {
        let words = osImage.split(separator: " ")
        let tree = FileTree(
            [
                "etc/hostname": node + "\n",
                "etc/os-release": "PRETTY_NAME=\"\(osImage)\"\nNAME=\"\(words.first ?? "Linux")\"\n",
                "var/lib/kubelet/config.yaml": "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n",
            ], on: disk)
        for folder in ["bin", "dev", "home", "opt", "proc", "root", "run", "sys", "tmp", "usr", "var/log/pods"] {
            tree.add(folder, .directory)
        }
        return tree
    }
}

extension FileTree {
    /// Makes what a `hostPath` volume asks for where there is nothing.
    /// - Returns: what is wrong with what is there; nil when it may be mounted.
    func prepare(hostPath path: String, type: String) -> String? {
        switch (type, self[path]) {
        case ("Directory", .directory), ("File", .file): return nil
        case ("Directory", _): return "hostPath type check failed: /\(path) is not a directory"
        case ("File", _): return "hostPath type check failed: /\(path) is not a file"
        case ("FileOrCreate", nil): add(path, .file(text: "", isExecutable: false))
        case (_, nil): add(path, .directory)
        default: break
        }
        return nil
    }
}
