import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Disks and memory that fill up")
struct CapacityTests {
    @Test("a disk takes what fits, and gets back what goes")
    func disk() throws {
        let store = Disk(capacity: 100)
        let disk = Disk(capacity: 1_000, within: store)
        let tree = FileTree(on: disk)
        let files = FileSystem(root: tree)
        try files.write(String(repeating: "x", count: 60), to: "/a")
        #expect(disk.free == 40)
        #expect(throws: FileSystem.Failure.full) { try files.write(String(repeating: "x", count: 41), to: "/b") }
        try files.write(String(repeating: "x", count: 40), to: "/a", appending: true)
        #expect(throws: FileSystem.Failure.full) { try files.write("x", to: "/a", appending: true) }
        try files.write("", to: "/empty")
        try files.write("short", to: "/a")
        #expect(try files.read("/a") == "short")
        #expect((disk.used, store.free) == (5, 95))
        try files.remove("/a")
        #expect(store.used == 0)
        tree.replaceAll(with: ["f": "four"])
        #expect(store.used == 4)
    }

    @Test("a tree that goes leaves its disk empty")
    func trees() {
        let disk = Disk(capacity: 100)
        do {
            let tree = FileTree(["a": "xyz"], on: disk)
            #expect(disk.used == tree.size)
        }
        #expect(disk.used == 0)
    }

    @Test("a path is no longer than a kernel takes")
    func longPaths() {
        let files = FileSystem()
        let path = String(repeating: "/a", count: 100_000)
        #expect(throws: FileSystem.Failure.nameTooLong) { try files.makeDirectory(path, withParents: true) }
        #expect(files.node(at: path) == nil)
    }

    private static let memory: JSONObject = ["volumes": [["name": "m", "emptyDir": ["medium": "Memory", "sizeLimit": "200Ki"]]]]
    private static let mount: JSONObject = ["volumeMounts": [["name": "m", "mountPath": "/m"]]]

    @Test(
        "what doesn't fit any more is told by whoever writes it",
        arguments: [
            ("cat /dev/zero > /m/x; echo $?; wc -c < /m/x", "cat: write error: No space left on device\n1\n196608\n"),
            ("head -c 204800 /dev/zero > /m/x; echo more >> /m/x; echo $?", "sh: write error: No space left on device\n1\n"),
            (
                "head -c 204000 /dev/zero > /m/x; cp /m/x /m/y; rm /m/x; echo ok > /m/y; cat /m/y",
                "cp: can't create '/m/y': No space left on device\nok\n"
            ),
        ])
    func fullVolume(script: String, expected: String) throws {
        #expect(try runScript(script, pod: Self.memory, container: Self.mount).log == expected)
    }

    @Test("the disks of the world have room for a gigabyte together, which df shows")
    func df() throws {
        let lines = try runScript("df").log.split(separator: "\n")
        let columns = lines[1].split(separator: " ").map(String.init)
        #expect(columns[0] == "overlay")
        #expect(columns[1] == "104857600")
        #expect((Int(columns[3]) ?? 0) < 1 << 20)
    }

    private static let limit: JSONObject = ["resources": ["limits": ["memory": "8Mi"]]]

    @Test(
        "what processes keep counts as their memory",
        arguments: ["x=$(cat /dev/zero)", "cat /dev/zero | sort", "cat /dev/zero | tar t", "x=$(x=$(cat /dev/zero))"])
    func outOfMemory(script: String) throws {
        let end = try runScript(script + "; echo never", container: Self.limit)
        #expect((end.log, end.code, end.reason) == ("", 137, "OOMKilled"))
    }

    @Test(
        "a shell whose words double over and over runs out of memory",
        arguments: [
            "x=aaaaaaaa; while true; do x=\"$x$x\"; done", "set -- a a; while true; do set -- \"$@\" \"$@\"; done",
            "x=aaaaaaaa; while true; do for y in \"$x$x\"; do x=$y; done; done",
        ])
    func doubling(script: String) throws {
        let end = try runScript(script)
        #expect((end.code, end.reason) == (137, "OOMKilled"))
    }
}
