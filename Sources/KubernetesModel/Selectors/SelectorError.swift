/// Why a text or object is no selector, in the API server's words.
package struct SelectorError: Error, Sendable, Hashable, CustomStringConvertible {
    package let message: String

    package init(_ message: String) {
        self.message = message
    }

    package var description: String { message }
}
