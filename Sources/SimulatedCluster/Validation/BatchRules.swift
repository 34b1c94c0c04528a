import KubernetesModel
import KubernetesSemantics

/// Jobs and cron jobs.
enum BatchRules {
    static let rules: [GroupKind: ObjectValidator.Rule] = [
        GroupKind(group: "batch", "Job"): { change, errors in
            job(change, &errors)
            if let old = change.oldSpec { jobUpdate(change.spec, old, &errors) }
        },
        GroupKind(group: "batch", "CronJob"): { change, errors in cronJob(change, &errors) },
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
        jobPolicies(spec, at: path, &errors)
        let template = spec.object("template") ?? [:]
        PodRules.template(template, at: path["template"], &errors)
        let policy = template.object("spec")?.string("restartPolicy") ?? ""
        if policy == "Always" {
            errors.required(path["template"]["spec"]["restartPolicy"], "valid values: \"OnFailure\", \"Never\"")
        } else if !["OnFailure", "Never"].contains(policy) {
            errors.append(.notSupported(path["template"]["spec"]["restartPolicy"], .string(policy), ["OnFailure", "Never"]))
        }
    }

    private static func jobPolicies(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let isIndexed = spec.string("completionMode") == "Indexed"
        if !isIndexed, let limit = spec.present("backoffLimitPerIndex") {
            errors.invalid(path["backoffLimitPerIndex"], limit, "requires indexed completion mode")
        }
        if let most = spec.present("maxFailedIndexes"), spec.present("backoffLimitPerIndex") == nil {
            errors.required(path["backoffLimitPerIndex"], "when maxFailedIndexes is specified")
            if !isIndexed { errors.invalid(path["maxFailedIndexes"], most, "requires indexed completion mode") }
        }
        let failure = path["podFailurePolicy"]["rules"]
        for (index, rule) in (spec.object("podFailurePolicy")?.objects("rules") ?? []).enumerated() {
            errors.checkChoice(rule, "action", ["Count", "FailIndex", "FailJob", "Ignore"], at: failure[index], isRequired: true)
            if rule.present("onExitCodes") == nil, rule.objects("onPodConditions").isEmpty {
                errors.invalid(failure[index], nil, "specifying one of OnExitCodes and OnPodConditions is required")
            }
        }
        let replacements = spec.present("podFailurePolicy") == nil ? ["Failed", "TerminatingOrFailed"] : ["Failed"]
        errors.checkChoice(spec, "podReplacementPolicy", replacements, at: path)
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
        let zone = spec["timeZone"]?.stringValue
        if let zone, !TimeZoneNames.isKnown(zone) {
            errors.invalid(.spec["timeZone"], .string(zone), zone.isEmpty ? "timeZone must be nil or non-empty string" : "unknown time zone \(zone)")
        }
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
        // The zone before the fields is refused above, and not read as one of them.
        let fields = schedule.split(separator: " ").drop { $0.hasPrefix("TZ=") || $0.hasPrefix("CRON_TZ=") }.joined(separator: " ")
        if let problem = CronExpression.problem(with: fields) {
            errors.invalid(.spec["schedule"], .string(schedule), problem)
        }
    }
}
