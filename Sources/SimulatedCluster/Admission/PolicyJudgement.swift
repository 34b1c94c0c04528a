import KubernetesModel

/// What a policy, as bound, says about one write.
struct PolicyJudgement {
    struct Problem {
        let message: String
        let reason: String
    }

    let policy: KubernetesObject
    let binding: KubernetesObject
    let object: KubernetesObject?
    let old: KubernetesObject?
    let context: WriteContext

    var problems: [Problem] {
        let ignoresFailures = policy.spec["failurePolicy"] == "Ignore"
        do throws(ExpressionError) {
            var variables = try self.variables()
            for condition in policy.spec["matchConditions"]?.arrayValue ?? [] {
                if !(try ExpressionEvaluator(variables).flag(Expression(condition["expression"]?.stringValue ?? ""))) { return [] }
            }
            variables["variables"] = try composed(variables)
            var problems: [Problem] = []
            for validation in policy.spec["validations"]?.arrayValue ?? [] {
                guard let problem = problem(with: validation, ExpressionEvaluator(variables), ignoresFailures) else { continue }
                problems.append(problem)
            }
            return problems
        } catch {
            return ignoresFailures ? [] : [Problem(message: "failed to configure policy: \(error)", reason: "Invalid")]
        }
    }

    private func problem(with validation: JSONValue, _ evaluator: ExpressionEvaluator, _ ignoresFailures: Bool) -> Problem? {
        let text = validation["expression"]?.stringValue ?? ""
        let reason = validation["reason"]?.stringValue ?? "Invalid"
        do throws(ExpressionError) {
            if try evaluator.flag(Expression(text)) { return nil }
        } catch {
            return ignoresFailures ? nil : Problem(message: "expression '\(text)' resulted in error: \(error)", reason: reason)
        }
        var message = validation["message"]?.stringValue ?? ""
        if let words = validation["messageExpression"]?.stringValue, let expression = try? Expression(words),
            let told = try? evaluator.value(of: expression).stringValue, !told.isEmpty
        {
            message = told
        }
        return Problem(message: message.isEmpty ? "failed expression: \(text)" : message, reason: reason)
    }

    // MARK: Variables

    private func variables() throws(ExpressionError) -> [String: JSONValue] {
        var variables: [String: JSONValue] = [
            "object": object?.value ?? .null, "oldObject": old?.value ?? .null, "request": request, "params": .null,
        ]
        variables["namespaceObject"] = context.key.namespace.flatMap { context.get("namespaces", $0)?.value } ?? .null
        if let reference = binding.spec["paramRef"] { variables["params"] = try parameters(reference) }
        return variables
    }

    /// Each may use those before it.
    private func composed(_ variables: [String: JSONValue]) throws(ExpressionError) -> JSONValue {
        var variables = variables
        variables["variables"] = [:]
        for variable in policy.spec["variables"]?.arrayValue ?? [] {
            let expression = try Expression(variable["expression"]?.stringValue ?? "")
            let value = try ExpressionEvaluator(variables).value(of: expression)
            variables["variables", default: [:]][variable["name"]?.stringValue ?? ""] = value
        }
        return variables["variables"] ?? [:]
    }

    private func parameters(_ reference: JSONValue) throws(ExpressionError) -> JSONValue {
        let kind = policy.spec["paramKind"]
        let version = GroupVersion(apiVersion: kind?["apiVersion"]?.stringValue ?? "")
        let gvk = GroupVersionKind(group: version.group, version: version.version, kind: kind?["kind"]?.stringValue ?? "")
        let namespace = reference["namespace"]?.stringValue ?? context.key.namespace
        let name = reference["name"]?.stringValue ?? ""
        if let resource = ResourceCatalog.builtIn.resource(for: gvk) {
            let key = ObjectKey(namespace: resource.isNamespaced ? namespace : nil, name: name)
            if let found = context.view.get(resource.groupResource, key) { return found.value }
        }
        if reference["parameterNotFoundAction"] == "Allow" { return .null }
        throw ExpressionError("no params found for policy binding with `Deny` parameterNotFoundAction")
    }

    private var request: JSONValue {
        let (gvk, gvr) = (context.resource.gvk, context.resource.gvr)
        return [
            "operation": .string(context.operation.rawValue), "name": .string(context.key.name),
            "namespace": .string(context.key.namespace ?? ""), "dryRun": .bool(context.isDryRun),
            "subResource": .string(context.subresource ?? ""),
            "kind": ["group": .string(gvk.group), "version": .string(gvk.version), "kind": .string(gvk.kind)],
            "resource": ["group": .string(gvr.group), "version": .string(gvr.version), "resource": .string(gvr.resource)],
            "userInfo": ["username": .string(context.user.name), "groups": JSONValue(context.user.groups)],
        ]
    }
}
