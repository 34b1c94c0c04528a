import Synchronization

/// The texts of many elements one after the other, each written when its reader comes for it: for a client that doesn't read,
/// references to the elements are held, and not their texts.
final class LazyBytes<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element]
        var next = 0
    }

    private let state: Mutex<State>
    private let encode: @Sendable (_ index: Int, Element) -> [UInt8]

    init(_ elements: [Element], encode: @escaping @Sendable (_ index: Int, Element) -> [UInt8]) {
        state = Mutex(State(elements: elements))
        self.encode = encode
    }

    /// The next texts, until they have `wanted` bytes; nil when all have been taken.
    func take(_ wanted: Int) -> [UInt8]? {
        state.withLock { state in
            guard state.next < state.elements.count else {
                state.elements = []
                return nil
            }
            var taken: [UInt8] = []
            repeat {
                taken += encode(state.next, state.elements[state.next])
                state.next += 1
            } while state.next < state.elements.count && taken.count < wanted
            return taken
        }
    }
}
