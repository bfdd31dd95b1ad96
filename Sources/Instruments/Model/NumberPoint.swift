/// A data point of a sum or a gauge.
public struct NumberPoint: Sendable, Equatable {
    // In the order in which they take the least room: a snapshot may have very many points.
    public let attributes: AttributeSet
    /// Start of the interval, in nanoseconds since 1970.
    public let start: UInt64
    /// Measurements that stand as examples of the point.
    public let exemplars: [Exemplar]
    /// Measurements in the point since its series began: tells a silent series from one that
    /// measured the same again. Not part of the data.
    let updates: UInt64
    public let value: Number
    /// The stream that it comes from, 0 if none: tells apart what a merged metric holds. Not part
    /// of the data.
    var stream: UInt32 = 0

    public init(
        attributes: AttributeSet, start: UInt64, value: Number, exemplars: [Exemplar] = []
    ) {
        self.init(
            attributes: attributes, start: start, value: value, updates: 0, exemplars: exemplars)
    }

    init(
        attributes: AttributeSet, start: UInt64, value: Number, updates: UInt64,
        exemplars: [Exemplar] = []
    ) {
        self.attributes = attributes
        self.start = start
        self.value = value
        self.updates = updates
        self.exemplars = exemplars
    }

    public static func == (left: NumberPoint, right: NumberPoint) -> Bool {
        left.attributes == right.attributes && left.start == right.start
            && left.value == right.value && left.exemplars == right.exemplars
    }
}
