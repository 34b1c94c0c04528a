extension ClusterClient {
    /// Follows the objects of a scope: first all that exist, then every change, for as long as somebody reads. Everybody who follows the
    /// same scope is told by one watch.
    package func reflect(_ scope: ReflectorScope) -> ReflectorStream {
        reflect(scope, timing: .real)
    }

    func reflect(_ scope: ReflectorScope, timing: ReflectorTiming, lineLimit: Int = 64 << 20) -> ReflectorStream {
        let channel = BatchChannel<ReflectorEvent>(capacity: ReflectorStream.capacity)
        let reflector = { @Sendable [self] audience in
            Reflector(client: self, scope: scope, timing: timing, audience: audience, lineLimit: lineLimit)
        }
        reflectors.join(scope, channel, list: { await reflector($0).tellOnce() }, run: { await reflector($0).run() })
        return ReflectorStream(channel) { [reflectors] in reflectors.leave(scope, channel) }
    }
}
