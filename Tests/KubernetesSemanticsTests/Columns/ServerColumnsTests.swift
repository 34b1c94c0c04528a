import KubernetesModel
import KubernetesSemantics
import Testing

/// Rows as `kubectl get -o wide` prints them of the same objects.
@Suite struct ServerColumnsTests {
    private let metadata = #""metadata":{"name":"x","creationTimestamp":"\#(created)"}"#
    private let template = #""template":{"spec":{"containers":[{"name":"a","image":"nginx"},{"name":"b","image":"envoy:1"}]}}"#

    @Test("a deployment shows ready, updated and available replicas")
    func deployment() {
        let text = row(
            "deployments", "apps",
            object(
                """
                {\(metadata),"spec":{"replicas":3,"selector":{"matchLabels":{"b":"2","a":"1"},
                  "matchExpressions":[{"key":"env","operator":"In","values":["t","p"]},{"key":"old","operator":"DoesNotExist"}]},\(template)},
                 "status":{"readyReplicas":2,"updatedReplicas":3,"availableReplicas":1}}
                """))
        #expect(text == "x | 2/3 | 3 | 1 | 10m | a,b | nginx,envoy:1 | a=1,b=2,env in (p,t),!old")
    }

    @Test("the other owners of pods show their replicas")
    func owners() {
        let owner = object(
            """
            {\(metadata),"spec":{"replicas":2,"selector":{"matchLabels":{"app":"x"}},\(template)},
             "status":{"replicas":2,"readyReplicas":1,"desiredNumberScheduled":4,"currentNumberScheduled":3,"numberReady":2,
              "updatedNumberScheduled":1,"numberAvailable":0}}
            """)
        #expect(row("replicasets", "apps", owner) == "x | 2 | 2 | 1 | 10m | a,b | nginx,envoy:1 | app=x")
        #expect(row("statefulsets", "apps", owner) == "x | 1/2 | 10m | a,b | nginx,envoy:1")
        #expect(row("daemonsets", "apps", owner) == "x | 4 | 3 | 2 | 1 | 0 | <none> | 10m | a,b | nginx,envoy:1 | app=x")
    }

    @Test("a job shows its state, completions and duration")
    func job() {
        let running = object(
            """
            {\(metadata),"spec":{"completions":5,"parallelism":2,\(template)},"status":{"succeeded":3,"startTime":"\(created)"}}
            """)
        #expect(row("jobs", "batch", running) == "x | Running | 3/5 | 10m | 10m | a,b | nginx,envoy:1 | <none>")
        let queue = object(
            """
            {\(metadata),"spec":{"parallelism":4,\(template)},"status":{"conditions":[{"type":"Failed","status":"True"}]}}
            """)
        #expect(row("jobs", "batch", queue) == "x | Failed | 0/1 of 4 |  | 10m | a,b | nginx,envoy:1 | <none>")
    }

    @Test("a cron job shows its schedule and when it ran last")
    func cronJob() {
        let cronJob = object(
            """
            {\(metadata),"spec":{"schedule":"0 3 * * *","suspend":false,"jobTemplate":{"spec":{\(template)}}},
             "status":{"active":[{}],"lastScheduleTime":"\(created)"}}
            """)
        #expect(row("cronjobs", "batch", cronJob) == "x | 0 3 * * * | <none> | False | 1 | 10m | 10m | a,b | nginx,envoy:1 | <none>")
    }

    @Test("a node shows its readiness, roles and software")
    func node() {
        let node = object(
            """
            {"metadata":{"name":"n","creationTimestamp":"\(created)","labels":{"node-role.kubernetes.io/worker":"","node-role.kubernetes.io/etcd":""}},
             "spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"True"}],
              "addresses":[{"type":"InternalIP","address":"10.0.0.4"}],"nodeInfo":{"kubeletVersion":"v1.36.2","osImage":"Linux",
              "containerRuntimeVersion":"containerd://2.0"}}}
            """)
        let expected =
            "n | Ready,SchedulingDisabled | etcd,worker | 10m | v1.36.2 | 10.0.0.4 | <none> | Linux | <unknown> | containerd://2.0"
        #expect(row("nodes", "", node) == expected)
        #expect(row("nodes", "", object("{\(metadata)}")).hasPrefix("x | Unknown | <none> | 10m |  | <none>"))
    }

