import KubernetesClient
import KubernetesModel

/// Follows one pod until it is as wanted.
struct PodWait {
    enum Verdict: Equatable {
        /// What is missing, as a sentence.
        case waiting(String)
        case ready
        /// It never will be; the sentence says why.
        case failed(String)
    }

    let target: ObjectTarget
    let session: ClusterSession
    let judge: (KubernetesObject) -> Verdict

    /// - Parameter onProgress: told what is missing, whenever that changes.
    /// - Returns: the pod as it is then.
    /// - Throws: `PodWaitError`, or `CancellationError`.
    func run(onProgress: (String) -> Void) async throws -> KubernetesObject {
        let scope = target.scope()
        var isThere = false
        for await batch in session.reflect(scope) {
            for event in batch {
                switch event {
                case .initial(let pod), .applied(let pod):
                    isThere = true
                    switch judge(pod) {
                    case .waiting(let what): onProgress(what)
                    case .ready: return pod
                    case .failed(let reason): throw PodWaitError(description: reason)
                    }
                case .deleted: throw PodWaitError(description: "\(target.text) was deleted meanwhile")
                case .ready where !isThere: throw PodWaitError(description: "\(target.text) is gone")
                case .degraded(let error, _):
                    if error.isForbidden { throw error }
                    onProgress("\(error)")
                case .ready, .restarting, .progress, .recovered: break
                }
            }
        }
        throw CancellationError()
    }
}

struct PodWaitError: Error, CustomStringConvertible {
    let description: String
}

extension PodWait.Verdict {
    /// Whether a container of a pod runs, be it of what kind it may.
    init(container name: String, of pod: KubernetesObject) {
        let lists = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"]
        let status = lists.lazy.flatMap { pod.status[$0]?.arrayValue ?? [] }.first { $0["name"]?.stringValue == name }
        let state = status?["state"]
        if state?["running"] != nil {
            self = .ready
        } else if let end = state?["terminated"] {
            self = .failed(Self.text("Container \(name) has ended with status \(end["exitCode"]?.intValue ?? -1)", end))
        } else if let waiting = state?["waiting"] {
            self = .waiting(Self.text("Container \(name) waits", waiting))
        } else if Pod(pod).isFinished {
            self = .failed(Self.text("Pod \(pod.name) is over", pod.status))
        } else {
            self = .waiting("Container \(name) is not started yet")
        }
    }

    private static func text(_ what: String, _ cause: JSONValue) -> String {
        ([what] + ["reason", "message"].compactMap { cause[$0]?.stringValue }.filter { !$0.isEmpty }).joined(separator: ": ")
    }
}
