/// Why a document is not a snapshot.
public struct SnapshotProblem: Error, Equatable, CustomStringConvertible {
    /// The place in the document, such as `network_metrics.topics[3].topic`; empty for the whole
    /// document.
    public let place: String
    /// What is wrong at that place.
    public let text: String

    public var description: String { place.isEmpty ? text : "\(place): \(text)" }
}