    @Test(
        "a service shows where it is reached",
        arguments: [
            (#""type":"ClusterIP","clusterIPs":["10.96.0.1"]"#, "ClusterIP | 10.96.0.1 | <none>"),
            (#""type":"NodePort","clusterIPs":["10.96.0.1"],"externalIPs":["1.2.3.4"]"#, "NodePort | 10.96.0.1 | 1.2.3.4"),
            (#""type":"LoadBalancer","clusterIPs":["10.96.0.1"]"#, "LoadBalancer | 10.96.0.1 | <pending>"),
            (#""type":"ExternalName","externalName":"db.example.org""#, "ExternalName | <none> | db.example.org"),
        ])
    func service(spec: String, expected: String) {
        let service = object(
            #"{\#(metadata),"spec":{\#(spec),"selector":{"app":"x"},"ports":[{"port":80,"nodePort":30080,"protocol":"TCP"},{"port":53,"protocol":"UDP"}]}}"#
        )
        #expect(row("services", "", service) == "x | \(expected) | 80:30080/TCP,53/UDP | 10m | app=x")
    }

    @Test("a load balancer's addresses are listed in full")
    func loadBalancer() {
        let service = object(
            """
            {\(metadata),"spec":{"type":"LoadBalancer"},"status":{"loadBalancer":{"ingress":[{"hostname":"b.example.org"},{"ip":"10.0.0.9"}]}}}
            """)
        #expect(row("services", "", service) == "x | LoadBalancer | <none> | 10.0.0.9,b.example.org | <none> | 10m | <none>")
    }

    @Test("endpoints show the first three addresses")
    func endpoints() {
        let endpoints = object(
            """
            {\(metadata),"subsets":[{"addresses":[{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}],"ports":[{"port":80},{"port":81}]}]}
            """)
        #expect(row("endpoints", "", endpoints) == "x | 10.0.0.1:80,10.0.0.2:80,10.0.0.1:81 + 1 more... | 10m")
        let slice = object(
            """
            {\(metadata),"addressType":"IPv4","ports":[{"name":"web"},{"port":53}],"endpoints":[{"addresses":["10.0.0.1"]},{"addresses":["10.0.0.2"]}]}
            """)
        #expect(row("endpointslices", "discovery.k8s.io", slice) == "x | IPv4 | web,53 | 10.0.0.1,10.0.0.2 | 10m")
        #expect(row("endpointslices", "discovery.k8s.io", object("{\(metadata)}")) == "x |  | <unset> | <unset> | 10m")
    }

    @Test("volumes and claims show what they are bound to")
    func storage() {
        let volume = object(
            """
            {\(metadata),"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteMany","ReadWriteOnce"],"storageClassName":"fast",
              "persistentVolumeReclaimPolicy":"Retain","claimRef":{"namespace":"shop","name":"db"},"volumeMode":"Filesystem"},"status":{"phase":"Bound"}}
            """)
        #expect(
            row("persistentvolumes", "", volume) == "x | 1Gi | RWO,RWX | Retain | Bound | shop/db | fast | <unset> |  | 10m | Filesystem")
        let pending = object(
            #"{\#(metadata),"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"fast"},"status":{"phase":"Pending"}}"#)
        #expect(row("persistentvolumeclaims", "", pending) == "x | Pending |  |  |  | fast | <unset> | 10m | <unset>")
        let standard = object(
            """
            {"metadata":{"name":"s","creationTimestamp":"\(created)","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},
             "provisioner":"csi"}
            """)
        #expect(row("storageclasses", "storage.k8s.io", standard) == "s (default) | csi | Delete | Immediate | false | 10m")
    }

    @Test("an event shows what happened to what, in either group's form")
    func event() {
        let core = object(
            """
            {\(metadata),"type":"Warning","reason":"BackOff","involvedObject":{"kind":"Pod","name":"web-0","fieldPath":"spec.containers{a}"},
             "source":{"component":"kubelet","host":"node-a"},"message":" again \\n","count":7,"firstTimestamp":"\(created)","lastTimestamp":"\(created)"}
            """)
        #expect(
            row("events", "", core) == "10m | Warning | BackOff | pod/web-0 | spec.containers{a} | kubelet, node-a | again | 10m | 7 | x")
        let new = object(
            """
            {\(metadata),"type":"Normal","reason":"Scheduled","regarding":{"kind":"Pod","name":"web-0"},"note":"ok",
             "reportingController":"scheduler","reportingInstance":"s-1","eventTime":"\(created)","series":{"count":3,"lastObservedTime":"\(created)"}}
            """)
        #expect(row("events", "events.k8s.io", new) == "10m | Normal | Scheduled | pod/web-0 |  | scheduler, s-1 | ok | 10m | 3 | x")
    }

    @Test("an ingress shows its hosts, counting rules beyond the third")
    func ingress() {
        let ingress = object(
            """
            {\(metadata),"spec":{"rules":[{"host":"a"},{"host":"b"},{"host":"c"},{"host":"d"}],"tls":[{}]}}
            """)
        #expect(row("ingresses", "networking.k8s.io", ingress) == "x | <none> | a,b,c + 1 more... |  | 80, 443 | 10m")
    }

    @Test("an autoscaler shows the first two of its metrics")
    func autoscaler() {
        let scaler = object(
            """
            {\(metadata),"spec":{"scaleTargetRef":{"kind":"Deployment","name":"web"},"minReplicas":1,"maxReplicas":5,"metrics":[
              {"type":"Resource","resource":{"name":"cpu","target":{"averageUtilization":80}}},
              {"type":"Resource","resource":{"name":"memory","target":{"averageValue":"1Gi"}}},{"type":"Pods"}]},
             "status":{"currentReplicas":2,"currentMetrics":[{"type":"Resource","resource":{"current":{"averageUtilization":41}}}]}}
            """)
        let expected = "x | Deployment/web | cpu: 41%/80%, memory: <unknown>/1Gi + 1 more... | 1 | 5 | 2 | 10m"
        #expect(row("horizontalpodautoscalers", "autoscaling", scaler) == expected)
    }

    @Test("bindings, quotas and budgets show what they bind")
    func bindings() {
        let binding = object(
            """
            {\(metadata),"roleRef":{"kind":"ClusterRole","name":"view"},"subjects":[{"kind":"User","name":"jane"},{"kind":"User","name":"joe"},
             {"kind":"ServiceAccount","namespace":"shop","name":"default"}]}
            """)
        #expect(row("rolebindings", "rbac.authorization.k8s.io", binding) == "x | ClusterRole/view | 10m | jane, joe |  | shop/default")
        let quota = object(
            """
            {\(metadata),"status":{"hard":{"pods":"2","limits.cpu":"4","requests.cpu":"1"},"used":{"pods":"1","limits.cpu":"500m"}}}
            """)
        #expect(row("resourcequotas", "", quota) == "x | pods: 1/2, requests.cpu: 0/1 | limits.cpu: 500m/4 | 10m")
        let budget = object(#"{\#(metadata),"spec":{"minAvailable":"50%"},"status":{"disruptionsAllowed":1}}"#)
        #expect(row("poddisruptionbudgets", "policy", budget) == "x | 50% | N/A | 1 | 10m")
    }

    @Test("kinds without columns of their own show name and creation")
    func defaults() {
        #expect(row("roles", "rbac.authorization.k8s.io", object("{\(metadata)}")) == "x | \(created)")
    }

    @Test("every built-in resource gets a cell for every one of its columns")
    func counts() {
        for resource in ResourceCatalog.builtIn.resources where ServerColumns.knows(resource.groupResource) && !resource.columns.isEmpty {
            let cells = ServerColumns.cells(for: object("{\(metadata)}"), resource: resource, now: now)
            // The server appends an age to an IPAddress, for which it has no column.
            let expected = resource.name == "ipaddresses" ? 3 : resource.columns.count
            #expect(cells.count == expected, "\(resource.gvr)")
        }
    }
}
