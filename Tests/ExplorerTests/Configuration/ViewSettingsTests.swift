import KubernetesModel
import ResourceTables
import Testing

@testable import Explorer

@Suite("Views of tables")
struct ViewSettingsTests {
    private func read(_ text: String) -> (configuration: Configuration, problems: [String]) {
        ConfigurationFile.views.read(text, name: "views.yaml")
    }

    @Test("a view is found by any name of its resource, one for the namespace first")
    func lookup() throws {
        let (configuration, problems) = read(
            """
            views:
              v1/pods:
                columns: [NAME, AGE]
                sortColumn: AGE:desc
              v1/pods@kube-.*:
                columns: [NAME]
              deploy:
                sortColumn: READY
            """)
        #expect(problems == [])
        let pods = try #require(ResourceCatalog.builtIn.resource(named: "pods"))
        let deployments = try #require(ResourceCatalog.builtIn.resource(named: "deployments"))
        #expect(configuration.view(of: pods, in: "shop")?.sort == .init("AGE", ascending: false))
        #expect(configuration.view(of: pods, in: "kube-system")?.sort == nil)
        #expect(configuration.view(of: pods, in: "kube-system")?.columns == ViewColumns(["NAME"]))
        #expect(configuration.view(of: deployments, in: nil)?.sort == .init("READY"))
        #expect(configuration.view(of: try #require(ResourceCatalog.builtIn.resource(named: "nodes")), in: nil) == nil)
    }

    @Test("a column of unknown attributes, one in jq and a sort that goes nowhere are told")
    func odd() {
        let text =
            "views:\n  pods:\n    columns: [NAME, 'A|Q', 'J:.spec.containers | map(.name)', 'B:.metadata.name|WR']\n    sortColumn: Z:up\n"
        let read = read(text)
        #expect(
            read.problems == [
                "views.yaml line 3: A|Q is no column",
                "views.yaml line 3: J:.spec.containers | map(.name) is no column: a path is known here, and no jq",
                "views.yaml line 4: pods.sortColumn is COLUMN:asc or COLUMN:desc",
            ])
        #expect(read.configuration.views.first?.sort == nil)
    }

    @Test("what is wrong names file and line")
    func problems() {
        #expect(
            read("views:\n  pods:\n    columns: ['X:[']\n    colour: red\n").problems == [
                "views.yaml line 3: X:[ is no column", "views.yaml line 4: colour is no part of a view; there are columns and sortColumn",
            ])
    }
}
