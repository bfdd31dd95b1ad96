/// What a collection knows of the points of one metric beside their data, in the order of the points.
struct PointMarks: Sendable, Equatable {
    /// Measurements in each point since its series began: they tell a silent series from one that
    /// measured the same again. Empty if nobody knows them, as in a snapshot that was made by hand;
    /// of histograms, whose counts tell it, they are not kept.
    private(set) var updates: [UInt64]
    /// The stream of each point; one for all if it is the same. Streams tell apart what a merged
    /// metric holds.
    private var streams: [UInt32]

    /// - Parameters:
    ///   - stream: that of all points; 0 if they are from none.
    ///   - updates: one for each point, or none.
    init(stream: UInt32 = 0, updates: [UInt64] = []) {
        self.updates = updates
        streams = [stream]
    }

    /// Marks of no point, to which those of others are added.
    ///
    /// - Parameter marks: of all points that will be added.
    init(joining marks: [PointMarks]) {
        updates = []
        streams = []
        knowsUpdates = marks.allSatisfy { !$0.updates.isEmpty }
    }

    private var knowsUpdates = true

    /// The stream of a point.
    func stream(at index: Int) -> UInt32 {
        streams.count == 1 ? streams[0] : streams[index]
    }

    /// Measurements in a point; nil if nobody knows.
    func updates(at index: Int) -> UInt64? {
        updates.isEmpty ? nil : updates[index]
    }

    /// Adds the marks of one more point.
    mutating func append(_ other: PointMarks, at index: Int) {
        streams.append(other.stream(at: index))
        if knowsUpdates { updates.append(other.updates[index]) }
    }

    /// The point at `place` holds what a point of another metric held, too.
    mutating func join(_ other: PointMarks, at index: Int, to place: Int) {
        if knowsUpdates { updates[place] &+= other.updates[index] }
    }

    /// The marks of the points at these indices.
    func keeping(_ indices: [Int]) -> PointMarks {
        var kept = self
        if !updates.isEmpty { kept.updates = indices.map { updates[$0] } }
        if streams.count > 1 { kept.streams = indices.map { streams[$0] } }
        return kept
    }
}
