import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Links in a YAML")
struct YAMLTextTests {
    /// What each link is on, and where it leads.
    private func links(_ yaml: String) throws -> [String] {
        let object = try #require(KubernetesObject(YAML.parseOne(yaml)))
        let text = YAMLText(object, theme: Theme(name: "plain", styles: [:]))
        return text.links.map { link in
            let line = Array(text.lines[link.stop.line].plain)
            let leads = link.reference
            return "\(String(line[link.stop.range])) → \(leads.apiVersion) \(leads)"
        }
    }

    @Test("the fields of a pod lead to what they name, in its namespace where that has one")
    func pod() throws {
        let links = try links(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
              namespace: shop
              ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: u}]
            spec:
              containers:
              - name: app
                args: ["secretName: no", "- name: no"]
                command: [sh, -c, "secretName: no\\nconfigMapRef:\\n  name: no\\n"]
                env:
                - name: A
                  valueFrom: {configMapKeyRef: {key: a, name: settings}}
                - name: B
                  valueFrom: {secretKeyRef: {key: b, name: token}}
                envFrom: [{configMapRef: {name: more}}, {secretRef: {name: "123"}}]
              imagePullSecrets: [{name: registry}]
              nodeName: n1
              priorityClassName: high
              serviceAccountName: robot
              volumes:
              - name: data
                persistentVolumeClaim: {claimName: disk}
              - name: all
                projected: {sources: [{configMap: {name: ca}}, {secret: {name: key}}]}
              - name: keys
                secret: {secretName: keys}
            """)
        #expect(
            links == [
                "shop → v1 Namespace shop", "web-1 → apps/v1 ReplicaSet shop/web-1", "settings → v1 ConfigMap shop/settings",
                "token → v1 Secret shop/token", "more → v1 ConfigMap shop/more", "\"123\" → v1 Secret shop/123",
                "registry → v1 Secret shop/registry", "n1 → v1 Node n1", "high → scheduling.k8s.io/v1 PriorityClass high",
                "robot → v1 ServiceAccount shop/robot", "disk → v1 PersistentVolumeClaim shop/disk", "ca → v1 ConfigMap shop/ca",
                "key → v1 Secret shop/key", "keys → v1 Secret shop/keys",
            ])
    }

    @Test("kinds named beside a name lead on, people and groups don't")
    func binding() throws {
        let links = try links(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: b, namespace: shop}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: User, name: ann}
            - {kind: ServiceAccount, name: robot, namespace: other}
            """)
        #expect(
            links == [
                "shop → v1 Namespace shop", "view → rbac.authorization.k8s.io/v1 ClusterRole view", "robot → v1 ServiceAccount other/robot",
            ])
    }

    @Test("the keys of a ConfigMap's data, of labels and of annotations are nobody's fields")
    func data() throws {
        let links = try links(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {annotations: {nodeName: a}, labels: {nodeName: b}, name: c}
            data: {secretName: d, text: "nodeName: e\\n\\nclaimName: f"}
            """)
        #expect(links == [])
    }

    @Test("Tab goes through blocks and links as they stand; a link in a closed block is left out")
    func stops() throws {
        var pane = TextPane.foldable
        pane.lines = ["metadata:", "  namespace: shop", "spec:", "  nodeName: n1"].map { StyledText($0) }
        pane.stops = [TextStop(line: 1, range: 13..<17), TextStop(line: 3, range: 12..<14)]
        var seen: [Int] = []
        for action: ActionID in ["text.nextStop", "text.nextStop", "text.nextStop", "text.fold", "text.nextStop"] {
            _ = pane.perform(action)
            seen.append(pane.selectedStop?.line ?? -1)
        }
        #expect(seen == [0, 1, 2, 2, 0])
    }
}
