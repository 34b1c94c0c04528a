import Foundation
import Testing

/// What people do all day, in a real terminal against a served cluster: changing things, and taking that back.
@Suite(
    "A working day: changing things", .serialized, .timeLimit(.minutes(10)),
    .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct ChangingTests {
    @Test("an image that can't be pulled is seen, and mended by editing")
    func edit() async throws {
        let day = try await Workplace(
            "deployments shop /shipping", editor: "sed -i s,docker.io/library/busybox:9.9,ghcr.io/acme-shop/shipping:0.8.1,"
        )
        try setImage("docker.io/library/busybox:9.9", day)
        try day.press("Enter", shows: "ImagePullBackOff")
        try day.press("Escape", shows: "┌ Deployments(shop)")
        try day.press("e", shows: "┌ Save ")
        #expect(try day.line(with: " + ").contains("image: ghcr.io/acme-shop/shipping:0.8.1"))
        try day.press("Tab", "Enter", shows: "Changed deployment shop/shipping")
        try day.press("Enter", shows: "┌ Pods(shop)[1] app=shipping")
        try day.wait(for: "1/1     Running")
    }

    private func setImage(_ image: String, _ day: Workplace) throws {
        try day.wait(for: "1/1 ")
        try day.press("i", shows: "Image: ghcr.io/acme-shop/shipping:0.8.1")
        try day.press("C-u", type: image, shows: "Set the image of deployment shop/shipping · Ctrl-U")
    }

    @Test("what the server refuses of an edited text stands beside its line, and the text is kept")
    func refusedEdit() async throws {
        let day = try await Workplace("deployments shop /shipping", editor: "sed -i s/image:.*/image:/")
        try day.wait(for: "1/1 ")
        try day.press("e", shows: "┌ Not saved ")
        #expect(try day.screen.contains("✗ spec.template.spec.containers[0].image"))
        try day.press("Escape", shows: "your text is kept in")
    }

    @Test("a rollout is taken back to the revision before, after the two were compared")
    func rollBack() async throws {
        let day = try await Workplace("deployments shop /shipping")
        try setImage("docker.io/library/busybox:9.9", day)
        try day.press("C-l", shows: "▸ 1  ghcr.io/acme-shop/shipping:0.8.1")
        try day.press("Enter", shows: "back to revision 1?")
        #expect(try day.screen.contains(#/ - +image: docker.io/library/busybox:9.9 /#))
        #expect(try day.screen.contains(#/ \+ +image: ghcr.io/acme-shop/shipping:0.8.1 /#))
        try day.press("Tab", "Enter", shows: "Rolled back deployment shop/shipping")
        try day.press("Enter", shows: "┌ Pods(shop)[1] app=shipping")
        try day.wait(for: "1/1     Running")
    }

    @Test("a deployment is scaled, and what was done is taken back")
    func scaleAndUndo() async throws {
        let day = try await Workplace("deployments shop /shipping")
        try day.wait(for: "1/1 ")
        try day.press("s", shows: "Replicas: 1")
        try day.press("BSpace", type: "2", shows: "2/2 ")
        try day.press("C-u", shows: "bring back what was before?")
        try day.press("Tab", "Enter", shows: "1/1 ")
    }

    @Test("marked objects are labelled together, and that is taken back")
    func marks() async throws {
        let day = try await Workplace("services payments")
        try day.wait(for: "┌ Services(payments)[2]")
        try day.press("*", shows: "2 marked")
        try day.press("L", shows: "┌ Label ")
        try day.session.type("tier=back")
        try day.press("Enter", shows: "Labelled 2 services")
        try day.run("services payments tier=back", shows: "┌ Services(payments)[2] tier=back")
        try day.press("C-u", shows: "bring back what was before?")
        try day.press("Tab", "Enter", shows: "┌ Services(payments)[0] tier=back")
    }

    @Test("a ConfigMap is edited, and the edit taken back")
    func configMap() async throws {
        let day = try await Workplace(
            "configmaps shop /flags",
            manifests: """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: flags, namespace: shop}
                data: {banner: spring}
                """, editor: "sed -i s/spring/summer/")
        try day.wait(for: "▸ flags")
        try day.press("e", shows: "┌ Save ")
        #expect(try day.line(with: " + ").contains("banner: summer"))
        try day.press("Tab", "Enter", shows: "Changed configmap shop/flags")
        try day.press("y", shows: "banner: summer")
        try day.press("C-u", shows: "bring back what was before?")
        try day.press("Tab", "Enter", shows: "Brought back configmap shop/flags")
        try day.wait(for: "banner: spring")
    }

    @Test("draining a node waits for a budget, and goes on when that allows it")
    func drain() async throws {
        let day = try await Workplace("pods kube-system k8s-app=kube-dns", manifests: Self.budget, editor: "sed -i /minAvailable/s/2/1/")
        try day.wait(for: "Running")
        try day.press("o", shows: "┌ Nodes[1]")
        try day.wait(for: "Ready ")
        try day.press("r", shows: "! budget kube-system/coredns: 0 of these 1 may go at once")
        try day.press("y", shows: "┌ Drain ip-")
        try day.wait(for: "held back: ")
        try day.run("pdb kube-system", shows: "▸ coredns")
        try day.press("e", shows: "┌ Save ")
        try day.press("Tab", "Enter", shows: "Changed poddisruptionbudget kube-system/coredns")
        try day.run("drains", shows: "┌ Drains[1]")
        try day.press("Enter", shows: "✓ kube-system/coredns")
        try day.wait(for: " done ")
        try day.run("nodes", shows: "Ready,Scheduling")
    }

    private static let budget = """
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: coredns, namespace: kube-system}
        spec: {minAvailable: 2, selector: {matchLabels: {k8s-app: kube-dns}}}
        """

    @Test("a CronJob is triggered by hand, and the log of its job is read")
    func cronJob() async throws {
        let day = try await Workplace("cronjobs shop", manifests: Self.report)
        try day.wait(for: "0 3 * * *")
        try day.press("t", shows: "Run cronjob shop/report now?")
        try day.press("y", shows: "Triggered cronjob shop/report")
        try day.press("Enter", shows: "1/1")
        try day.press("l", shows: "42 orders")
    }

    private static let report = """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: report, namespace: shop}
        spec:
          schedule: 0 3 * * *
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: report, image: 'docker.io/library/busybox:1.36', command: [echo, 42 orders]}]
        """
}
