import DequeModule
import KubernetesModel

/// Runs controllers: queues the keys that changes touch, once each, and works them off in the order in which they came.
package final class ControllerManager {
    private struct Job: Hashable {
        let controller: Int
        let key: WorkKey
    }

    private let view: ClusterView
    private let pipeline: WritePipeline
    private let timeline: Timeline
    private var controllers: [any Controller] = []
    /// Who is told of a resource, as far as one has been asked for.
    private var interested: [GroupResource: [Int]] = [:]
    private var queue: Deque<Job> = []
    private var queued: Set<Job> = []
    /// Those whose changes still gather.
    private var gathering: Set<Job> = []
    private var wakeUps: [Job: Timeline.Appointment] = [:]
    private var failures: [Job: Int] = [:]
    private var isScheduled = false

    package init(view: ClusterView, pipeline: WritePipeline, timeline: Timeline) {
        self.view = view
        self.pipeline = pipeline
        self.timeline = timeline
        view.store.observe { [weak self] change in self?.note(change) }
    }

    /// Adds a controller, which is shown every object that is there already.
    package func add(_ controller: any Controller) {
        let index = controllers.count
        controllers.append(controller)
        interested = [:]
        for resource in view.store.resources where controller.isInterested(in: resource) {
            for object in view.store.list(resource) {
                enqueue(index, StoreChange(kind: .added, object: object, previous: nil))
            }
        }
    }

    private func note(_ change: StoreChange) {
        for index in whoIsTold(of: change.resource) { enqueue(index, change) }
    }

    private func whoIsTold(of resource: GroupResource) -> [Int] {
        if let known = interested[resource] { return known }
        let indices = controllers.indices.filter { controllers[$0].isInterested(in: resource) }
        interested[resource] = indices
        return indices
    }

    private func enqueue(_ index: Int, _ change: StoreChange) {
        let controller = controllers[index]
        let patience = change.resource == controller.watches.first ? .zero : controller.patience
        for key in controller.workKeys(for: change, in: view) { enqueue(Job(controller: index, key: key), after: patience) }
    }

    private func enqueue(_ job: Job, after patience: Duration) {
        guard patience > .zero else { return enqueue(job) }
        guard !queued.contains(job), gathering.insert(job).inserted else { return }
        timeline.schedule(after: patience) { [weak self] in
            self?.gathering.remove(job)
            self?.enqueue(job)
        }
    }

    private func enqueue(_ job: Job) {
        guard queued.insert(job).inserted else { return }
        queue.append(job)
        guard !isScheduled else { return }
        isScheduled = true
        scheduleWork()
    }

    /// Works off one job; the rest, and what this causes, waits for the next turn, so that others get theirs.
    private func workOff() {
        guard let job = queue.popFirst() else { return isScheduled = false }
        queued.remove(job)
        isScheduled = !queue.isEmpty
        if isScheduled { scheduleWork() }
        run(job)
    }

    private func scheduleWork() {
        timeline.schedule(at: timeline.now) { [weak self] in self?.workOff() }
    }

    private func run(_ job: Job) {
        if let appointment = wakeUps.removeValue(forKey: job) { timeline.cancel(appointment) }
        let now = timeline.now
        let result = controllers[job.controller].reconcile(job.key, in: view, at: now)
        let writer = Writer.system(controllers[job.controller].name)
        for write in result.writes {
            do throws(StatusError) {
                _ = try pipeline.perform(write, by: writer, at: now)
            } catch {
                let reaction = controllers[job.controller].refused(error, write, for: job.key, in: view, at: now)
                for write in reaction { _ = try? pipeline.perform(write, by: writer, at: now) }
                return retry(job)
            }
        }
        failures[job] = nil
        if let delay = result.wakeAfter { wake(job, after: delay) }
    }

    /// Tries again with growing delays, as a rate-limited work queue does: 5 ms doubled up to 1000 s.
    private func retry(_ job: Job) {
        let count = failures[job, default: 0]
        failures[job] = count + 1
        wake(job, after: min(.milliseconds(5 << min(count, 18)), .seconds(1000)))
    }

    private func wake(_ job: Job, after delay: Duration) {
        if let appointment = wakeUps[job] { timeline.cancel(appointment) }
        wakeUps[job] = timeline.schedule(after: delay) { [weak self] in
            self?.wakeUps[job] = nil
            self?.enqueue(job)
        }
    }
}
