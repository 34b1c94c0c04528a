import KubernetesClient
import KubernetesModel
import KubernetesSemantics
import ResourceTables
import TextUI

/// Opening the views of resources.
extension Shell {
    /// Opens the table of a resource by any of its names.
    func openResource(_ line: CommandLine) {
        if line.contexts.count > 1 { return openResource(line, ofSeveral: line.contexts) }
        if let context = line.contexts.first, context != session.contextName {
            return switchContext(to: context, then: line.withoutContext)
        }
        openResource(line, of: [session])
    }

    /// Opens what a command shows without leaving the context that is explored, whichever it names.
    func openBeside(_ command: String, isRecorded: Bool) {
        if let line = CommandLine(configuration.expandingAlias(of: command)), !line.contexts.isEmpty, BuiltInCommand.named(line.name) == nil
        {
            openResource(line, ofSeveral: line.contexts)
        } else {
            run(command: command, isRecorded: isRecorded)
        }
    }

    /// Shows the objects of other clusters, in one table, without leaving the one that is explored.
    func openResource(_ line: CommandLine, ofSeveral contexts: [String]) {
        do {
            var seen: Set<String> = []
            openResource(line, of: try contexts.filter { seen.insert($0).inserted }.map(join))
        } catch {
            endUnusedSessions()
            refuse(error, after: "Can't show \(contexts.joined(separator: ", ")): ")
        }
    }

    private func openResource(_ line: CommandLine, of sessions: [ClusterSession]) {
        let catalogs = sessions.map(\.catalog) + [session.catalog]
        guard let resource = catalogs.lazy.compactMap({ $0.resource(named: line.name) }).first else {
            // At the start nothing but Kubernetes's own resources is known.
            if session.serverVersion == nil, !session.connection.isLost { return awaited = (line, nil) }
            // Later it may have been defined since: what is unknown is asked for once more, unless that has just been done.
            if let discovered = session.discovered, discovered.duration(to: now()) > Self.catalogLife, !session.connection.isLost {
                awaited = (line, nil)
                return session.discoverAgain(in: self)
            }
            return refuse("Unknown command or resource: \(line.name)")
        }
        guard resource.supports("list") else {
            return refuse("The server can't list \(resource.name)")
        }
        if let word = line.arguments.first(where: { NamespaceChoice($0) == nil }) {
            return refuse("\(word) is no namespace: shop or shop,db or !shop or all")
        }
        let isOfNamespaces = resource.groupResource == GroupResource(resource: "namespaces")
        if resource.isNamespaced || isOfNamespaces, let obstacle = obstacle(line.namespaces, in: sessions) { return refuse(obstacle) }
        if isOfNamespaces, let namespaces = line.namespaces {
            sessions.forEach { use(namespaces, in: $0) }
            return openTable(podResource, of: sessions, namespaces: namespaces)
        }
        let namespaces = line.namespaces.flatMap { resource.isNamespaced ? $0 : nil }
        if let namespaces { sessions.forEach { use(namespaces, in: $0) } }
        openTable(
            resource, of: sessions, namespaces: namespaces ?? session.namespaces, labelSelector: line.labelSelector,
            filter: TableFilter(line.filter ?? ""),
            replacesTop: false
        )
    }

    /// For how long what the server serves is taken to be all there is.
    private static let catalogLife = Duration.seconds(2)

    /// Opens what was asked for before the server had told what it serves.
    func openAwaited() {
        if awaitsViews { reopenAwaitedViews() }
        guard let command = awaited else { return }
        awaited = nil
        execute(command.line, remembering: command.text)
    }

    /// What a session begins with.
    func openFirstScreen() {
        push(OverviewScreen(shell: self))
    }

    /// Goes back to the overview where there is one already.
    func openOverview(of wanted: NamespaceChoice?) {
        if let obstacle = obstacle(wanted, in: [session]) { return refuse(obstacle) }
        let open = screens.lastIndex { $0 is OverviewScreen }
        if let open { pop(to: open) }
        let isOther = wanted.map { $0 != session.namespaces } ?? false
        if let wanted { session.namespaces = wanted }
        if open == nil { push(OverviewScreen(shell: self)) } else if isOther { replaceTop(with: OverviewScreen(shell: self)) }
    }

    var podResource: APIResource {
        let pods = GroupVersionResource(resource: "pods")
        return session.catalog.resource(pods) ?? APIResource(groupVersion: pods.groupVersion, name: "pods", kind: "Pod", isNamespaced: true)
    }

