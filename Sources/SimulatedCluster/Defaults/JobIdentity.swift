import KubernetesModel

/// The labels by which a Job finds its pods, and its selector, made from its uid unless it says that it brings its own.
enum JobIdentity {
    static func addLabels(to job: inout KubernetesObject) {
        guard job.json.object("spec")?.bool("manualSelector") != true else { return }
        let uid = JSONValue.string(job.uid)
        let name = JSONValue.string(job.name)
        let labels: [(String, JSONValue)] = [
            ("batch.kubernetes.io/controller-uid", uid), ("batch.kubernetes.io/job-name", name),
            ("controller-uid", uid), ("job-name", name),
        ]
        let templateLabels = job.json.object("spec")?.object("template")?.object("metadata")?.object("labels") ?? [:]
        // Labels taken over from the template (see the defaults) follow it.
        let followsTemplate = (job.json.object("metadata")?.object("labels") ?? [:]) == templateLabels
        job.json.modifyOrCreate("spec") { spec in
            spec.modifyOrCreate("template") { template in
                template.modifyOrCreate("metadata") { $0.add(labels: labels) }
            }
            spec.modifyOrCreate("selector") { selector in
                selector.modifyOrCreate("matchLabels") { $0.setDefault("batch.kubernetes.io/controller-uid", uid) }
            }
        }
        if followsTemplate { job.json.modifyOrCreate("metadata") { $0.add(labels: labels) } }
    }
}

extension JSONObject {
    fileprivate mutating func add(labels: [(String, JSONValue)]) {
        modifyOrCreate("labels") { map in
            for (key, value) in labels { map[key] = value }
        }
    }
}
