import KubernetesClient
import KubernetesModel
import Testing

@testable import ResourceTables

@Suite struct TableQueryTests {
    private let pods = [
        pod("web-10", restarts: 2, labels: #"{"app":"web"}"#),
        pod("web-9", restarts: 11, waiting: "CrashLoopBackOff", labels: #"{"app":"web"}"#),
        pod("db-0", namespace: "data", labels: #"{"app":"db"}"#),
        pod("Cart-0", restarts: 2),
    ]

    /// The names of what a query wants, in order.
    private func names(_ query: TableQuery) throws -> String {
        let rows = pods.map { podLayout.row(of: $0, now: start) }
        return try RowView(query, columns: podLayout.columns, rows: rows).rows.map(\.key.name).joined(separator: " ")
    }

    @Test("rows are sorted by namespace and name, numbers in names by value, unless told otherwise")
    func defaultOrder() throws {
        #expect(try names(TableQuery()) == "db-0 Cart-0 web-9 web-10")
    }

    @Test("a column sorts by value in either direction, and rows that are equal in it stay ordered by name")
    func sorting() throws {
        #expect(try names(TableQuery(sort: .init("RESTARTS"))) == "db-0 Cart-0 web-10 web-9")
        #expect(try names(TableQuery(sort: .init("RESTARTS", ascending: false))) == "web-9 Cart-0 web-10 db-0")
        #expect(try names(TableQuery(sort: .init("READY"))) == "web-9 db-0 Cart-0 web-10")
    }

    @Test(
        "filters choose rows",
        arguments: [
            ("web", "web-9 web-10"),
            ("WEB", "web-9 web-10"),
            ("!web", "db-0 Cart-0"),
            ("web-[0-9]$", ""),
            ("^data", "db-0"),
            ("crash|cart", "Cart-0 web-9"),
            ("web-9 0/1", "web-9"),
            ("-l app=web", "web-9 web-10"),
            ("app!=web", "db-0 Cart-0"),
            ("-l app in (db)", "db-0"),
            ("-c status=crash", "web-9"),
            ("-c RESTARTS=^2$", "Cart-0 web-10"),
            ("-f wb1", "web-10"),
            ("", "db-0 Cart-0 web-9 web-10"),
        ])
    func filtering(text: String, expected: String) throws {
        #expect(try names(TableQuery(filter: TableFilter(text))) == expected)
    }

    @Test(
        "a namespace that is the same in all rows, and not shown, is not searched",
        arguments: [
            ("shop", "all", "Cart-0 web-9 web-10"), ("shop", "shop", ""), ("^web", "shop", "web-9 web-10"), ("-f sw", "shop", ""),
        ])
    func hiddenNamespace(text: String, namespaces: String, expected: String) throws {
        let choice = try #require(NamespaceChoice(namespaces))
        #expect(try names(TableQuery(filter: TableFilter(text), namespaces: choice)) == expected)
    }

    @Test("ages are not searched, so that rows do not come and go as time passes")
    func ages() throws {
        #expect(try names(TableQuery(filter: .pattern("0s"))) == "")
    }

    @Test("a fuzzy filter puts the best match first")
    func fuzzyOrder() throws {
        let rows = ["xcaxrt", "shop-cart", "cart"].map { podLayout.row(of: pod($0), now: start) }
        let view = try RowView(TableQuery(filter: .fuzzy("cart")), columns: podLayout.columns, rows: rows)
        #expect(view.rows.map(\.key.name) == ["cart", "shop-cart", "xcaxrt"])
    }

    @Test("namespaces and faults narrow a table down")
    func narrowing() throws {
        #expect(try names(TableQuery(namespaces: .only(["data"]))) == "db-0")
        #expect(try names(TableQuery(namespaces: .except(["shop"]))) == "db-0")
        #expect(try names(TableQuery(namespaces: .only(["data", "shop"]))) == "db-0 Cart-0 web-9 web-10")
        #expect(try names(TableQuery(faultsOnly: true)) == "web-9")
    }

    @Test(
        "a selector or a pattern is understood from its text, and told back",
        arguments: [
            ("-l a=b", TableFilter.labels("a=b")),
            ("a=b,c!=d", .labels("a=b,c!=d")),
            ("a = b", .pattern("a = b")),
            ("=b", .pattern("=b")),
            ("! web ", .pattern("web", isInverse: true)),
            ("-f wb", .fuzzy("wb")),
            ("tier in (a, b)", .labels("tier in (a, b)")),
            ("tier notin (a)", .labels("tier notin (a)")),
            ("went in (", .pattern("went in (")),
            ("-c node=a|b", .column("NODE", pattern: "a|b")),
            ("-x", .pattern("-x")),
        ])
    func parsing(text: String, filter: TableFilter) {
        #expect(TableFilter(text) == filter)
        #expect(TableFilter(filter.text) == filter)
    }

    @Test("a view kept up to date change by change equals one made anew, whatever the changes")
    func incremental() throws {
        var random = SeededGenerator(seed: 7)
        let query = TableQuery(sort: .init("RESTARTS", ascending: false), filter: .pattern("a"))
        func row(_ name: String) -> TableRow {
            podLayout.row(of: pod(name, restarts: Int.random(in: 0...3, using: &random)), now: start)
        }
        var rows: [TableRow] = []
        var made = 0
        var view = try RowView(query, columns: podLayout.columns, rows: rows)
        for step in 0..<60 {
            var difference = RowCollection.Difference()
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let place = rows.indices.randomElement(using: &random)
                if let place, Bool.random(using: &random) {
                    let old = rows.remove(at: place)
                    difference.removed.append(old)
                    guard Bool.random(using: &random) else { continue }
                    rows.append(row(old.key.name))
                } else {
                    made += 1
                    rows.append(row("\(["a", "b", "ab"][made % 3])-\(made)"))
                }
                difference.inserted.append(rows[rows.count - 1])
            }
            view.apply(difference)
            let fresh = try RowView(query, columns: podLayout.columns, rows: rows)
            #expect(view.rows.map(ObjectIdentifier.init) == fresh.rows.map(ObjectIdentifier.init), "step \(step), seed 7")
            #expect(view.counts == fresh.counts, "step \(step), seed 7")
            for (index, row) in fresh.rows.enumerated() { #expect(view.index(of: row) == index) }
        }
    }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
