import KubernetesModel

/// What the body of a request says, in the language that its media type names.
struct BodyDocument: Sendable {
    enum Failure: Error {
        case json(any Error)
        case yaml(YAMLError)
        case protobuf(ProtobufError)

        var cause: any Error {
            switch self {
            case .json(let error): error
            case .yaml(let error): error
            case .protobuf(let error): error
            }
        }
    }

    let value: Result<JSONValue, Failure>
    /// The paths of members that stood twice.
    private(set) var duplicates: [String] = []

    /// Nil for a type that no document is written in.
    init?(_ body: [UInt8], mediaType: String) {
        switch mediaType {
        case "application/yaml": value = Self.yaml(body)
        case "application/vnd.kubernetes.protobuf": value = Self.protobuf(body)
        case PatchRequest.Kind.apply.rawValue: value = (try? JSONParser.parse(body)).map(Result.success) ?? Self.yaml(body)
        case "application/json", "", PatchRequest.Kind.json.rawValue, PatchRequest.Kind.merge.rawValue,
            PatchRequest.Kind.strategic.rawValue:
            var parser = JSONParser(options: JSONParser.Options(reportsDuplicates: true))
            do {
                value = .success(try parser.parse(body))
                duplicates = parser.duplicates
            } catch {
                value = .failure(.json(error))
            }
        default: return nil
        }
    }

    private static func yaml(_ body: [UInt8]) -> Result<JSONValue, Failure> {
        do throws(YAMLError) {
            return .success(try YAML.parse(String(decoding: body, as: UTF8.self)).first ?? .null)
        } catch {
            return .failure(.yaml(error))
        }
    }

    private static func protobuf(_ body: [UInt8]) -> Result<JSONValue, Failure> {
        do throws(ProtobufError) {
            return .success(try ProtobufDecoder.decode(body).value)
        } catch {
            return .failure(.protobuf(error))
        }
    }
}
