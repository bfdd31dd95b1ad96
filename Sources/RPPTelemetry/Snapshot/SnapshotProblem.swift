/// Why a document is no snapshot.
public struct SnapshotProblem: Error, Equatable, CustomStringConvertible {
    /// Where in the document, as `network_metrics.topics[3].topic`; empty: the whole of it.
    public let place: String
    /// What is wrong there.
    public let text: String

    public var description: String { place.isEmpty ? text : "\(place): \(text)" }
}
