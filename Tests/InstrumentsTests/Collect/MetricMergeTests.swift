import Testing

@testable import Instruments

@Suite struct MetricMergeTests {
    private func make(
        _ keys: [Int], name: String = "x", unit: String = "", description: String = "",
        isMonotonic: Bool = true
    ) -> Metric {
        let points = keys.map {
            NumberPoint(attributes: ["k": .int(Int64($0))], start: 1, value: .int(Int64($0)))
        }
        return Metric(
            descriptor: MetricDescriptor(name: name, unit: unit, description: description),
            data: .sum(points, isMonotonic: isMonotonic, temporality: .cumulative))
    }

    private func makeHistogram(_ key: Int, bounds: [Double]) -> Metric {
        let point = HistogramPoint(
            attributes: ["k": .int(Int64(key))], start: 1, count: 0, sum: 0, minimum: nil,
            maximum: nil, bucketCounts: Array(repeating: 0, count: bounds.count + 1))
        return Metric(
            descriptor: MetricDescriptor(name: "x"),
            data: .histogram([point], bounds: bounds, temporality: .cumulative))
    }

    /// A3.34, A3.35
    @Test func disjointSetsOfOneIdentityAreOneMetricWithTheLongestDescription() throws {
        let merged = MetricMerge.merge([
            make([1], description: "a"), make([9], name: "other"), make([2], description: "longer"),
            make([3, 4], name: "X", description: "abc"),
        ])
        #expect(merged.map(\.descriptor.name) == ["x", "other"])
        #expect(merged.first?.values == [.int(1), .int(2), .int(3), .int(4)])
        #expect(merged.first?.descriptor.description == "longer")
    }

    /// A3.35: what identifies keeps metrics apart.
    @Test func otherIdentitiesStayApart() {
        let metrics = [
            make([1]), make([2], unit: "By"), make([3], isMonotonic: false), make([4], name: "y"),
            Metric(
                descriptor: MetricDescriptor(name: "x"),
                data: .gauge([NumberPoint(attributes: ["k": 5], start: 1, value: .int(5))])),
        ]
        #expect(MetricMerge.merge(metrics) == metrics)
        #expect(MetricMerge.merge([]).isEmpty)
    }

    @Test func anAttributeSetThatBothHaveKeepsThemApart() {
        let metrics = [make([1, 2]), make([2, 3])]
        #expect(MetricMerge.merge(metrics) == metrics)
        // A third one that fits the first joins it.
        #expect(MetricMerge.merge(metrics + [make([3])]).map(\.values.count) == [3, 2])
    }

    @Test func histogramsOfOtherBoundsStayApart() {
        let merged = MetricMerge.merge([
            makeHistogram(1, bounds: [1]), makeHistogram(2, bounds: [1, 2]),
            makeHistogram(3, bounds: [1]), makeHistogram(4, bounds: [1, 2]),
        ])
        #expect(merged.map(\.data.pointCount) == [2, 2])
    }

    /// A3.30, A3.35: integers and doubles are one metric on the wire.
    @Test func instrumentsOfBothNumbersAreOneMetric() {
        let provider = MeterProvider.make()
        provider.meter("m").counter("c", of: Int.self).add(1, ["k": 1])
        provider.meter("m").counter("c", of: Double.self).add(0.5, ["k": 2])
        #expect(provider.collect().scopes.first?.metrics.count == 1)
        #expect(provider.collected("c")?.values == [.int(1), .double(0.5)])
    }
}
