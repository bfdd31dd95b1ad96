/// What a collection knows of the points of one metric beside their data, in the order of the points.
struct PointMarks: Sendable, Equatable {
    /// Stands for the updates of a point of which nobody knows them.
    private static let unknown = UInt64.max

    /// Measurements in each point since its series began: they tell a silent series from one that
    /// measured the same again. Empty where nobody knows any, as in a snapshot that was made by
    /// hand; of histograms, whose counts tell it, they are not kept.
    private var updates: [UInt64]
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
    static var ofNoPoint: PointMarks {
        var marks = PointMarks()
        marks.streams = []
        return marks
    }

    /// The stream of a point.
    func stream(at index: Int) -> UInt32 {
        streams.count == 1 ? streams[0] : streams[index]
    }

    /// Measurements in a point; nil if nobody knows.
    func updates(at index: Int) -> UInt64? {
        updates.isEmpty || updates[index] == Self.unknown ? nil : updates[index]
    }

    /// Adds the marks of one more point.
    mutating func append(_ other: PointMarks, at index: Int) {
        streams.append(other.stream(at: index))
        updates.append(other.updates(at: index) ?? Self.unknown)
    }

    /// The point at `place` holds what a point of another metric held, too.
    mutating func join(_ other: PointMarks, at index: Int, to place: Int) {
        let sum = updates(at: place).flatMap { own in
            other.updates(at: index).map { own &+ $0 }
        }
        updates[place] = sum ?? Self.unknown
    }

    /// The marks of the points at these indices.
    func keeping(_ indices: [Int]) -> PointMarks {
        var kept = self
        if !updates.isEmpty { kept.updates = indices.map { updates[$0] } }
        if streams.count > 1 { kept.streams = indices.map { streams[$0] } }
        return kept
    }
}
