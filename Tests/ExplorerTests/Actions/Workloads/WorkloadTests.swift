import KubernetesModel
import Testing

@testable import Explorer

@Suite("Workloads")
struct WorkloadTests {
    private func object(_ json: String) -> KubernetesObject { KubernetesObject(compactJSON: Array(json.utf8)).parsed() }

    @Test("a revision is a ReplicaSet's template without what the Deployment added")
    func revision() throws {
        let revision = try #require(
            WorkloadRevision(
                replicaSet: object(
                    """
                    {"kind":"ReplicaSet","metadata":{"name":"cart-1","annotations":{"deployment.kubernetes.io/revision":"4"}},
                     "spec":{"template":{"metadata":{"labels":{"app":"cart","pod-template-hash":"x"}},"spec":{"containers":[{"image":"shop/cart:1"}]}}}}
                    """)))
        #expect(revision.number == 4)
        #expect(revision.images == ["shop/cart:1"])
        #expect(revision.template.description == #"{"metadata":{"labels":{"app":"cart"}},"spec":{"containers":[{"image":"shop/cart:1"}]}}"#)
        #expect(WorkloadRevision(replicaSet: object(#"{"kind":"ReplicaSet","metadata":{"name":"x"}}"#)) == nil)
    }

    @Test("a job triggered by hand is the CronJob's own, and marked as kubectl marks it")
    func trigger() {
        let job = CronJobActions.job(
            of: object(
                """
                {"kind":"CronJob","metadata":{"name":"report","uid":"7"},
                 "spec":{"jobTemplate":{"metadata":{"labels":{"app":"report"}},"spec":{"template":{}}}}}
                """))
        #expect(
            job.value.description
                == #"{"apiVersion":"batch/v1","kind":"Job","metadata":{"labels":{"app":"report"},"generateName":"report-manual-","#
                + #""annotations":{"cronjob.kubernetes.io/instantiate":"manual"},"ownerReferences":[{"apiVersion":"batch/v1","kind":"CronJob","#
                + #""name":"report","uid":"7","controller":true,"blockOwnerDeletion":true}]},"spec":{"template":{}}}"#)
    }

    @Test(
        "labels are set and removed in one line",
        arguments: [
            ("tier=web", #"{"tier":"web"}"#), ("a.b/c= x-", #"{"a.b/c":"","x":null}"#),
        ])
    func metadata(text: String, json: String) throws {
        #expect(JSONValue.object(try #require(MetadataChange(text)).values).description == json)
    }

    @Test("what neither sets nor removes is refused", arguments: ["", "web", "=x", "-", "a=b c"])
    func badMetadata(text: String) {
        #expect(MetadataChange(text) == nil)
    }
}
