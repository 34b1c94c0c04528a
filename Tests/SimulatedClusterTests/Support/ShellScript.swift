import KubernetesModel
import Testing

@testable import SimulatedCluster

/// Runs a script in a pod of its own to its end, and gives what it wrote and how it ended.
///
/// - Parameters:
///   - pod: members of its specification that it has besides.
///   - container: likewise.
func runScript(
    _ script: String, for time: Duration = .seconds(30), pod: JSONObject = [:], container: JSONObject = [:]
) throws -> (log: String, code: Int?, reason: String?) {
    let cluster = try SteppedCluster()
    cluster.run(.seconds(1))
    var main: JSONObject = ["name": "c", "image": "docker.io/library/busybox:1.35", "command": ["sh", "-c", .string(script)]]
    for (key, value) in container { main[key] = value }
    var spec: JSONObject = ["restartPolicy": "Never", "containers": [.object(main)]]
    for (key, value) in pod { spec[key] = value }
    let json: JSONObject = [
        "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p", "namespace": "default"], "spec": .object(spec),
    ]
    try cluster.perform(.create(KubernetesObject(json)))
    cluster.run(time)
    let object = try #require(cluster.get(Resource.pods, "p"))
    let terminated = object.status["containerStatuses"]?[0]?["state"]?["terminated"]
    return (try cluster.log(object), terminated?["exitCode"]?.intValue, terminated?["reason"]?.stringValue)
}
