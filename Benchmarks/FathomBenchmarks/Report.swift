import Foundation

/// Prints what was measured, each row as soon as it is known, also into a file or a pipe.
enum Report {
    static func line(_ text: String) {
        FileHandle.standardOutput.write(Data("\(text)\n".utf8))
    }

    static func row(_ name: String, _ value: String, _ note: String) {
        line("\(name.padding(toLength: 48, withPad: " ", startingAt: 0)) \(value)  \(note)")
    }

    static func percent(_ share: Double) -> String {
        String(format: "%.2f %%", share)
    }

    static func milliseconds(_ times: [Double]) -> String {
        let sorted = times.sorted()
        let p99 = (sorted.count * 99 + 99) / 100 - 1
        return String(format: "p50 %.1f ms, p99 %.1f ms, worst %.1f ms", sorted[sorted.count / 2], sorted[p99], sorted[sorted.count - 1])
    }

    /// The median, with the extremes.
    static func seconds(_ times: [Double]) -> String {
        let sorted = times.sorted()
        return String(format: "%.3f s (%.3f–%.3f)", sorted[sorted.count / 2], sorted[0], sorted[sorted.count - 1])
    }
}
