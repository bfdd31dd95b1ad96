/// How request bodies are compressed.
public enum Compression: Sendable, Hashable, CaseIterable {
    case none
    case gzip
}