    /// - Parameters:
    ///   - sessions: nil stands for the cluster that keys are about.
    ///   - selected: what the cursor stands on as soon as it is there.
    ///   - replacesTop: whether the table takes the place of the visible screen, as when only the namespace changes.
    func openTable(
        _ resource: APIResource, of sessions: [ClusterSession]? = nil, namespaces: NamespaceChoice, labelSelector: String? = nil,
        fieldSelector: String? = nil,
        filter: TableFilter = .everything, relation: RowRelation? = nil, selecting selected: ObjectKey? = nil, replacesTop: Bool = false
    ) {
        let isEvents = resource.name == "events"
        let filter = filter == .everything && relation == nil && selected == nil ? pinnedFilter ?? .everything : filter
        let query = TableQuery(sort: isEvents ? .init("LAST SEEN") : nil, filter: filter, relation: relation)
        sessions?.forEach { $0.namespaces = namespaces }
        let model = TableModel(
            resource, of: sessions, namespaces: namespaces, labelSelector: labelSelector, fieldSelector: fieldSelector, countsPods: true,
            query: query, selecting: selected, shell: self
        )
        let place = resource.isNamespaced ? [namespaces.text] : []
        let several = model.isAtHome ? [] : [model.sessions.map { "@" + $0.contextName }.joined(separator: ",")]
        // What cannot be typed can't be opened again.
        let isTyped = fieldSelector == nil && relation == nil
        let command = ([resource.groupResource.description] + place + several + [labelSelector.map(CommandLine.quoted)].compactMap(\.self))
            .joined(separator: " ")
        let new = TableScreen(model, command: isTyped ? command : nil, shell: self)
        if replacesTop { replaceTop(with: new) } else { push(new) }
    }

    /// Opens the visible table anew, with the columns that are set by now.
    func reopenTable() {
        guard let model = (screen as? TableScreen)?.model, model.conditions == nil else { return }
        openTable(
            model.resource, of: model.sessions, namespaces: model.query.namespaces, labelSelector: model.scope.labelSelector,
            fieldSelector: model.scope.fieldSelector, filter: model.query.filter, relation: model.query.relation,
            selecting: model.selectedRow?.id.key, replacesTop: true)
    }

    /// A pinned filter goes along to every table that is opened.
    func togglePin(_ filter: TableFilter) {
        if pinnedFilter != nil {
            pinnedFilter = nil
            report(.info, "The filter is kept no longer")
        } else if filter != .everything {
            pinnedFilter = filter
            report(.info, "Tables open with /\(filter.text) from now on")
        } else {
            report(.info, "There is no filter to keep")
        }
    }

    // MARK: Going deeper

    /// What Enter does on a row: where a person's own jump leads, else to what is behind it, or its description where nothing is.
    func open(_ row: TableRow?, of resource: APIResource) {
        guard let row else { return }
        if let jump = configuration.jump(from: resource), row.id != TableModel.everything {
            return follow(jump, from: ObjectTarget(resource: resource, namespace: row.key.namespace, name: row.key.name))
        }
        let namespaces = row.key.namespace.map { NamespaceChoice.only([$0]) } ?? .all
        switch resource.groupResource.description {
        case "pods": push(ContainersScreen(pod: row.key, shell: self))
        case "nodes": openTable(podResource, namespaces: .all, fieldSelector: "spec.nodeName=\(row.key.name)")
        case "namespaces" where row.id == TableModel.everything:
            use(.all, in: session)
            openTable(podResource, of: [session], namespaces: .all)
        case "namespaces":
            use(.only([row.key.name]), in: session)
            openTable(podResource, of: [session], namespaces: session.namespaces)
        case "cronjobs.batch": openOwned(by: row, "jobs.batch", in: namespaces)
        case "customresourcedefinitions.apiextensions.k8s.io": run(command: row.key.name)
        case "serviceaccounts": openPolicy(of: AccessSubject(.serviceAccount, namespace: row.key.namespace, name: row.key.name))
        case "roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io":
            openRules(of: ObjectTarget(resource: resource, namespace: row.key.namespace, name: row.key.name))
        case "events", "events.events.k8s.io": describe(row.links.regarding)
        default:
            if let selector = row.links.podSelector, !selector.isEmpty {
                openTable(podResource, namespaces: namespaces, labelSelector: selector)
            } else {
                perform("object.describe")
            }
        }
    }

    private func openOwned(by row: TableRow, _ name: String, in namespaces: NamespaceChoice) {
        guard let resource = session.catalog.resource(named: name) else { return }
        openTable(resource, namespaces: namespaces, relation: .ownedBy(uid: row.uid))
    }

    func openOwner(of row: TableRow?) {
        guard let row else { return }
        guard let owner = row.owner else { return report(.info, "\(row.key.name) has no owner") }
        let reference = ObjectReference(apiVersion: owner.apiVersion, kind: owner.kind, namespace: row.key.namespace, name: owner.name)
        guard let resource = session.catalog.resource(for: GroupVersionKind(apiVersion: owner.apiVersion, kind: owner.kind)),
            resource.supports("list")
        else { return describe(reference) }
        let namespace = resource.isNamespaced ? row.key.namespace : nil
        openTable(
            resource, namespaces: namespace.map { .only([$0]) } ?? .all,
            selecting: ObjectKey(namespace: namespace, name: owner.name))
    }

    func describe(_ reference: ObjectReference?) {
        guard let reference else { return }
        let kind = GroupVersionKind(apiVersion: reference.apiVersion.isEmpty ? "v1" : reference.apiVersion, kind: reference.kind)
        guard let resource = session.catalog.resource(for: kind) else {
            return report(.warning, "The server does not serve \(kind)")
        }
        let target = ObjectTarget(resource: resource, namespace: reference.namespace, name: reference.name)
        push(DocumentScreen(target, content: .description, shell: self))
    }
}

extension CommandLine {
    /// The line for the context that it names.
    var withoutContext: String {
        let filter = filter.map { "/" + $0 }
        return ([name] + arguments + [labelSelector.map(Self.quoted), filter].compactMap { $0 }).joined(separator: " ")
    }
}
