import Synchronization

@testable import Instruments

/// Keeps what a provider reports.
final class Reports: Sendable {
    private let kept = Mutex<[InstrumentsDiagnostic]>([])

    func add(_ diagnostic: InstrumentsDiagnostic) {
        kept.withLock { $0.append(diagnostic) }
    }

    var all: [InstrumentsDiagnostic] { kept.withLock { $0 } }
}

extension ProviderSettings {
    /// Settings without views and exemplars.
    static func make(
        views: [View] = [], limit: Int = 10, now: @escaping @Sendable () -> UInt64 = { 1 },
        reports: Reports = Reports()
    ) -> ProviderSettings {
        ProviderSettings(
            clock: ProviderClock(now), cardinalityLimit: limit, views: views,
            histogramAggregation: .explicitBuckets(), exemplars: nil,
            isMeterEnabled: { _ in true }, report: { reports.add($0) })
    }
}

extension MetricData {
    /// The points of a sum or a gauge.
    var numbers: [NumberPoint] {
        switch self {
        case .sum(let points, _, _), .gauge(let points): points
        case .histogram, .exponentialHistogram: []
        }
    }

    /// The points of a histogram.
    var histograms: [HistogramPoint] {
        if case .histogram(let points, _, _) = self { points } else { [] }
    }
    /// The points of an exponential histogram.
    var exponentials: [ExponentialHistogramPoint] {
        if case .exponentialHistogram(let points, _) = self { points } else { [] }
    }
}
