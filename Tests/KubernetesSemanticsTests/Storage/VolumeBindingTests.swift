import KubernetesModel
import KubernetesSemantics
import Testing

@Suite("Binding of claims")
struct VolumeBindingTests {
    func claim(_ spec: JSONObject = [:], annotations: [String: String] = [:]) -> BindableClaim {
        var all: JSONObject = [
            "accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "5Gi"]], "storageClassName": "manual",
        ]
        for (key, value) in spec { all[key] = value }
        return BindableClaim(
            KubernetesObject([
                "metadata": ["name": "data", "namespace": "shop", "uid": "claim", "annotations": JSONValue(annotations)],
                "spec": .object(all),
            ]))
    }

    func volume(_ name: String, _ spec: JSONObject = [:], phase: String = "Available", labels: [String: String] = [:]) -> BindableVolume {
        var all: JSONObject = ["accessModes": ["ReadWriteOnce"], "capacity": ["storage": "10Gi"], "storageClassName": "manual"]
        for (key, value) in spec { all[key] = value }
        return BindableVolume(
            KubernetesObject([
                "metadata": ["name": .string(name), "labels": JSONValue(labels)], "spec": .object(all), "status": ["phase": .string(phase)],
            ]))
    }

    func storageClass(_ name: String, provisioner: String = "ebs.csi.aws.com", late: Bool = false) -> BindingClass {
        BindingClass(
            KubernetesObject([
                "metadata": ["name": .string(name)], "provisioner": .string(provisioner),
                "volumeBindingMode": late ? "WaitForFirstConsumer" : "Immediate",
            ]))
    }

    @Test("the smallest volume that fits is bound")
    func smallest() {
        let volumes = [
            volume("large"), volume("small", ["capacity": ["storage": "6Gi"]]), volume("tiny", ["capacity": ["storage": "1Gi"]]),
        ]
        #expect(VolumeBinding(claim(), volumes: volumes, classes: []).outcome == .bind(volume: "small"))
    }

    @Test("a volume that was made for the claim goes first")
    func reserved() {
        let made: JSONObject = ["capacity": ["storage": "100Gi"], "claimRef": ["namespace": "shop", "name": "data"]]
        #expect(VolumeBinding(claim(), volumes: [volume("a"), volume("b", made)], classes: []).outcome == .bind(volume: "b"))
    }

    @Test("each volume that does not serve says why, by the first predicate that fails")
    func mismatches() {
        let volumes = [
            volume("modes", ["accessModes": ["ReadOnlyMany"]]),
            volume("taken", ["claimRef": ["namespace": "other", "name": "data", "uid": "x"]]),
            volume("small", ["capacity": ["storage": "1Gi"]]),
            volume("block", ["volumeMode": "Block"]),
            volume("released", phase: "Released"),
            volume("class", ["storageClassName": "fast"]),
        ]
        let binding = VolumeBinding(claim(), volumes: volumes, classes: [])
        #expect(
            binding.rejected.map { "\($0.volume) \($0.mismatch)" } == [
                "block has volumeMode Block",
                "class has class fast",
                "modes offers ReadOnlyMany, not ReadWriteOnce",
                "released is Released",
                "small has 1Gi, the claim asks for 5Gi",
                "taken is reserved for claim other/data",
            ])
    }

    @Test("a label selector must match")
    func selector() {
        let claim = claim(["selector": ["matchLabels": ["disk": "ssd"]]])
        #expect(VolumeBinding(claim, volumes: [volume("a", labels: ["disk": "ssd"])], classes: []).outcome == .bind(volume: "a"))
        #expect(
            VolumeBinding(claim, volumes: [volume("a")], classes: []).rejected.map(\.mismatch.description) == [
                "has not the labels disk=ssd"
            ])
    }

    @Test(
        "without a volume the class decides, in the binder's words",
        arguments: [
            ("manual", "storageclass.storage.k8s.io \"manual\" not found"),
            ("late", "waiting for first consumer to be created before binding"),
            ("hand", "no volume plugin matched name: kubernetes.io/no-provisioner"),
            ("", "no persistent volumes available for this claim and no storage class is set"),
        ])
    func messages(_ name: String, message: String) {
        let classes = [storageClass("late", late: true), storageClass("hand", provisioner: BindingClass.noProvisioner)]
        let binding = VolumeBinding(claim(["storageClassName": .string(name)]), volumes: [], classes: classes)
        #expect(binding.report?.message == message)
    }

    @Test("a class with a provisioner is asked for a volume")
    func provisioned() {
        let binding = VolumeBinding(claim(), volumes: [], classes: [storageClass("manual")])
        #expect(binding.outcome == .provision(class: "manual", provisioner: "ebs.csi.aws.com"))
        #expect(binding.report?.reason == "ExternalProvisioning")
    }

    @Test("late binding waits for the pods that use the claim, then for their nodes")
    func late() {
        let classes = [storageClass("manual", late: true)]
        #expect(VolumeBinding(claim(), volumes: [volume("a")], classes: classes).outcome == .pending(.waitsForConsumer))
        #expect(
            VolumeBinding(claim(), volumes: [], classes: classes, unscheduledPods: ["b", "a"]).report?.message
                == "waiting for pods a,b to be scheduled")
        let chosen = claim(annotations: ["volume.kubernetes.io/selected-node": "node-1"])
        #expect(VolumeBinding(chosen, volumes: [volume("a")], classes: classes).outcome == .bind(volume: "a"))
    }

    @Test("a volume asked for by name may be missing, taken or unsuitable")
    func requested() {
        let asking = claim(["volumeName": "a"])
        #expect(VolumeBinding(asking, volumes: [], classes: []).report == nil)
        let taken = volume("a", ["claimRef": ["namespace": "other", "name": "x", "uid": "y"]])
        #expect(VolumeBinding(asking, volumes: [taken], classes: []).report?.message == "volume \"a\" already bound to a different claim.")
        let small = volume("a", ["capacity": ["storage": "1Gi"]])
        #expect(
            VolumeBinding(asking, volumes: [small], classes: []).report?.message
                == "Cannot bind to requested volume \"a\": requested PV is too small")
    }

    @Test("a claim that was bound and whose volume is gone is lost")
    func lost() {
        let bound = claim(["volumeName": "a"], annotations: ["pv.kubernetes.io/bind-completed": "yes"])
        #expect(VolumeBinding(bound, volumes: [], classes: []).report?.reason == "ClaimLost")
        let volume = volume("a", ["claimRef": ["namespace": "shop", "name": "data", "uid": "claim"]], phase: "Bound")
        #expect(VolumeBinding(bound, volumes: [volume], classes: []).outcome == .bound(volume: "a"))
    }
}
