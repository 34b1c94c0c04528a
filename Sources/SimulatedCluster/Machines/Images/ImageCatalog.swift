import KubernetesModel

/// What the registries of a simulated world hold, and what runs in a container of each image: data, from `images.yaml`.
struct ImageCatalog: Sendable {
    /// One image, whatever its tag.
    struct Image: Sendable {
        /// Registry and repository, as in `ImageReference.name`.
        var name: String
        /// Nil when every tag exists.
        var tags: [String]?
        /// The name of a built-in program.
        var program: String
        var parameters: JSONValue
        /// The program's file name, for containers whose command names it.
        var binary: String?
        var hasShell: Bool
        /// The numeric user it runs as; 0 is root.
        var user: Int
        var megabytes: Int
        /// What the program takes in memory for being there, in bytes.
        var memory: Int

        static let usualMemory = 20 << 20
    }

    var images: [String: Image]
    /// References that every node has from the start.
    var present: Set<String>
    /// Whether registries can be reached at all.
    var canPull: Bool

    init(images: [Image] = [], present: Set<String> = [], canPull: Bool = true) {
        self.images = Dictionary(images.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
        self.present = present
        self.canPull = canPull
    }

    /// Reads the list `images` of a data file.
    init(_ document: JSONValue) {
        let images = document["images"]?.arrayValue?.compactMap(Image.init) ?? []
        let present = document["present"]?.arrayValue?.compactMap(\.stringValue) ?? []
        self.init(images: images, present: Set(present), canPull: document["canPull"]?.boolValue ?? true)
    }

    /// This catalogue with another's images, presence and reachability over it.
    func merging(_ other: ImageCatalog) -> ImageCatalog {
        var merged = self
        merged.images.merge(other.images) { _, last in last }
        merged.present.formUnion(other.present)
        merged.canPull = other.canPull
        return merged
    }

    func image(_ reference: ImageReference) -> Image? {
        images[reference.name]
    }

    private static let knownRegistries: Set<String> = [
        "docker.io", "gcr.io", "ghcr.io", "mcr.microsoft.com", "public.ecr.aws", "quay.io", "registry.k8s.io",
    ]

    /// Why a pull fails, in containerd's words; nil when it doesn't.
    func pullFailure(_ reference: ImageReference) -> String? {
        let failed = "failed to pull and unpack image \"\(reference)\": failed to resolve reference \"\(reference)\": "
        let denied =
            failed + "pull access denied, repository does not exist or may require authorization: "
            + "server message: insufficient_scope: authorization failed"
        if let image = image(reference) {
            guard let tags = image.tags, reference.digest == nil, !tags.contains(reference.tag) else { return nil }
            return failed + "\(reference): not found"
        }
        guard canPull else { return denied }
        if Self.knownRegistries.contains(reference.registry) { return nil }
        return failed
            + "failed to do request: Head \"https://\(reference.registry)/v2/\(reference.repository)/manifests/\(reference.tag)\": "
            + "dial tcp: lookup \(reference.registry): no such host"
    }
}

extension ImageCatalog.Image {
    private static let memories = [
        "coredns": 28 << 20, "pause": 600 << 10, "postgres": 118 << 20, "redis": 14 << 20, "shell": 1_300 << 10,
        "web": 11 << 20,
    ]

    init?(_ json: JSONValue) {
        guard let name = json["name"]?.stringValue, let program = json["program"]?.stringValue else { return nil }
        self.name = name
        self.program = program
        tags = json["tags"]?.arrayValue?.compactMap(\.stringValue)
        parameters = json["parameters"] ?? .null
        binary = json["binary"]?.stringValue
        hasShell = json["shell"]?.boolValue ?? false
        user = json["user"]?.intValue ?? 0
        megabytes = json["megabytes"]?.intValue ?? 20
        // A program of one's own takes about as much as there is of it, and some more.
        memory = Quantity(json["memory"])?.value ?? Self.memories[program] ?? Self.usualMemory + megabytes << 20
    }
}
