import Testing

@testable import KubernetesModel

/// Writes protobuf by hand, field by field.
private struct Message {
    var bytes: [UInt8] = []

    private mutating func varint(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(value & 0x7F) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }

    func number(_ field: Int, _ value: Int) -> Message {
        var copy = self
        copy.varint(UInt64(field << 3))
        copy.varint(UInt64(bitPattern: Int64(value)))
        return copy
    }

    func data(_ field: Int, _ content: [UInt8]) -> Message {
        var copy = self
        copy.varint(UInt64(field << 3 | 2))
        copy.varint(UInt64(content.count))
        copy.bytes += content
        return copy
    }

    func text(_ field: Int, _ text: String) -> Message { data(field, Array(text.utf8)) }
    func message(_ field: Int, _ message: Message) -> Message { data(field, message.bytes) }
}

@Suite struct ProtobufDecoderTests {
    private static func envelope(_ apiVersion: String, _ kind: String, _ message: Message) -> [UInt8] {
        let type = Message().text(1, apiVersion).text(2, kind)
        return ProtobufDecoder.magic + Message().message(1, type).message(2, message).text(3, "").text(4, "").bytes
    }

    private static let pod = envelope(
        "v1", "Pod",
        Message()
            .message(1, Message().text(1, "web").text(3, "").message(8, Message()).message(11, Message().text(1, "app").text(2, "x")))
            .message(
                2,
                Message()
                    .message(1, Message().text(1, "v").message(2, Message().message(1, Message().text(1, "/tmp"))))
                    .message(
                        2,
                        Message().text(1, "c").text(2, "nginx")
                            .message(6, Message().number(3, 80))
                            .message(8, Message().message(1, Message().text(1, "cpu").message(2, Message().text(1, "1"))))
                            .message(
                                10,
                                Message().message(
                                    1, Message().message(2, Message().text(1, "/").message(2, Message().number(1, 1).text(3, "http")))))
                    )
                    .number(4, -1)))

    @Test("a pod is decoded with its maps, embedded messages and special values")
    func decoding() throws {
        let pod = try ProtobufDecoder.decode(Self.pod)
        #expect(
            pod.value == [
                "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "web", "creationTimestamp": .null, "labels": ["app": "x"]],
                "spec": [
                    "volumes": [["name": "v", "hostPath": ["path": "/tmp"]]],
                    "containers": [
                        [
                            "name": "c", "image": "nginx", "ports": [["containerPort": 80]], "resources": ["limits": ["cpu": "1"]],
                            "livenessProbe": ["httpGet": ["path": "/", "port": "http"]],
                        ]
                    ],
                    "terminationGracePeriodSeconds": -1,
                ],
            ])
    }

    @Test("secrets, reviews and options are decoded")
    func others() throws {
        let secret = Self.envelope("v1", "Secret", Message().message(2, Message().text(1, "k").text(2, "hello")))
        #expect(try ProtobufDecoder.decode(secret)["data"] == ["k": "aGVsbG8="])
        let review = Self.envelope(
            "authorization.k8s.io/v1", "SelfSubjectAccessReview",
            Message().message(2, Message().message(1, Message().text(2, "list").text(5, "pods"))))
        #expect(try ProtobufDecoder.decode(review)["spec", "resourceAttributes", "verb"] == "list")
        let options = Self.envelope("policy/v1", "DeleteOptions", Message().number(1, 5).text(4, "Background"))
        #expect(try ProtobufDecoder.decode(options)["gracePeriodSeconds"] == 5)
        #expect(try ProtobufDecoder.decode(options)["propagationPolicy"] == "Background")
    }

    @Test("unknown kinds and cut-off bytes are errors")
    func refusal() {
        #expect(throws: ProtobufError.self) { try ProtobufDecoder.decode([1, 2, 3]) }
        #expect(throws: ProtobufError.self) { try ProtobufDecoder.decode(Self.envelope("x/v1", "Nothing", Message())) }
        #expect(throws: ProtobufError.self) { try ProtobufDecoder.decode(Array(Self.pod.dropLast(5))) }
    }

    @Test("no bytes trap")
    func fuzzing() {
        var random = SplitMix(seed: 9)
        for _ in 0..<10_000 {
            var bytes = Self.pod
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 4..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? ProtobufDecoder.decode(bytes)
        }
    }

    @Test("bytes become Base64", arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
    func base64(text: String, expected: String) {
        #expect(Base64.encode(Array(text.utf8)) == expected)
    }

    @Test("a time that can't be held is refused", arguments: [-62_135_596_800, Int.min, Int.max])
    func impossibleTimes(seconds: Int) {
        let metadata = Message().text(1, "c").message(8, Message().number(1, seconds))
        let bytes = Self.envelope("v1", "ConfigMap", Message().message(1, metadata))
        #expect(throws: ProtobufError.self) { try ProtobufDecoder.decode(bytes) }
    }

    @Test("what is embedded as JSON can't make an object deeper than can be read again")
    func embeddedDepth() throws {
        func bytes(_ depth: Int) -> [UInt8] {
            let json = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            return Self.envelope("apps/v1", "ControllerRevision", Message().message(2, Message().text(1, json)))
        }
        #expect(try ProtobufDecoder.decode(bytes(500))["data"]?.depth == 500)
        #expect(throws: ProtobufError.self) { try ProtobufDecoder.decode(bytes(512)) }
    }
}
