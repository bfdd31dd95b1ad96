/// A point that can be added to another one of the same attributes.
protocol JoinablePoint {
    var attributes: AttributeSet { get }

    /// What both hold, since the earlier start.
    func adding(_ other: Self) -> Self
}

/// The points of several metrics as those of one, in which each attribute set has one point.
struct JoinedPoints<Point: JoinablePoint> {
    private(set) var points: [Point] = []
    /// Those of the points, each that of the first point that is in it.
    private(set) var marks = PointMarks.ofNoPoint
    /// Whether all points are as they were.
    private(set) var isPlain = true

    /// - Parameter lists: of each metric the points and their marks.
    init(_ lists: [(points: [Point], marks: PointMarks)]) {
        points.reserveCapacity(lists.reduce(0) { $0 + $1.points.count })
        var places: [AttributeSet: Int] = [:]
        for list in lists {
            for (index, point) in list.points.enumerated() {
                if let place = places[point.attributes] {
                    points[place] = points[place].adding(point)
                    marks.join(list.marks, at: index, to: place)
                    isPlain = false
                } else {
                    places[point.attributes] = points.count
                    points.append(point)
                    marks.append(list.marks, at: index)
                }
            }
        }
    }
}

extension NumberPoint: JoinablePoint {
    func adding(_ other: NumberPoint) -> NumberPoint {
        NumberPoint(
            attributes: attributes, start: min(start, other.start),
            value: value.adding(other.value),
            exemplars: exemplars.joined(with: other.exemplars))
    }
}

extension HistogramPoint: JoinablePoint {
    /// Both have the same bounds.
    func adding(_ other: HistogramPoint) -> HistogramPoint {
        let extremes = Extremes(of: self, and: other)
        let (long, short) =
            bucketCounts.count < other.bucketCounts.count
            ? (other.bucketCounts, bucketCounts) : (bucketCounts, other.bucketCounts)
        var counts = long
        for (bucket, count) in short.enumerated() { counts[bucket] &+= count }
        return HistogramPoint(
            attributes: attributes, start: min(start, other.start), count: count &+ other.count,
            sum: sum.flatMap { sum in other.sum.map { (sum + $0).heldFinite } },
            minimum: extremes.minimum, maximum: extremes.maximum, bucketCounts: counts,
            exemplars: exemplars.joined(with: other.exemplars))
    }

    /// The same records in buckets of `bounds`, of which `own`, the bounds until now, has all.
    func coarser(from own: [Double], to bounds: [Double]) -> HistogramPoint {
        var counts = [UInt64](repeating: 0, count: bounds.count + 1)
        var place = 0
        for (bucket, count) in bucketCounts.enumerated() {
            if bucket < own.count {
                while place < bounds.count, bounds[place] < own[bucket] { place += 1 }
            } else {
                place = bounds.count
            }
            counts[place] &+= count
        }
        return HistogramPoint(
            attributes: attributes, start: start, count: count, sum: sum, minimum: minimum,
            maximum: maximum, bucketCounts: counts, exemplars: exemplars)
    }
}

extension ExponentialHistogramPoint: JoinablePoint {
    /// Points of producers may lie where they can't be added; then the first stays.
    func adding(_ other: ExponentialHistogramPoint) -> ExponentialHistogramPoint {
        let threshold = max(zeroThreshold, other.zeroThreshold)
        guard let left = joinable(zeroUpTo: threshold),
            let right = other.joinable(zeroUpTo: threshold)
        else { return self }
        let extremes = Extremes(of: self, and: other)
        let ranges = [positive, negative, other.positive, other.negative]
        var total = left
        total.add(right, size: ranges.reduce(Self.usualSize) { max($0, $1.counts.count) })
        return ExponentialHistogramPoint(
            attributes: attributes, start: min(start, other.start), count: count &+ other.count,
            sum: sum.flatMap { sum in other.sum.map { (sum + $0).heldFinite } },
            minimum: extremes.minimum, maximum: extremes.maximum, scale: total.scale,
            zeroCount: total.zeroCount, positive: total.positive, negative: total.negative,
            zeroThreshold: threshold,
            exemplars: exemplars.joined(with: other.exemplars))
    }

    /// Buckets that the sum of two points may have, unless one of them has more.
    private static var usualSize: Int { 160 }

    /// Nil if scale or ranges are none that an instrument has.
    private func joinable(zeroUpTo threshold: Double) -> ExponentialContents? {
        let isPossible = [positive, negative].allSatisfy { range in
            Int(range.offset) + range.counts.count <= Int(Int32.max)
        }
        guard isPossible, (-64...64).contains(scale) else { return nil }
        return contents(zeroUpTo: threshold)
    }
}

/// A histogram's point as far as its extremes are concerned.
private protocol ExtremesPoint {
    var count: UInt64 { get }
    var minimum: Double? { get }
    var maximum: Double? { get }
}

extension HistogramPoint: ExtremesPoint {}
extension ExponentialHistogramPoint: ExtremesPoint {}

/// The extremes of two points; unknown if those of a point with records are.
private struct Extremes {
    let minimum: Double?
    let maximum: Double?

    init(of left: some ExtremesPoint, and right: some ExtremesPoint) {
        let points: [any ExtremesPoint] = [left, right].filter { $0.count > 0 }
        let minima = points.compactMap(\.minimum)
        let maxima = points.compactMap(\.maximum)
        minimum = minima.count == points.count ? minima.min() : nil
        maximum = maxima.count == points.count ? maxima.max() : nil
    }
}

extension [Exemplar] {
    /// These exemplars and others, oldest first.
    fileprivate func joined(with others: [Exemplar]) -> [Exemplar] {
        if others.isEmpty { return self }
        return (self + others).sorted { $0.time < $1.time }
    }
}
