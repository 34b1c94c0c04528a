import HeapModule
package import KubernetesModel

/// The cluster's virtual time, and what is to happen at which point of it.
///
/// What is due at the same instant happens in the order in which it was scheduled, so that a run can be repeated.
package final class Timeline {
    package struct Appointment: Sendable, Hashable {
        fileprivate let number: Int
    }

    private struct Entry: Comparable {
        let time: Instant
        let number: Int

        static func < (left: Entry, right: Entry) -> Bool {
            left.time == right.time ? left.number < right.number : left.time < right.time
        }
    }

    package private(set) var now: Instant
    private var queue = Heap<Entry>()
    private var actions: [Int: () -> Void] = [:]
    private var lastNumber = 0

    package init(now: Instant) {
        self.now = now
    }

    /// Plans an action; one in the past happens as soon as time advances.
    @discardableResult
    package func schedule(at time: Instant, _ action: @escaping () -> Void) -> Appointment {
        lastNumber += 1
        queue.insert(Entry(time: max(time, now), number: lastNumber))
        actions[lastNumber] = action
        return Appointment(number: lastNumber)
    }

    @discardableResult
    package func schedule(after delay: Duration, _ action: @escaping () -> Void) -> Appointment {
        schedule(at: now.advanced(by: delay), action)
    }

    package func cancel(_ appointment: Appointment) {
        actions[appointment.number] = nil
    }

    /// When something is to happen next.
    package var nextWakeUp: Instant? {
        dropCancelled()
        return queue.min?.time
    }

    /// Lets time pass, and all happen that is due until then, what is newly scheduled included.
    ///
    /// - Parameter limit: after so many actions time stops where it is.
    /// - Returns: whether all that was due has happened.
    @discardableResult
    package func advance(to time: Instant, atMost limit: Int = .max) -> Bool {
        var rest = limit
        while let next = nextWakeUp, next <= time {
            guard rest > 0 else { return false }
            rest -= 1
            let entry = queue.removeMin()
            now = max(now, next)
            actions.removeValue(forKey: entry.number)?()
        }
        now = max(now, time)
        return true
    }

    private func dropCancelled() {
        while let entry = queue.min, actions[entry.number] == nil { queue.removeMin() }
    }
}
