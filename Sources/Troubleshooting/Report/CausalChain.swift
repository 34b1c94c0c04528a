package import KubernetesModel

/// A finding as a tree: the cause at the root, below each object those that are hurt through it.
package struct CausalChain: Sendable, Hashable {
    package var object: ObjectReference
    package var because: [String]
    package var children: [CausalChain]
}

extension Finding {
    package var chain: CausalChain {
        CausalChain(object: object, because: [rootCause], children: children(of: object, seen: [object]))
    }

    private func children(of parent: ObjectReference, seen: Set<ObjectReference>) -> [CausalChain] {
        victims.filter { $0.through.isSame(as: parent) && !seen.contains($0.object) }.map { victim in
            CausalChain(
                object: victim.object, because: victim.because,
                children: children(of: victim.object, seen: seen.union([victim.object]))
            )
        }
    }
}
