/// How request bodies are compressed.
public enum Compression: Sendable, Hashable, CaseIterable {
    /// No compression.
    case none
    /// Compression in gzip format (RFC 1952).
    case gzip
}
