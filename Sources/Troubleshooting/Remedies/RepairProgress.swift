package import KubernetesModel
import KubernetesSemantics

/// How a repair shows: whether it worked, and how those are whom the cause had hurt.
package struct RepairProgress: Sendable, Hashable {
    /// Somebody the cause had hurt.
    package struct Patient: Sendable, Hashable {
        package var object: ObjectReference
        /// What was wrong when the cause was found.
        package var before: [String]
        package var now: String
        package var isWell: Bool
        /// When it starts again, where it has not done so since the repair.
        package var nextStart: Instant?
    }

    package var outcome: VerificationOutcome
    package var patients: [Patient]

    /// - Parameter first: the facts as they were right after the repair.
    package static func of(_ finding: Finding, in facts: ClusterFacts, since first: ClusterFacts) -> RepairProgress {
        RepairProgress(
            outcome: VerificationOutcome.of(finding, in: facts, since: first),
            patients: finding.victims.compactMap { victim in
                state(of: victim.object, facts).map { state in
                    Patient(
                        object: victim.object, before: victim.because, now: state.text, isWell: state.isWell,
                        nextStart: facts.nextStart(of: victim.object, since: first))
                }
            }
        )
    }

    /// Nil for objects of which nothing is known to tell.
    private static func state(of object: ObjectReference, _ facts: ClusterFacts) -> (text: String, isWell: Bool)? {
        switch object.kind {
        case "Service":
            let ready = facts.readyEndpoints(of: object.key)
            return ready == 0 ? ("no endpoint is ready", false) : ("\(ready) \(ready == 1 ? "endpoint is" : "endpoints are") ready", true)
        case "PersistentVolumeClaim":
            guard let claim = facts.claims[object.key] else { return ("it is gone", false) }
            return claim.phase == "Bound" ? ("bound", true) : ("not bound", false)
        default:
            let pods = facts.pods(of: object).filter { !$0.network.isTerminating }
            let ailing = pods.filter(\.isAiling)
            guard let first = ailing.first else {
                return pods.isEmpty ? ("it has no pods", false) : (pods.count == 1 ? "well" : "all \(pods.count) pods are well", true)
            }
            let reason = first.health.reason ?? first.phase
            return (pods.count == 1 ? reason : "\(ailing.count) of \(pods.count) pods: \(reason)", false)
        }
    }
}
