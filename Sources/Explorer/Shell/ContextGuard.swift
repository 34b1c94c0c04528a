/// How a context is guarded, and what says so.
struct ContextGuard: Hashable {
    let level: GuardLevel
    /// The end of a sentence: `because of --readonly`.
    let reason: String

    /// What the command line and the person's settings say, the strongest first; where they say nothing the context's name decides.
    init(ofContext name: String, chosen: GuardLevel?, settings: Configuration) {
        if chosen == .readOnly {
            self.init(.readOnly, "because of --readonly")
        } else if settings.isReadOnly == true {
            self.init(.readOnly, "because config.yaml has readOnly: true")
        } else if let chosen {
            self.init(chosen, "because nothing in it can come to harm")
        } else if let rule = settings.guards.first(where: { $0.matches(name) }) {
            self.init(rule.level, "by \(rule.place): \(rule.pattern)")
        } else if GuardRule.production.matches(name) {
            self.init(.strict, "because its name looks like production: \(GuardRule.production.pattern)")
        } else {
            self.init(.confirm, "as no rule of guards.yaml is about its name")
        }
    }

    private init(_ level: GuardLevel, _ reason: String) {
        self.level = level
        self.reason = reason
    }
}

extension Shell {
    /// `:guard`.
    func tellGuard() {
        let decided = session.contextGuard
        report(.info, "\(session.contextName) is guarded as \(decided.level.rawValue) (\(decided.level.meaning)) \(decided.reason)")
    }
}
