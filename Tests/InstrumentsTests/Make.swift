import InstrumentsTesting
import TestSupport

@testable import Instruments

extension MeterProvider {
    /// A provider whose clock stands still until it is moved, and whose reports are kept.
    ///
    /// - Parameter uptime: by default a clock that stands still for ever.
    static func make(
        views: [View] = [], histogramAggregation: Aggregation = .explicitBuckets(),
        cardinalityLimit: Int = MeterProvider.defaultCardinalityLimit,
        exemplarFilter: ExemplarFilter = .traceBased,
        traceContext: (@Sendable () -> TraceContext?)? = nil, idleExpiry: Duration? = nil,
        callbackLimit: Duration = .seconds(600),
        isMeterEnabled: @escaping @Sendable (InstrumentationScope) -> Bool = { _ in true },
        clock: SteppedClock = SteppedClock(start: 1000),
        uptime: SteppedClock = SteppedClock(start: 0),
        reports: Reports = Reports()
    ) -> MeterProvider {
        MeterProvider(
            views: views, histogramAggregation: histogramAggregation,
            cardinalityLimit: cardinalityLimit, exemplarFilter: exemplarFilter,
            traceContext: traceContext, idleExpiry: idleExpiry, callbackLimit: callbackLimit,
            isMeterEnabled: isMeterEnabled, now: clock.now, uptime: uptime.now,
            report: { reports.add($0) })
    }

    /// The metric of this name in a new collection.
    func collected(_ name: String, scope: String = "m") -> Metric? {
        collect().metric(name, scope: scope)
    }
}

/// What happens to the scopes of a collection, for metrics of which nothing but the data is known.
extension [ScopeMetrics] {
    func joined(with produced: [ScopeMetrics]) -> [ScopeMetrics] {
        map { MarkedScope($0) }.joined(with: produced).map(\.unmarked)
    }

    func kept(by filter: MetricFilter) -> [ScopeMetrics] {
        map { MarkedScope($0) }.kept(by: filter).map(\.unmarked)
    }
}

extension MarkedScope {
    fileprivate var unmarked: ScopeMetrics {
        ScopeMetrics(scope: scope, metrics: metrics.map(\.metric))
    }
}

extension MetricsCollection {
    var time: UInt64 { snapshot.time }
    var scopes: [ScopeMetrics] { snapshot.scopes }
    var pointCount: Int { snapshot.pointCount }

    func metric(_ name: String, scope: String) -> Metric? {
        snapshot.metric(name, scope: scope)
    }
}

extension Metric {
    /// The values of a sum or a gauge, in the order of output.
    var values: [Number] { data.numbers.map(\.value) }

    /// The value of the series of these attributes.
    func value(_ attributes: AttributeSet) -> Number? {
        data.numbers.first { $0.attributes == attributes }?.value
    }

    /// The point of a sum or a gauge of these attributes.
    func point(_ attributes: AttributeSet = .empty) -> NumberPoint? {
        data.numbers.first { $0.attributes == attributes }
    }

    /// The exponential histogram of these attributes.
    func exponential(_ attributes: AttributeSet = .empty) -> ExponentialHistogramPoint? {
        data.exponentials.first { $0.attributes == attributes }
    }

    /// The histogram of these attributes.
    func histogram(_ attributes: AttributeSet = .empty) -> HistogramPoint? {
        data.histograms.first { $0.attributes == attributes }
    }
}

/// A cell that a test can hand about.
final class OwnedCell: Sendable {
    private let cell: Cell

    init?(words: Int) {
        guard let cell = Cell(words: words) else { return nil }
        self.cell = cell
    }

    var offset: UInt32 { cell.offset }
}

extension Series {
    /// The series of a sum.
    static func make(_ attributes: AttributeSet = .empty, creation: UInt64 = 1) -> Series? {
        guard let cell = Cell(words: SumCell.words) else { return nil }
        return Series(attributes: attributes, cell: cell, creation: creation)
    }
}

/// A closed attribute with two values.
enum Side: Int, AttributeEnum {
    case left
    case right

    static var attributeKey: String { "side" }
    var attributeValue: String { self == .left ? "l" : "r" }
}

/// A closed attribute with three values.
enum Colour: Int, AttributeEnum {
    case red
    case green
    case blue

    static var attributeKey: String { "colour" }
    var attributeValue: String { "\(self)" }
}

/// A faulty closed attribute: its indices lie outside its table.
struct Astray: ClosedAttributes {
    let index: Int

    static var count: Int { 1 }
    static var all: [Astray] { [Astray(index: 0)] }
    var attributes: [Attribute] { [Attribute("astray", true)] }
}

extension AttributeBytes {
    /// The bytes of attributes in the order given.
    static func encode(_ attributes: [Attribute]) -> [UInt8] {
        let size = size(attributes)
        return Array(unsafeUninitializedCapacity: size) { buffer, count in
            if let base = buffer.baseAddress {
                write(attributes, to: UnsafeMutableRawPointer(base))
            }
            count = size
        }
    }
}
