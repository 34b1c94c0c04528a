import KubernetesModel
import Testing
import Troubleshooting

@Suite("S-02: a claim asks for a class that does not exist")
struct ClaimClassMissingTests {
    let unbound = "0/6 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found"

    func shop(class className: String = "fast", classes: [String] = ["gp3"], hasConsumer: Bool = true) -> SnapshotBuilder {
        var shop = SnapshotBuilder()
        for name in classes { shop.storageClass(name, isDefault: name == "gp3", waits: name == "late") }
        shop.claim("data", class: className)
        if hasConsumer {
            shop.add(
                "pods",
                """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"db-0","namespace":"shop","uid":"p-db"},
                 "spec":{"containers":[{"name":"db"}],"volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"data"}}]},
                 "status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable",
                 "message":"\(unbound)"}]}}
                """)
        }
        return shop
    }

    @Test("claim, class and the pod that waits are named")
    func detected() throws {
        let diagnosis = shop().diagnosis()
        let finding = try #require(diagnosis.findings.first)
        #expect(diagnosis.findings.count == 1)
        #expect(finding.rule == "S-02")
        #expect(
            finding.rootCause
                == "PersistentVolumeClaim shop/data has spec.storageClassName fast, and there is no StorageClass fast")
        #expect(finding.victims.map(\.object.description) == ["Pod shop/db-0"])
        #expect(finding.victims.first?.because == [unbound])
        #expect(diagnosis.unverified.isEmpty)
    }

    @Test("the binder's event is evidence, that of another object of the name is not")
    func events() throws {
        var shop = shop()
        for (kind, uid) in [("PersistentVolumeClaim", "c-data"), ("PersistentVolumeClaim", "older"), ("Pod", "c-data")] {
            shop.add(
                "events",
                """
                {"apiVersion":"v1","kind":"Event","metadata":{"name":"\(kind)-\(uid)","namespace":"shop"},"reason":"ProvisioningFailed",
                 "message":"by \(kind) \(uid)","involvedObject":{"kind":"\(kind)","namespace":"shop","name":"data","uid":"\(uid)"}}
                """)
        }
        let messages = try #require(shop.diagnosis().findings.first).evidence.compactMap {
            if case .event(_, _, let message, _, _) = $0 { message } else { nil }
        }
        #expect(messages == ["by PersistentVolumeClaim c-data"])
    }

    @Test("the fix creates the class after the default one")
    func remedy() throws {
        let remedy = try #require(shop().diagnosis().findings.first).remedy
        guard case .apply(let object)? = remedy.change?.content else {
            Issue.record("no object to apply")
            return
        }
        #expect(object.name == "fast")
        #expect(object["provisioner"] == "ebs.csi.aws.com")
    }

    @Test("a parameter of the class cannot leave its quotes in the command")
    func quoting() throws {
        var shop = SnapshotBuilder()
        shop.storageClass("gp3", isDefault: true, parameters: #"{"tag":"it's'; rm -rf ~; '"}"#)
        shop.claim("data", class: "fast")
        let command = try #require(shop.diagnosis().findings.first?.remedy.commands.first)
        #expect(command.hasPrefix("kubectl apply -f - <<< '{"), "\(command)")
        #expect(command.contains(#""tag":"it'\''s'\''; rm -rf ~; '\''""#), "\(command)")
    }

    @Test("a class that binds late and waits for a pod is healthy")
    func late() {
        #expect(shop(class: "late", classes: ["late"], hasConsumer: false).diagnosis().verdict == .healthy)
    }

    @Test("without a pod that wants it the claim hurts nobody yet")
    func latent() {
        #expect(shop(hasConsumer: false).diagnosis().findings.map(\.state) == [.latent])
    }

    @Test("a volume made by hand for a class without an object serves the claim")
    func handMade() {
        var shop = shop()
        shop.add(
            "persistentvolumes",
            """
            {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"disk"},
             "spec":{"storageClassName":"fast","accessModes":["ReadWriteOnce"],"capacity":{"storage":"10Gi"}},
             "status":{"phase":"Available"}}
            """)
        #expect(shop.diagnosis().findings.isEmpty)
    }

    @Test("a list of classes that may not be read proves nothing")
    func forbidden() {
        var shop = shop()
        shop.forbid("storageclasses")
        #expect(shop.diagnosis().findings.isEmpty)
    }
}
