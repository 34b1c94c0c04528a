package import KubernetesModel
import KubernetesSemantics

/// From facts to a diagnosis: pure, and the same facts give the same report to the byte.
package enum DiagnosisEngine {
    package static func diagnose(
        _ facts: ClusterFacts, cluster: String, scope: DiagnosisScope = .cluster, rules: [any Rule] = Rules.all
    ) -> Diagnosis {
        let all = findings(facts, rules)
        let subject = DiagnosisSubject(scope: scope, facts: facts)
        return Diagnosis(
            cluster: cluster, scope: scope, startedAt: facts.takenAt,
            findings: all.filter { isRelevant($0, to: scope, facts) }.map { finding in
                var finding = finding
                finding.evidence = subject.ordered(finding.evidence)
                return finding
            },
            healthy: HealthyChecks.of(facts, scope: scope, findings: all),
            unverified: unread(facts) + UnexplainedSymptoms.of(facts, scope: scope, findings: all)
        )
    }

    /// The pods whose logs decide: those that rules ask for, and those in scope that are not well.
    package static func inquiries(_ facts: ClusterFacts, scope: DiagnosisScope = .cluster, rules: [any Rule] = Rules.all) -> [ObjectKey] {
        var keys = Set(rules.flatMap { $0.inquiries(facts) })
        keys.formUnion(facts.pods.values.filter { $0.isAiling && scope.includes($0.key.namespace) }.map(\.key))
        return keys.sorted()
    }

    private static func findings(_ facts: ClusterFacts, _ rules: [any Rule]) -> [Finding] {
        var findings = rules.flatMap { $0.candidates(facts) }.map { Causality.finding($0, in: facts) }
        findings.sort(by: isMoreImportant)
        return maskedNamed(findings)
    }

    /// Those that act come first, then those that hurt more, then the lower layers.
    private static func isMoreImportant(_ left: Finding, _ right: Finding) -> Bool {
        func rank(_ finding: Finding) -> (Int, Int, Int) {
            let state =
                switch finding.state {
                case .active: 0
                case .masked: 1
                case .latent: 2
                }
            return (state, -finding.victims.count, finding.layer.rawValue)
        }
        return rank(left) == rank(right) ? left.id < right.id : rank(left) < rank(right)
    }

    /// A cause that hides others names them: they will surface once it is repaired.
    private static func maskedNamed(_ findings: [Finding]) -> [Finding] {
        let masked = findings.filter { $0.state == .masked }
        return findings.map { finding in
            var finding = finding
            if finding.state == .active {
                finding.masks = masked.filter { $0.layer == finding.layer }.map(\.headline)
            }
            return finding
        }
    }

    private static func isRelevant(_ finding: Finding, to scope: DiagnosisScope, _ facts: ClusterFacts) -> Bool {
        if let target = scope.target { return facts.withOwners(target).contains(where: finding.concerns) }
        if scope.namespaces.isEmpty { return true }
        return ([finding.object] + finding.victims.map(\.object)).contains { scope.includes($0.namespace) && $0.namespace != nil }
    }

    private static func unread(_ facts: ClusterFacts) -> [Diagnosis.UnverifiedCheck] {
        facts.unread.map { unread in
            let place =
                unread.namespace.map { " in namespace \($0)" } ?? unread.onlyNamespace.map { " outside namespace \($0)" } ?? ""
            return Diagnosis.UnverifiedCheck(check: "\(unread.resource)\(place)", reason: unread.reason)
        }
    }
}
