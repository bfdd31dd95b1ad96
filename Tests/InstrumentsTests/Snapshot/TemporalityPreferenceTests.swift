import Testing

@testable import Instruments

@Suite struct TemporalityPreferenceTests {
    /// A7.6
    @Test func eachPreferenceNamesWhatIsADifference() {
        func make(_ data: MetricData, _ source: MetricSource = MetricSource()) -> MarkedMetric {
            MarkedMetric(
                Metric(descriptor: MetricDescriptor(name: "x"), data: data),
                MetricMarks(source: source))
        }
        let counter = MetricData.sum([], isMonotonic: true, temporality: .cumulative)
        let histogram = MetricData.histogram([], bounds: [], temporality: .cumulative)
        let differences = [
            make(counter), make(histogram),
            make(.exponentialHistogram([], temporality: .cumulative)),
        ]
        let observed = make(counter, MetricSource(isObservable: true))
        let cumulative = [
            make(.sum([], isMonotonic: false, temporality: .cumulative)), make(.gauge([])),
            make(histogram, MetricSource(isUpDown: true)),
        ]
        for metric in differences + [observed] + cumulative {
            #expect(!TemporalityPreference.cumulative.isDelta(metric))
        }
        for metric in differences {
            #expect(TemporalityPreference.delta.isDelta(metric))
            #expect(TemporalityPreference.lowMemory.isDelta(metric))
        }
        #expect(TemporalityPreference.delta.isDelta(observed))
        #expect(!TemporalityPreference.lowMemory.isDelta(observed))
        for metric in cumulative {
            #expect(!TemporalityPreference.delta.isDelta(metric))
            #expect(!TemporalityPreference.lowMemory.isDelta(metric))
        }
    }
}
