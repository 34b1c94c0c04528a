/// Who is told when something has changed, each as long as its owner is there.
struct Listeners {
    private struct Listener {
        weak var owner: AnyObject?
        let tell: () -> Void
    }

    private var all: [Listener] = []

    mutating func add(_ owner: AnyObject, _ tell: @escaping () -> Void) {
        all.removeAll { $0.owner == nil }
        all.append(Listener(owner: owner, tell: tell))
    }

    func tell() {
        for listener in all where listener.owner != nil { listener.tell() }
    }
}
