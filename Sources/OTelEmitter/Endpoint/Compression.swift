/// How request bodies are compressed.
public enum Compression: Sendable, Hashable, CaseIterable {
    /// Not at all.
    case none
    /// With gzip.
    case gzip
}
