/// Why a patch cannot be applied, in the API server's words.
package struct PatchError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// The patch itself makes no sense: 400.
        case malformed
        /// It makes sense, but not for this object: 422.
        case inapplicable
        /// It asks for more than is done for anybody: 413.
        case tooLarge
        /// Other managers own fields that it would change: 409.
        case conflicts([FieldConflict])
    }

    package var kind: Kind
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}

/// A field that an applied configuration would change although another manager owns it.
package struct FieldConflict: Sendable, Hashable {
    /// The manager as messages name it: `"kubectl" using apps/v1 at 2026-01-01T00:00:00Z`.
    package var manager: String
    /// With dots and keys: `.spec.containers[name="web"].image`.
    package var path: String

    package var message: String { "conflict with \(manager)" }
}
