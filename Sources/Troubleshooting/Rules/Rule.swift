package import KubernetesModel

/// One root cause: how it is recognised, proven, told apart and repaired. One file each, named in `Rules.all`.
///
/// A rule concludes from specs first; events and log lines confirm. What only looks like its fault stays silent.
package protocol Rule: Sendable {
    /// As in `D-12`.
    var id: String { get }

    /// Pods whose logs could prove or disprove the rule's hypothesis.
    func inquiries(_ facts: ClusterFacts) -> [ObjectKey]

    /// Causes that are there, with those they hurt at first hand.
    func candidates(_ facts: ClusterFacts) -> [Candidate]

    /// What the invariant of a finding's verification still lacks; nil once it holds.
    func missing(_ finding: Finding, in facts: ClusterFacts) -> String?
}

extension Rule {
    package func inquiries(_ facts: ClusterFacts) -> [ObjectKey] { [] }
}

/// A finding before its consequences are followed.
package struct Candidate: Sendable {
    /// A pod that the cause itself hurts, and by what it shows.
    package struct DirectVictim: Sendable {
        package var pod: PodFacts
        package var because: String
    }

    package var finding: Finding
    /// What passes the harm on to the victims: the Service without endpoints between its workload and its clients.
    package var intermediates: [Finding.Victim]
    package var victims: [DirectVictim]
}

package enum Rules {
    /// In the order of their ids.
    package static let all: [any Rule] = [DNSScaledToZero(), PolicyBlocksDNS(), ClaimClassMissing()]
}
