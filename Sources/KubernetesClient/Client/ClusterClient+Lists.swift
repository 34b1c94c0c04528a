import AsyncHTTPClient
import KubernetesModel
import NIOCore
import NIOHTTP1

/// What a list's document says beside its objects.
struct ListPage: Sendable, Hashable {
    var resourceVersion = ""
    /// Where the next page begins; nil on the last one.
    var continueToken: String?
    /// How many objects follow after this page, where the server counts them.
    var remaining: Int?
}

extension ClusterClient {
    /// Reads a list, handing its objects over as they come in.
    func readList(
        _ call: APICall, parsing: JSONParser.Options, objects: ([KubernetesObject]) async -> Void
    ) async throws(ClientError) -> ListPage {
        let opened = try await open(call)
        guard opened.status == .ok else { throw await failure(opened, of: call) }
        var decoder = ListDecoder()
        var parser = ObjectParser(parsing)
        do {
            for try await part in opened.body {
                contact.heard()
                try opened.checkTime()
                let elements = try part.withUnsafeReadableBytes { try decoder.append($0) }
                if elements.isEmpty { continue }
                if parser.typeMeta == nil { parser.typeMeta = ObjectParser.TypeMeta(listHead: decoder.head()) }
                await objects(try elements.map { try parser.parse($0) })
            }
            let envelope = try decoder.finish()
            let metadata = envelope["metadata"]
            return ListPage(
                resourceVersion: metadata?["resourceVersion"]?.stringValue ?? "",
                continueToken: metadata?["continue"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 },
                remaining: metadata?["remainingItemCount"]?.intValue
            )
        } catch let error as ListDecoder.Failure {
            throw call.error(.notUnderstood(error.description))
        } catch let error as JSONError {
            throw call.error(.notUnderstood(error.description))
        } catch {
            throw call.error(cause(of: error))
        }
    }
}

/// Makes objects out of a list's elements, which do not say their kind: the list does.
struct ObjectParser {
    struct TypeMeta {
        var apiVersion: String
        var kind: String

        /// Reads the type of the elements out of that of the list: `PodList` is a list of `Pod`.
        init(listHead: JSONValue?) {
            apiVersion = listHead?["apiVersion"]?.stringValue ?? ""
            let kind = listHead?["kind"]?.stringValue ?? ""
            self.kind = kind.hasSuffix("List") ? String(kind.dropLast(4)) : ""
        }
    }

    var typeMeta: TypeMeta?
    private var parser: JSONParser

    init(_ options: JSONParser.Options) {
        parser = JSONParser(options: options)
    }

    /// - Throws: `JSONError`.
    mutating func parse(_ bytes: [UInt8]) throws -> KubernetesObject {
        guard case .object(let json) = try parser.parse(bytes) else { return KubernetesObject([:]) }
        guard let typeMeta, !typeMeta.kind.isEmpty, json["kind"] == nil else { return KubernetesObject(json) }
        // In their usual place, in front.
        var object: JSONObject = ["apiVersion": .string(typeMeta.apiVersion), "kind": .string(typeMeta.kind)]
        for (key, value) in json { object[key] = value }
        return KubernetesObject(object)
    }
}
