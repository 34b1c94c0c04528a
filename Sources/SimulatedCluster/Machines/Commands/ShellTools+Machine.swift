import KubernetesSemantics

/// Tools that look at the machine: its disks, memory, network and sockets.
extension ShellTools {
    static let machineTools: [String: Tool] = [
        "df": { call in disks(&call) },
        "free": { call in memory(&call) },
        "ip": { call in network(&call) },
        "mount": { call in
            call.output = "overlay on / type overlay (rw,relatime)\n"
            for mount in call.context.files.mounts.sorted(by: { $0.path < $1.path }) {
                call.output += "/dev/sda1 on \(mount.path) type ext4 (\(mount.isReadOnly ? "ro" : "rw"),relatime)\n"
            }
            return 0
        },
        "netstat": { call in sockets(&call, isNetstat: true) },
        "ss": { call in sockets(&call, isNetstat: false) },
    ]

    private static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// Bytes as a number with a unit, with one digit after the point below ten.
    private static func size(_ bytes: Int) -> String {
        var (amount, unit) = (Double(bytes), 0)
        while amount >= 1024, unit < 4 { (amount, unit) = (amount / 1024, unit + 1) }
        let tenths = Int(amount * 10 + 0.5)
        return (unit == 0 ? "\(bytes)" : "\(tenths / 10).\(tenths % 10)") + ["", "K", "M", "G", "T"][unit]
    }

    private static func disks(_ call: inout Call) -> Int {
        let isReadable = call.has("h")
        func line(_ name: String, _ tree: FileTree, _ path: String) -> String {
            // What a kubelet makes lies on the node's disk as well, and is too small to count there.
            let disk = tree.disk?.capacity ?? call.context.machine.disk
            let used = tree.disk?.used ?? tree.size
            let free = tree.disk?.free ?? max(0, disk - used)
            let amounts = [disk, used, free].map { isReadable ? size($0) : String($0 / 1024) }
            let share = used + free > 0 ? (used * 100 + used + free - 1) / (used + free) : 0
            return
                "\(left(name, 20)) \(right(amounts[0], 9)) \(right(amounts[1], 9)) \(right(amounts[2], 9)) \(right("\(share)%", 4)) \(path)\n"
        }
        let head = isReadable ? "     Size      Used Available" : "1K-blocks      Used Available"
        call.output = "Filesystem           \(head) Use% Mounted on\n" + line("overlay", call.context.files.root, "/")
        for mount in call.context.files.mounts.sorted(by: { $0.path < $1.path }) {
            call.output += line("/dev/sda1", mount.tree, mount.path)
        }
        return 0
    }

    private static func memory(_ call: inout Call) -> Int {
        let machine = call.context.machine
        let used = min(machine.memory, machine.memoryInUse())
        let unit = call.has("m") ? 1 << 20 : call.has("g") ? 1 << 30 : call.has("b") ? 1 : 1 << 10
        func text(_ bytes: Int) -> String { call.has("h") ? size(bytes) : String(bytes / unit) }
        func line(_ name: String, _ amounts: [Int]) -> String { left(name, 8) + amounts.map { right(text($0), 12) }.joined() + "\n" }
        let titles = ["total", "used", "free", "shared", "buff/cache", "available"]
        call.output = left("", 8) + titles.map { right($0, 12) }.joined() + "\n"
        call.output += line("Mem:", [machine.memory, used, machine.memory - used, 0, 0, machine.memory - used]) + line("Swap:", [0, 0, 0])
        return 0
    }

    // MARK: Network

    private static func network(_ call: inout Call) -> Int {
        let words = call.operands
        guard let address = call.context.address else { return 1 }
        // A pod's neighbours are those whose addresses begin alike; the first of them is the node's bridge.
        let neighbours = IPv4Range("\(address)/24")
        switch words.first {
        case let word? where !word.isEmpty && "address".hasPrefix(word):
            let hardware = "0a:58:" + [24, 16, 8, 0].map { hexadecimal(address.value >> $0 & 255) }.joined(separator: ":")
            call.output = """
                1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
                    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
                    inet 127.0.0.1/8 scope host lo
                       valid_lft forever preferred_lft forever
                2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue
                    link/ether \(hardware) brd ff:ff:ff:ff:ff:ff
                    inet \(address)/24 brd \(neighbours?[255].description ?? "") scope global eth0
                       valid_lft forever preferred_lft forever

                """
        case let word? where !word.isEmpty && "route".hasPrefix(word):
            let bridge = neighbours?[1].description ?? ""
            call.output = "default via \(bridge) dev eth0 \n\(neighbours?.description ?? "") dev eth0 scope link  src \(address) \n"
        default:
            call.errors = "ip: either \"address\" or \"route\" is expected\n"
            return 1
        }
        return 0
    }

    private static func hexadecimal(_ byte: UInt32) -> String {
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
    }

    /// Those that listen: connections here last no longer than an exchange.
    private static func sockets(_ call: inout Call, isNetstat: Bool) -> Int {
        call.output =
            isNetstat
            ? "Active Internet connections (only servers)\n"
                + "Proto Recv-Q Send-Q Local Address           Foreign Address         State\n"
            : "Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port\n"
        for socket in call.context.sockets() {
            let name = socket.transport == .udp ? "udp" : "tcp"
            let local = "0.0.0.0:\(socket.port)"
            let state = name == "udp" ? (isNetstat ? "" : "UNCONN") : "LISTEN"
            call.output +=
                isNetstat
                ? "\(left(name, 5)) \(right("0", 6)) \(right("0", 6)) \(left(local, 23)) \(left("0.0.0.0:*", 23)) \(state)\n"
                : "\(left(name, 5)) \(left(state, 6)) \(left("0", 6)) \(left("128", 6)) \(right(local, 18)) \(right("0.0.0.0:*", 17))\n"
        }
        return 0
    }
}
