import KubernetesModel

extension KindRules {
    static let networking: [String: KindRules] = [
        "IPAddress": KindRules(validate: AddressObjectRules.address, names: Names.pathSegment),
        "Ingress": KindRules(
            defaults: Defaults.ingress, validate: { NetworkingRules.ingress($0.spec, &$1) }, validateStatus: StatusRules.ingress,
            warnings: ObjectWarnings.ingress, status: .server(["loadBalancer": [:]]), countsGenerations: true
        ),
        "IngressClass": KindRules(defaults: Defaults.ingressClass, validate: ClusterRules.ingressClass, countsGenerations: true),
        "NetworkPolicy": KindRules(
            defaults: { $0.modifyOrCreate("spec", Defaults.networkPolicy) }, validate: { NetworkingRules.policy($0.spec, &$1) },
            countsGenerations: true
        ),
        "ServiceCIDR": KindRules(validate: AddressObjectRules.range),
    ]

    static let discovery: [String: KindRules] = [
        "EndpointSlice": KindRules(defaults: Defaults.endpointSlice, validate: EndpointSliceRules.slice)
    ]
}
