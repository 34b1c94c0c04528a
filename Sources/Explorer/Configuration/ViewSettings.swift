import KubernetesModel
import ResourceTables
import Yams

/// How a person wants to see a resource's table: a part of `views.yaml`, in K9s's format.
struct ViewSettings: Sendable, Hashable {
    /// The resource, and behind an `@` the namespaces, as a regular expression.
    var name: String
    /// Where it is set: `views.yaml line 3`.
    var line = ""
    var columns: ViewColumns
    /// `AGE:desc`.
    var sort: TableQuery.Sort?

    static func read(_ document: inout SettingsDocument, into configuration: inout Configuration) {
        for (name, value) in document.entries(under: "views") {
            var view = ViewSettings(name: name, line: document.place(of: value), columns: ViewColumns([]))
            if let place = view.place, (try? Regex(place)) == nil { document.report(value, "\(place) is no regular expression") }
            for (key, setting) in document.entries(of: value, named: name) {
                switch key {
                case "columns":
                    view.columns = ViewColumns(document.texts(setting, of: "\(name).columns"))
                    for problem in view.columns.problems { document.report(setting, problem) }
                case "sortColumn":
                    let text = document.text(setting, of: "\(name).sortColumn")
                    view.sort = text.flatMap(sort)
                    if text != nil, view.sort == nil { document.report(setting, "\(name).sortColumn is COLUMN:asc or COLUMN:desc") }
                default: document.report(setting, "\(key) is no part of a view; there are columns and sortColumn")
                }
            }
            configuration.views.append(view)
        }
    }

    private var parts: [String] { name.split(separator: "@", maxSplits: 1).map(String.init) }
    var resource: String { parts.first ?? "" }
    fileprivate var place: String? { parts.dropFirst().first }

    private static func sort(_ text: String) -> TableQuery.Sort? {
        let parts = text.split(separator: ":").map(String.init)
        guard let column = parts.first, parts.count < 2 || ["asc", "desc"].contains(parts[1]) else { return nil }
        return TableQuery.Sort(column, ascending: parts.dropFirst().first != "desc")
    }
}

extension Configuration {
    /// The view of a resource, by its version and name (`apps/v1/deployments`, `v1/pods`) or any of its names; one for the namespace
    /// (`v1/pods@shop`, a regular expression) before one for all. Of several the first in the file counts.
    func view(of resource: APIResource, in namespace: String?) -> ViewSettings? {
        let matching = views.filter { resource.isMeant(by: $0.resource) }
        let local = matching.first { match in
            guard let place = match.place, let namespace, let pattern = try? Regex(place) else { return false }
            return namespace.wholeMatch(of: pattern) != nil
        }
        return local ?? matching.first { $0.place == nil }
    }
}

extension APIResource {
    /// Whether a settings file means it: by its version and name (`apps/v1/deployments`), or any of its names.
    func isMeant(by name: String) -> Bool {
        let versioned = "\(groupVersion.apiVersion)/\(self.name)"
        return ([versioned, groupResource.description, self.name, singularName, kind.lowercased()] + shortNames).contains(name.lowercased())
    }
}
