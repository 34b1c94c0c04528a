import KubernetesModel
import Testing

@testable import SimulatedCluster

/// What is wrong with volumes, claims, classes and drivers, in the words and the order of a server's own checks.
@Suite("Validation of storage")
struct StorageValidationTests {
    private let cluster = TestCluster()

    @Test(
        "claims",
        arguments: [
            (
                #""accessModes":["ReadWriteOncePod","ReadOnlyMany"],"resources":{"requests":{"storage":"0"}},"volumeMode":"Tape""#,
                #"""
                [spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes, \#
                spec.resources[storage]: Invalid value: "0": must be greater than zero, \#
                spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"]
                """#
            ),
            (
                #""accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}},"dataSourceRef":{"kind":"Pod","name":"p"}"#,
                #"""
                [spec.dataSource: Invalid value: "Pod": must be 'PersistentVolumeClaim' when referencing the default apiGroup, \#
                spec.dataSourceRef: Invalid value: "Pod": must be 'PersistentVolumeClaim' when referencing the default apiGroup]
                """#
            ),
        ] as [(String, String)])
    func claims(spec: String, problem: String) {
        #expect(cluster.problems("PersistentVolumeClaim", "v1", "\"spec\":{\(spec)}") == problem)
    }

    @Test("what fills a claim's volume is said in both fields")
    func sources() {
        cluster.apply(
            #"{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"x","namespace":"shop"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}},"dataSource":{"kind":"PersistentVolumeClaim","name":"p"}}}"#
        )
        #expect(cluster.get("persistentvolumeclaims", "x")?.spec["dataSourceRef"] == ["kind": "PersistentVolumeClaim", "name": "p"])
    }

    @Test(
        "volumes",
        arguments: [
            (
                "",
                #"""
                [spec.accessModes: Required value, spec.capacity: Required value, spec.capacity: Unsupported value: null: supported values: \#
                "storage", spec: Required value: must specify a volume type]
                """#
            ),
            (
                #""accessModes":["ReadWriteOnce"],"capacity":{"storage":"1Gi"},"local":{"path":"/d/.."}"#,
                #"""
                [spec.local.path: Invalid value: "/d/..": must not contain '..', metadata.annotations: Required value: Local volume requires \#
                node affinity]
                """#
            ),
            (
                #""accessModes":["ReadWriteOnce"],"capacity":{"storage":"1Gi"},"persistentVolumeReclaimPolicy":"Recycle","hostPath":{"path":"/"},"nodeAffinity":{}"#,
                #"""
                [spec.nodeAffinity.required: Required value: must specify required node constraints, \#
                spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/']
                """#
            ),
            (
                #""accessModes":["ReadWriteOnce"],"capacity":{"storage":"1Gi"},"csi":{"driver":"d","nodeStageSecretRef":{},"nodeExpandSecretRef":{"name":"s"}},"volumeAttributesClassName":"""#,
                #"""
                [spec.csi.volumeHandle: Required value, spec.csi.nodeExpandSecretRef.namespace: Required value, \#
                spec.volumeAttributesClassName: Required value: an empty string is disallowed]
                """#
            ),
        ] as [(String, String)])
    func volumes(spec: String, problem: String) {
        #expect(cluster.problems("PersistentVolume", "v1", "\"spec\":{\(spec)}") == problem)
    }

    @Test(
        "classes, attachments and drivers",
        arguments: [
            (
                "StorageClass",
                #""provisioner":"a b","volumeBindingMode":"Later","allowedTopologies":[{"matchLabelExpressions":[{"key":"z","values":[]}]}]"#,
                #"""
                [provisioner: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end \#
                with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is \#
                '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), volumeBindingMode: Unsupported value: "Later": supported values: \#
                "Immediate", "WaitForFirstConsumer", allowedTopologies[0].matchLabelExpressions[0].values: Required value]
                """#
            ),
            (
                "VolumeAttributesClass", #""driverName":"d""#,
                "parameters: Required value: must contain at least one key/value pair"
            ),
            (
                "VolumeAttachment", #""spec":{"attacher":"d","nodeName":"n","source":{"persistentVolumeName":"p","inlineVolumeSpec":{}}}"#,
                "spec.source: Forbidden: must specify exactly one of inlineVolumeSpec and persistentVolumeName"
            ),
            (
                "VolumeAttachment", #""spec":{"attacher":"d","nodeName":"n","source":{"inlineVolumeSpec":{"capacity":{"storage":"1"}}}}"#,
                #"""
                [spec.source.inlineVolumeSpec.capacity: Forbidden: may not be specified in the context of inline volumes, \#
                spec.source.inlineVolumeSpec.csi: Required value: has to be specified in the context of inline volumes, \#
                spec.source.inlineVolumeSpec.accessModes: Required value, spec.source.inlineVolumeSpec: Required value: must specify a \#
                volume type]
                """#
            ),
            (
                "CSINode", #""spec":{"drivers":[{"name":"d","nodeID":"","allocatable":{"count":-1}},{"name":"d","nodeID":"n"}]}"#,
                #"""
                [spec.drivers[0].nodeID: Required value, spec.drivers[0].allocatable.count: Invalid value: -1: must be greater than or equal \#
                to 0, spec.drivers[1].name: Duplicate value: "d"]
                """#
            ),
            (
                "CSIDriver",
                #""spec":{"fsGroupPolicy":"Any","volumeLifecycleModes":["Once"],"nodeAllocatableUpdatePeriodSeconds":5,"tokenRequests":[{"audience":"a","expirationSeconds":60}]}"#,
                #"""
                [spec.fsGroupPolicy: Unsupported value: "Any": supported values: "File", "None", "ReadWriteOnceWithFSType", \#
                spec.tokenRequests[0].expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes, \#
                spec.volumeLifecycleModes: Unsupported value: "Once": supported values: "Persistent", "Ephemeral", \#
                spec.nodeAllocatableUpdatePeriodSeconds: Invalid value: 5: must be greater than or equal to 10 seconds]
                """#
            ),
            (
                "CSIStorageCapacity", #""storageClassName":"C","capacity":"-1Gi""#,
                #"[storageClassName: Invalid value: "C": \#(Texts.subdomain), capacity: Invalid value: "-1Gi": must be greater than or equal to 0]"#
            ),
        ] as [(String, String, String)])
    func kinds(kind: String, rest: String, problem: String) {
        #expect(cluster.problems(kind, "storage.k8s.io/v1", rest) == problem)
    }

    @Test("a class stays as it is")
    func classUpdates() {
        cluster.apply(
            #"{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"x"},"provisioner":"d","parameters":{"a":"b"}}"#)
        let patch: JSONValue = ["parameters": ["a": "c"], "reclaimPolicy": "Retain", "volumeBindingMode": "WaitForFirstConsumer"]
        let write = Write.patch(GroupResource(group: "storage.k8s.io", resource: "storageclasses"), ObjectKey(name: "x"), patch)
        let refusal = #expect(throws: StatusError.self) {
            try cluster.parts.pipeline.perform(write, by: .system("test"), at: cluster.parts.timeline.now)
        }
        #expect(
            TestCluster.problems(refusal?.message)
                == #"""
                [parameters: Forbidden: updates to parameters are forbidden., reclaimPolicy: Forbidden: updates to reclaimPolicy are \#
                forbidden., volumeBindingMode: Invalid value: "WaitForFirstConsumer": field is immutable]
                """#)
    }
}
