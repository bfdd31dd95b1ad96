internal import RPPTelemetry

/// A number of bytes for each topic.
struct TopicBytes: Equatable, Sendable {
    private var counts = [Int](repeating: 0, count: GossipTopic.allCases.count)

    subscript(topic: GossipTopic) -> Int {
        get { counts[topic.rawValue] }
        set { counts[topic.rawValue] = newValue }
    }

    var total: Int { counts.reduce(0, +) }

    /// The topics that have bytes, in the order of the topics.
    var nonZero: [(topic: GossipTopic, count: Int)] {
        GossipTopic.allCases.filter { self[$0] > 0 }.map { ($0, self[$0]) }
    }
}
