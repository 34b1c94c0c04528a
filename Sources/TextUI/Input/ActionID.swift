/// The lasting name of something a person can do, as `keys.yaml` and the documentation spell it: `logs.follow`.
package struct ActionID: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let name: String

    package init(_ name: String) { self.name = name }
    package init(stringLiteral name: String) { self.name = name }
    package var description: String { name }
}
