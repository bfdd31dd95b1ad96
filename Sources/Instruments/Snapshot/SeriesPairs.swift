/// A point that may have a predecessor in an earlier collection.
struct SeriesPair<Point> {
    let point: Point
    /// Measurements in the point; nil if nobody knows.
    let updates: UInt64?
    /// The same series in the earlier collection; nil if it was not there, or has begun anew since.
    let before: Point?
    let updatesBefore: UInt64?
}

/// The points of a metric, each with that of the same series in the earlier collection.
struct SeriesPairs<Point: SeriesPoint> {
    private let pairs: [SeriesPair<Point>]

    private struct Key: Hashable {
        let attributes: AttributeSet
        let stream: UInt32
    }

    /// - Parameters:
    ///   - points: those of the later collection, with their marks.
    ///   - old: those of the earlier one.
    init(_ points: [Point], _ marks: PointMarks, _ old: [(points: [Point], marks: PointMarks)]) {
        self.init(points, marks, Self.known(old))
    }

    private init(
        _ points: [Point], _ marks: PointMarks, _ known: [Key: (point: Point, updates: UInt64?)]
    ) {
        pairs = points.enumerated().map { index, point in
            let found = known[Key(attributes: point.attributes, stream: marks.stream(at: index))]
            let before = found?.point.start == point.start ? found : nil
            return SeriesPair(
                point: point, updates: marks.updates(at: index), before: before?.point,
                updatesBefore: before?.updates)
        }
    }

    private static func known(
        _ old: [(points: [Point], marks: PointMarks)]
    ) -> [Key: (point: Point, updates: UInt64?)] {
        var known: [Key: (point: Point, updates: UInt64?)] = [:]
        for (points, marks) in old {
            for (index, point) in points.enumerated() {
                let key = Key(attributes: point.attributes, stream: marks.stream(at: index))
                if known[key] == nil { known[key] = (point, marks.updates(at: index)) }
            }
        }
        return known
    }

    func compactMap(_ difference: (SeriesPair<Point>) -> Point?) -> [Point] {
        pairs.compactMap(difference)
    }
}

extension SeriesPairs where Point == NumberPoint {
    /// - Parameter held: series that the earlier collection could not observe.
    init(
        _ points: [Point], _ marks: PointMarks, _ old: [(points: [Point], marks: PointMarks)],
        held: [HeldPoint]
    ) {
        var known = Self.known(old)
        for series in held {
            let key = Key(attributes: series.point.attributes, stream: series.stream)
            if known[key] == nil { known[key] = (series.point, series.updates) }
        }
        self.init(points, marks, known)
    }
}

/// What tells a series in two collections.
protocol SeriesPoint {
    var attributes: AttributeSet { get }
    var start: UInt64 { get }
}

extension NumberPoint: SeriesPoint {}
extension HistogramPoint: SeriesPoint {}
extension ExponentialHistogramPoint: SeriesPoint {}

extension SeriesPair where Point == NumberPoint {
    /// Whether nothing was measured between the two. An add under way may show in the value and not
    /// in the number of updates.
    private var isUnchanged: Bool { updates == updatesBefore && point.value == before?.value }

    /// A level, if it was recorded again, or if nobody knows.
    ///
    /// - Parameter isOfOneInstant: whether both collections are the same one, so that nothing can
    ///   have been recorded between them.
    func level(isOfOneInstant: Bool) -> NumberPoint? {
        isUnchanged && (updates != nil || isOfOneInstant) ? nil : point
    }

    /// What was added since.
    func amount(_ interval: DifferenceInterval) -> NumberPoint? {
        if isUnchanged { return nil }
        let difference: Number =
            switch (point.value, before?.value) {
            case (let now, nil): now
            case (.int(let now), .int(let then)): .int(now.subtractingSaturating(then))
            case (let now, let then?): .double((now.asDouble - then.asDouble).heldFinite)
            }
        return NumberPoint(
            attributes: point.attributes, start: interval.start(of: point.start),
            value: difference, exemplars: interval.own(point.exemplars))
    }
}

extension SeriesPair where Point == HistogramPoint {
    /// What was recorded since.
    func records(_ interval: DifferenceInterval) -> HistogramPoint? {
        if point.count == before?.count { return nil }
        let counts = before.map { before in
            zip(point.bucketCounts, before.bucketCounts).map { $0 &- $1 }
        }
        return HistogramPoint(
            attributes: point.attributes, start: interval.start(of: point.start),
            count: point.count &- (before?.count ?? 0),
            sum: point.sum.map { ($0 - (before?.sum ?? 0)).heldFinite },
            minimum: before == nil ? point.minimum : nil,
            maximum: before == nil ? point.maximum : nil,
            bucketCounts: counts ?? point.bucketCounts, exemplars: interval.own(point.exemplars))
    }
}

extension SeriesPair where Point == ExponentialHistogramPoint {
    /// What was recorded since.
    func records(_ interval: DifferenceInterval) -> ExponentialHistogramPoint? {
        if point.count == before?.count { return nil }
        var rest = point.contents(zeroUpTo: point.zeroThreshold)
        if let before { rest.subtract(before.contents(zeroUpTo: point.zeroThreshold)) }
        return ExponentialHistogramPoint(
            attributes: point.attributes, start: interval.start(of: point.start),
            count: point.count &- (before?.count ?? 0),
            sum: point.sum.map { ($0 - (before?.sum ?? 0)).heldFinite },
            minimum: before == nil ? point.minimum : nil,
            maximum: before == nil ? point.maximum : nil,
            scale: point.scale, zeroCount: rest.zeroCount, positive: rest.positive,
            negative: rest.negative, zeroThreshold: point.zeroThreshold,
            exemplars: interval.own(point.exemplars))
    }
}
