extension ClusterClient {
    /// Follows the objects of a scope: first all that exist, then every change, for as long as somebody reads.
    package func reflect(_ scope: ReflectorScope) -> ReflectorStream {
        reflect(scope, timing: .real)
    }

    func reflect(_ scope: ReflectorScope, timing: ReflectorTiming, lineLimit: Int = 64 << 20) -> ReflectorStream {
        ReflectorStream { [self] channel in
            await Reflector(client: self, scope: scope, timing: timing, channel: channel, lineLimit: lineLimit).run()
        }
    }
}
