import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Jobs")
struct JobTests {
    private func job(_ spec: String, script: String, restart: String = "Never") -> String {
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: j, namespace: default}
        spec:
          \(spec)
          template:
            spec:
              restartPolicy: \(restart)
              terminationGracePeriodSeconds: 1
              containers: [{name: c, image: "docker.io/library/busybox:1.35", command: [sh, -c, "\(script)"]}]
        """
    }

    private func cluster(after duration: Duration, _ manifest: String) throws -> SteppedCluster {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(manifest)
        cluster.run(duration)
        return cluster
    }

    @Test("a Job that fails gives up after its limit")
    func backOffLimit() throws {
        let cluster = try cluster(after: .seconds(60), job("backoffLimit: 1", script: "exit 3"))
        let job = try #require(cluster.get(Resource.jobs, "j"))
        #expect(job.status["failed"]?.intValue == 2)
        #expect(job.condition("Failed")?["reason"]?.stringValue == "BackoffLimitExceeded")
    }

    @Test("an indexed Job runs each number once and tells each pod its own")
    func indexed() throws {
        let cluster = try cluster(
            after: .seconds(30),
            job("{completions: 3, parallelism: 2, completionMode: Indexed}".yamlMembers, script: "echo n=$JOB_COMPLETION_INDEX"))
        let job = try #require(cluster.get(Resource.jobs, "j"))
        #expect(job.status["completedIndexes"]?.stringValue == "0-2")
        #expect(job.condition("Complete")?["status"]?.stringValue == "True")
        let logs = try cluster.pods().map { try cluster.log($0) }.sorted()
        #expect(logs == ["n=0\n", "n=1\n", "n=2\n"])
        #expect(cluster.pods().map { $0.spec["hostname"]?.stringValue } == ["j-0", "j-1", "j-2"])
    }

    @Test("a Job out of time ends its pods first and has failed then")
    func deadline() throws {
        let cluster = try cluster(after: .seconds(20), job("activeDeadlineSeconds: 5", script: "sleep 600"))
        let job = try #require(cluster.get(Resource.jobs, "j"))
        #expect(job.condition("Failed")?["reason"]?.stringValue == "DeadlineExceeded")
        #expect(job.status["failed"]?.intValue == 1)
        #expect(cluster.pods().isEmpty)
    }

    @Test("a failure policy ends the Job at the first exit that it names")
    func failurePolicy() throws {
        let rule = "podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]}"
        let cluster = try cluster(after: .seconds(20), job(rule, script: "exit 42"))
        let condition = try #require(cluster.get(Resource.jobs, "j")?.condition("Failed"))
        #expect(condition["reason"]?.stringValue == "PodFailurePolicy")
        #expect(condition["message"]?.stringValue?.hasSuffix("failed with exit code 42 matching FailJob rule at index 0") == true)
    }

    @Test("a finished Job goes when its time to live is over")
    func timeToLive() throws {
        let cluster = try cluster(after: .seconds(8), job("ttlSecondsAfterFinished: 10", script: "true"))
        #expect(cluster.get(Resource.jobs, "j")?.isFinishedJob == true)
        cluster.run(.seconds(20))
        #expect(cluster.get(Resource.jobs, "j") == nil)
        #expect(cluster.pods().isEmpty)
    }

    @Test("deleting a Job's pod gives it another one")
    func replacement() throws {
        let cluster = try cluster(after: .seconds(10), job("completions: 1", script: "sleep 600"))
        let first = try #require(cluster.pods().first)
        try cluster.perform(.delete(Resource.pods, first.key))
        cluster.run(.seconds(30))
        #expect(cluster.pods().map(\.name) != [first.name])
        #expect(cluster.pods().count == 1)
        #expect(cluster.get(Resource.jobs, "j")?.status["failed"]?.intValue == 1)
    }

    @Test("a CronJob starts a Job when its time comes and keeps the last few")
    func cronJob() throws {
        let cluster = try cluster(
            after: .seconds(130),
            """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: c, namespace: default}
            spec:
              schedule: "* * * * *"
              successfulJobsHistoryLimit: 2
              jobTemplate:
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: c, image: "docker.io/library/busybox:1.35", command: ["true"]}]
            """)
        #expect(cluster.list(Resource.jobs).count == 2)
        #expect(cluster.messages("SawCompletedJob").count == 2)
        cluster.run(.seconds(180))
        #expect(cluster.list(Resource.jobs).count == 2)
        let cron = try #require(cluster.get(Resource.cronJobs, "c"))
        #expect(cron.status["active"] == nil)
        #expect(cron.status["lastScheduleTime"] != nil)
        #expect(!cluster.messages("SuccessfulDelete").isEmpty)
    }
}

extension String {
    /// The members of a flow mapping, one a line, indented as a Job's fields are here.
    fileprivate var yamlMembers: String {
        dropFirst().dropLast().split(separator: ",").map { $0.drop { $0 == " " } }.joined(separator: "\n  ")
    }
}
