import KubernetesModel
import KubernetesSemantics

/// Jobs and cron jobs.
enum BatchRules {
    static func job(_ change: ObjectChange, _ errors: inout [FieldError]) {
        wholeJob(change, &errors)
        if let old = change.oldSpec { jobUpdate(change.spec, old, &errors) }
    }

    private static func wholeJob(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let name = change.new.object("metadata")?.string("name") ?? ""
        if name.utf8.count > 63 { errors.invalid(.metadata["name"], .string(name), "must be no more than 63 characters") }
        jobSpec(change.spec, at: .spec, &errors)
        indexedName(name, change.spec, &errors)
        guard let selector = change.spec.object("selector") else { return errors.required(.spec["selector"]) }
        SelectorRules.validate(selector, at: .spec["selector"], &errors)
        SelectorRules.validate(selector, matches: change.spec.object("template") ?? [:], at: .spec["template"], &errors)
    }

    /// Pods of an indexed Job are called after it and their number.
    private static func indexedName(_ name: String, _ spec: JSONObject, _ errors: inout [FieldError]) {
        guard spec.string("completionMode") == "Indexed", let completions = spec.int("completions"), completions > 0 else { return }
        let last = "\(name)-\(completions - 1)"
        guard !NameRules.label(last).isEmpty else { return }
        errors.invalid(.metadata["name"], .string(name), "will not able to create pod with invalid DNS label: \(last)")
    }

    private static func jobSpec(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in [
            "parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished", "backoffLimitPerIndex",
            "maxFailedIndexes",
        ] {
            errors.checkNonnegative(spec, key, at: path)
        }
        if spec.present("maxFailedIndexes") != nil, spec.present("backoffLimitPerIndex") == nil {
            errors.required(path["backoffLimitPerIndex"], "when maxFailedIndexes is specified")
        }
        errors.checkChoice(spec, "completionMode", ["NonIndexed", "Indexed"], at: path)
        if spec.string("completionMode") == "Indexed" { indexedJob(spec, at: path, &errors) }
        JobPolicyRules.validate(spec, at: path, &errors)
        let template = spec.object("template") ?? [:]
        PodRules.template(template, at: path["template"], &errors)
        let policy = template.object("spec")?.string("restartPolicy") ?? ""
        let policyPath = path["template"]["spec"]["restartPolicy"]
        if ["Always", ""].contains(policy) {
            errors.required(policyPath, "valid values: \"OnFailure\", \"Never\"")
        } else if !["OnFailure", "Never"].contains(policy) {
            errors.append(.notSupported(policyPath, .string(policy), ["OnFailure", "Never"]))
        } else if policy != "Never", spec.object("podFailurePolicy") != nil {
            errors.invalid(policyPath, .string(policy), "only \"Never\" is supported when podFailurePolicy is specified")
        }
    }

    private static let mostIndexes = 100_000
    private static let mostWhenMany = 10_000

    private static func indexedJob(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let (parallelism, failed) = (spec.int("parallelism"), spec.int("maxFailedIndexes"))
        let completions = spec.int("completions")
        if completions == nil { errors.required(path["completions"], "when completion mode is Indexed") }
        func limit(_ value: Int?, _ key: String, _ most: Int, _ end: String) {
            guard let value, value > most else { return }
            errors.invalid(path[key], JSONValue(value), "must be less than or equal to \(most)\(end)")
        }
        limit(parallelism, "parallelism", mostIndexes, " when completion mode is Indexed")
        if let completions, let failed, failed > completions {
            errors.invalid(path["maxFailedIndexes"], JSONValue(failed), "must be less than or equal to completions")
        }
        limit(failed, "maxFailedIndexes", mostIndexes, "")
        guard completions ?? 0 > mostIndexes, spec.present("backoffLimitPerIndex") != nil else { return }
        if failed == nil { errors.required(path["maxFailedIndexes"], "must be specified when completions is above \(mostIndexes)") }
        let end = " when completions are above \(mostIndexes) and used with backoff limit per index"
        limit(parallelism, "parallelism", mostWhenMany, end)
        limit(failed, "maxFailedIndexes", mostWhenMany, end)
    }

    private static func jobUpdate(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        // An indexed job may be resized while it keeps one pod for each index.
        let isResize = new.string("completionMode") == "Indexed" && new["completions"] == new["parallelism"]
        if !isResize { errors.checkUnchanged(new, old, "completions", at: .spec) }
        errors.checkUnchanged(new, old, "selector", at: .spec)
        // Where its pods may run can be changed while a job is suspended.
        if !(new.bool("suspend") && old.bool("suspend")) { errors.checkUnchanged(new, old, "template", at: .spec) }
        for key in ["completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"] {
            errors.checkUnchanged(new, old, key, at: .spec)
        }
    }

    static func cronJob(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let spec = change.spec
        let name = change.new.object("metadata")?.string("name") ?? ""
        schedule(spec, &errors)
        errors.checkNonnegative(spec, "startingDeadlineSeconds", at: .spec)
        let zone = spec["timeZone"]?.stringValue
        if let zone, !TimeZoneNames.isKnown(zone) {
            errors.invalid(
                .spec["timeZone"], .string(zone), zone.isEmpty ? "timeZone must be nil or non-empty string" : "unknown time zone \(zone)")
        }
        errors.checkChoice(spec, "concurrencyPolicy", ["Allow", "Forbid", "Replace"], at: .spec, isRequired: true)
        let job = spec.object("jobTemplate")?.object("spec") ?? [:]
        let path = FieldPath.spec["jobTemplate"]["spec"]
        jobSpec(job, at: path, &errors)
        if let selector = job.present("selector") { errors.invalid(path["selector"], selector, "`selector` will be auto-generated") }
        if job.bool("manualSelector") { errors.append(.notSupported(path["manualSelector"], true, ["nil", "false"])) }
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
