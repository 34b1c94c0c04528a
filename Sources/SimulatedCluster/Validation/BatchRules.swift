import KubernetesModel
import KubernetesSemantics

/// Jobs, cron jobs and autoscalers.
enum BatchRules {
    static let rules: [GroupKind: ObjectValidator.Rule] = [
        GroupKind(group: "batch", "Job"): { change, errors in
            job(change, &errors)
            if let old = change.oldSpec { jobUpdate(change.spec, old, &errors) }
        },
        GroupKind(group: "batch", "CronJob"): { change, errors in cronJob(change, &errors) },
        GroupKind(group: "autoscaling", "HorizontalPodAutoscaler"): { change, errors in autoscaler(change.spec, &errors) },
    ]

    private static func job(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let name = change.new.object("metadata")?.string("name") ?? ""
        if name.utf8.count > 63 { errors.invalid(.metadata["name"], .string(name), "must be no more than 63 characters") }
        jobSpec(change.spec, at: .spec, &errors)
        guard let selector = change.spec.object("selector") else { return errors.required(.spec["selector"]) }
        SelectorRules.validate(selector, at: .spec["selector"], &errors)
        SelectorRules.validate(selector, matches: change.spec.object("template") ?? [:], at: .spec["template"], &errors)
    }

    private static func jobSpec(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in ["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished", "backoffLimitPerIndex"] {
            errors.checkNonnegative(spec, key, at: path)
        }
        errors.checkChoice(spec, "completionMode", ["Indexed", "NonIndexed"], at: path)
        if spec.string("completionMode") == "Indexed", spec.present("completions") == nil {
            errors.required(path["completions"], "when completion mode is Indexed")
        }
        let template = spec.object("template") ?? [:]
        PodRules.template(template, at: path["template"], &errors)
        let policy = template.object("spec")?.string("restartPolicy") ?? ""
        if policy == "Always" {
            errors.required(path["template"]["spec"]["restartPolicy"], "valid values: \"OnFailure\", \"Never\"")
        } else if !["OnFailure", "Never"].contains(policy) {
            errors.append(.notSupported(path["template"]["spec"]["restartPolicy"], .string(policy), ["OnFailure", "Never"]))
        }
    }

    private static func jobUpdate(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        // An indexed job may be resized while it keeps one pod for each index.
        let isResize = new.string("completionMode") == "Indexed" && new["completions"] == new["parallelism"]
        if !isResize { errors.checkUnchanged(new, old, "completions", at: .spec) }
        for key in ["selector", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"] {
            errors.checkUnchanged(new, old, key, at: .spec)
        }
        // Where its pods may run can be changed while a job is suspended.
        guard !(new.bool("suspend") && old.bool("suspend")) else { return }
        errors.checkUnchanged(new, old, "template", at: .spec)
    }

    private static func cronJob(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let spec = change.spec
        let name = change.new.object("metadata")?.string("name") ?? ""
        schedule(spec, &errors)
        errors.checkNonnegative(spec, "startingDeadlineSeconds", at: .spec)
        errors.checkChoice(spec, "concurrencyPolicy", ["Allow", "Forbid", "Replace"], at: .spec, isRequired: true)
        let job = spec.object("jobTemplate")?.object("spec") ?? [:]
        jobSpec(job, at: .spec["jobTemplate"]["spec"], &errors)
        errors.checkNonnegative(spec, "successfulJobsHistoryLimit", at: .spec)
        errors.checkNonnegative(spec, "failedJobsHistoryLimit", at: .spec)
        if name.utf8.count > 52 { errors.invalid(.metadata["name"], .string(name), "must be no more than 52 characters") }
    }

    private static func schedule(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let schedule = spec.string("schedule")
        if schedule.isEmpty { return errors.required(.spec["schedule"]) }
        if schedule.contains("TZ") {
            errors.invalid(.spec["schedule"], .string(schedule), "cannot use TZ or CRON_TZ in schedule, use timeZone field instead")
        }
        if let problem = CronExpression.problem(with: schedule) {
            errors.invalid(.spec["schedule"], .string(schedule), problem)
        }
    }

    private static func autoscaler(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let least = spec.int("minReplicas") ?? 1
        if least < 1 { errors.invalid(.spec["minReplicas"], JSONValue(least), "must be greater than or equal to 1") }
        let most = spec.int("maxReplicas") ?? 0
        if most < 1 { errors.invalid(.spec["maxReplicas"], JSONValue(most), "must be greater than 0") }
        if most < least { errors.invalid(.spec["maxReplicas"], JSONValue(most), "must be greater than or equal to `minReplicas`") }
        let target = spec.object("scaleTargetRef") ?? [:]
        for key in ["kind", "name"] { errors.checkRequired(target, key, at: .spec["scaleTargetRef"]) }
        for (index, metric) in spec.objects("metrics").enumerated() where metric.string("type").isEmpty {
            errors.required(.spec["metrics"][index]["type"], "must specify a metric source type")
        }
    }
}
