import KubernetesModel

extension StatusError {
    init(_ error: PatchError) {
        switch error.kind {
        case .malformed: self = .badRequest(error.message)
        case .tooLarge: self.init(code: 413, reason: "RequestEntityTooLarge", message: error.message, details: Details())
        case .inapplicable: self.init(code: 422, reason: "Invalid", message: error.message, details: Details())
        case .conflicts(let conflicts):
            let causes = conflicts.map { Cause(reason: "FieldManagerConflict", message: $0.message, field: $0.path) }
            self.init(code: 409, reason: "Conflict", message: error.message, details: Details(causes: causes))
        }
    }
}
