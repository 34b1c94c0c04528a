import KubernetesModel

/// The resources that controllers and machines work with, by name.
enum Resource {
    static let configMaps = GroupResource(resource: "configmaps")
    static let endpoints = GroupResource(resource: "endpoints")
    static let events = GroupResource(resource: "events")
    static let namespaces = GroupResource(resource: "namespaces")
    static let nodes = GroupResource(resource: "nodes")
    static let persistentVolumeClaims = GroupResource(resource: "persistentvolumeclaims")
    static let persistentVolumes = GroupResource(resource: "persistentvolumes")
    static let pods = GroupResource(resource: "pods")
    static let secrets = GroupResource(resource: "secrets")
    static let serviceAccounts = GroupResource(resource: "serviceaccounts")
    static let services = GroupResource(resource: "services")
    static let controllerRevisions = GroupResource(group: "apps", resource: "controllerrevisions")
    static let daemonSets = GroupResource(group: "apps", resource: "daemonsets")
    static let deployments = GroupResource(group: "apps", resource: "deployments")
    static let replicaSets = GroupResource(group: "apps", resource: "replicasets")
    static let statefulSets = GroupResource(group: "apps", resource: "statefulsets")
    static let cronJobs = GroupResource(group: "batch", resource: "cronjobs")
    static let jobs = GroupResource(group: "batch", resource: "jobs")
    static let horizontalPodAutoscalers = GroupResource(group: "autoscaling", resource: "horizontalpodautoscalers")
    static let leases = GroupResource(group: "coordination.k8s.io", resource: "leases")
    static let endpointSlices = GroupResource(group: "discovery.k8s.io", resource: "endpointslices")
    static let networkPolicies = GroupResource(group: "networking.k8s.io", resource: "networkpolicies")
    static let podDisruptionBudgets = GroupResource(group: "policy", resource: "poddisruptionbudgets")
    static let storageClasses = GroupResource(group: "storage.k8s.io", resource: "storageclasses")
}
