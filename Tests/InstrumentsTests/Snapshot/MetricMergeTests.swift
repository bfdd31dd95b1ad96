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
            attributes: ["k": .int(Int64(key))], start: 1, count: UInt64(bounds.count + 1),
            sum: 0, minimum: nil, maximum: nil,
            bucketCounts: Array(repeating: 1, count: bounds.count + 1))
        return Metric(
            descriptor: MetricDescriptor(name: "x"),
            data: .histogram([point], bounds: bounds, temporality: .cumulative))
    }

    /// Metrics of which nothing but their data is known, as one of each identity.
    private func merge(
        _ metrics: [Metric], _ overlap: MetricMerge.Overlap = .added
    ) -> [Metric] {
        MetricMerge.merge(metrics.map { MarkedMetric($0) }, overlap).map(\.metric)
    }

    /// A3.34, A3.35
    @Test func disjointSetsOfOneIdentityAreOneMetricWithTheLongestDescription() throws {
        let merged = merge([
            make([1], description: "a"), make([9], name: "other"), make([2], description: "longer"),
            make([3, 4], name: "X", description: "abc"),
        ])
        #expect(merged.map(\.descriptor.name) == ["x", "other"])
        #expect(merged.first?.values == [.int(1), .int(2), .int(3), .int(4)])
        #expect(merged.first?.descriptor.description == "longer")
    }

    @Test func whatIsKnownOfAnyIsKnownOfAllAndTheFirstWins() {
        func metric(_ key: Int, _ metadata: AttributeSet) -> Metric {
            Metric(
                descriptor: MetricDescriptor(name: "x", metadata: metadata), data: make([key]).data)
        }
        let all = [metric(1, [:]), metric(2, ["a": 1, "b": 1]), metric(3, ["b": 2, "c": 2])]
        let known: AttributeSet = ["a": 1, "b": 1, "c": 2]
        #expect(merge(all).map(\.descriptor.metadata) == [known])
        #expect(merge(Array(all.prefix(2)))[0].descriptor.metadata == ["a": 1, "b": 1])
        #expect(merge(Array(all.prefix(1)))[0].descriptor.metadata.isEmpty)
    }

    /// A3.35: what identifies keeps metrics apart.
    @Test func otherIdentitiesStayApart() {
        let metrics = [
            make([1]), make([2], unit: "By"), make([3], isMonotonic: false), make([4], name: "y"),
            Metric(
                descriptor: MetricDescriptor(name: "x"),
                data: .gauge([NumberPoint(attributes: ["k": 5], start: 1, value: .int(5))])),
        ]
        #expect(merge(metrics) == metrics)
        #expect(merge([]).isEmpty)
    }

    /// A3.35
    @Test func pointsOfOneAttributeSetAreAddedUnlessTheyHoldTheSame() {
        let metrics = [make([1, 2]), make([2, 3]), make([3])]
        let added = MetricMerge.merge(metrics.map { MarkedMetric($0) })
        #expect(added.map(\.metric.values) == [[.int(1), .int(4), .int(6)]])
        #expect(added.first?.parts.map(\.metric) == metrics)
        let reduced = MetricMerge.merge(metrics.map { MarkedMetric($0) }, .firstStays)
        #expect(reduced.map(\.metric.values) == [[.int(1), .int(2), .int(3)]])
        #expect(reduced.first?.marks.parts.isEmpty == true)
    }

    /// A3.35: what was changed is taken apart as often as it was joined.
    @Test func partsOfPartsAreParts() {
        let one = MarkedMetric(make([1]))
        let once = MetricMerge.merge([one, one])
        let twice = MetricMerge.merge(once + [one])
        #expect(twice.map(\.metric.values) == [[.int(3)]])
        #expect(twice.first?.parts == [one, one, one])
    }

    /// A3.35
    @Test func ofGaugesTheFirstStays() {
        let gauges = [1, 2].map { value in
            Metric(
                descriptor: MetricDescriptor(name: "g"),
                data: .gauge([
                    NumberPoint(attributes: [:], start: 1, value: .int(value)),
                    NumberPoint(attributes: ["k": .int(value)], start: 1, value: .int(value)),
                ]))
        }
        #expect(merge(gauges).map(\.values) == [[.int(1), .int(1), .int(2)]])
    }

    /// A3.35
    @Test func histogramsOfOtherBoundsHaveThoseThatAllOfThemHave() {
        let merged = merge([
            makeHistogram(1, bounds: [1, 3, 5]), makeHistogram(2, bounds: [0, 1, 2, 5]),
            makeHistogram(1, bounds: [1, 5, 7]),
        ])
        #expect(merged.map(\.data.bounds) == [[1, 5]])
        #expect(merged.first?.histogram(["k": 1])?.bucketCounts == [2, 3, 3])
        #expect(merged.first?.histogram(["k": 2])?.bucketCounts == [2, 2, 1])
        let none = merge([
            makeHistogram(1, bounds: [1]), makeHistogram(2, bounds: [2]),
        ])
        #expect(none.map(\.data.bounds) == [[]])
        #expect(none.first?.histogram(["k": 1])?.bucketCounts == [2])
        #expect(none.first?.histogram(["k": 1])?.count == 2)
    }

    /// A3.35: a stream that repeats another one's points has no say about bounds.
    @Test func whatIsLeftOutDoesNotCoarsen() {
        let merged = merge(
            [makeHistogram(1, bounds: [1, 2]), makeHistogram(1, bounds: [7])], .firstStays)
        #expect(merged == [makeHistogram(1, bounds: [1, 2])])
    }

    /// A3.30, A3.35: integers and doubles are one metric on the wire.
    @Test func instrumentsOfBothNumbersAreOneMetric() {
        let provider = MeterProvider.make()
        provider.meter("m").counter("c", of: Int.self).add(1, ["k": 1])
        provider.meter("m").counter("c", of: Double.self).add(0.5, ["k": 2])
        #expect(provider.collect().scopes.first?.metrics.count == 1)
        #expect(provider.collected("c")?.values == [.int(1), .double(0.5)])
    }

    /// What identifies a metric on the wire, beside resource and scope.
    private func identity(_ metric: Metric) -> String {
        let descriptor = metric.descriptor
        var identity = "\(descriptor.name.lowercased()) \(descriptor.unit) \(metric.data.kind)"
        if case .sum(_, let isMonotonic, _) = metric.data { identity += " \(isMonotonic)" }
        return "\(identity) \(metric.data.temporality.map { "\($0)" } ?? "")"
    }

    /// Instruments of one name that differ in all that does not identify, all with the same sets.
    private func measureAll(_ meter: Meter) -> [ObservableInstrument<Int>] {
        for description in ["", "a"] {
            meter.counter("x", description: description).add(1, ["k": 1])
            meter.counter("X", description: description, of: Double.self).add(0.5, ["k": 1])
            meter.upDownCounter("x", description: description).add(-1)
            meter.gauge("x", description: description).record(1)
            for boundaries in [[1.0, 2, 3], [2, 3, 4]] {
                let note = "\(description)\(boundaries)"
                meter.histogram("x", description: note, boundaries: boundaries).record(2.5)
                meter.histogram("e", description: note, boundaries: boundaries).record(2.5)
            }
        }
        return ["", "a"].map { description in
            meter.observableGauge("x", description: description, of: Int.self) { $0.observe(2) }
        }
    }

    @Test func a3_35_noSnapshotHasTwoMetricsOfOneIdentity() {
        let provider = MeterProvider(views: [
            View(View.Selector(name: "e"), aggregation: .exponentialBuckets(maximumScale: 3)),
            View(View.Selector(name: "e"), aggregation: .exponentialBuckets(maximumScale: 1)),
        ])
        // The same meter twice, and a bridge that measures for the same scope.
        let scope = InstrumentationScope(name: "m")
        let reader = MetricReader(
            of: provider,
            producers: [
                {
                    let point = NumberPoint(attributes: ["k": 1], start: 1, value: .int(100))
                    let data = MetricData.sum(
                        [point], isMonotonic: true, temporality: .cumulative)
                    let metric = Metric(descriptor: MetricDescriptor(name: "x"), data: data)
                    return [ScopeMetrics(scope: scope, metrics: [metric, metric])]
                }
            ])
        let gauges = measureAll(provider.meter("m")) + measureAll(provider.meter("m"))
        defer { withExtendedLifetime(gauges) {} }
        let first = reader.collection()
        _ = measureAll(provider.meter("m"))
        let second = reader.collection()
        for snapshot in [
            first.snapshot, second.snapshot, second.delta(since: first),
            second.delta(since: nil),
            second.delta(since: first, preference: .lowMemory),
        ] {
            #expect(snapshot.scopes.map(\.scope) == [scope])
            for metric in snapshot.scopes.flatMap(\.metrics) {
                let sets =
                    metric.data.numberPoints.map(\.attributes)
                    + metric.data.histogramPoints.map(\.attributes)
                    + metric.data.exponentialPoints.map(\.attributes)
                #expect(Set(sets).count == sets.count)
            }
            let identities = snapshot.scopes.flatMap(\.metrics).map(identity)
            #expect(Set(identities).count == identities.count, "\(identities)")
        }
        let metrics = Dictionary(
            uniqueKeysWithValues: first.scopes.flatMap(\.metrics).map { (identity($0), $0) })
        #expect(metrics.count == 5)
        #expect(metrics["x  sum true cumulative"]?.value(["k": 1]) == .double(206))
        #expect(metrics["x  histogram cumulative"]?.data.bounds == [2, 3])
        #expect(metrics["x  histogram cumulative"]?.histogram()?.bucketCounts == [0, 8, 0])
        // Both views' streams hold the same measurements: they count once.
        #expect(metrics["e  exponentialHistogram cumulative"]?.exponential()?.count == 8)
    }

    @Test func a3_35_differencesOfJoinedInstrumentsAreThoseOfEachOfThem() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        let one = meter.histogram("h", description: "one", boundaries: [1, 2])
        let two = meter.histogram("h", description: "two", boundaries: [2, 3])
        two.record(2.5, ["k": 1])
        let first = provider.collection()
        one.record(1.5, ["k": 1])
        two.record(2.5, ["k": 1])
        let second = provider.collection()
        one.remove(["k": 1])
        two.record(9, ["k": 1])
        let third = provider.collection()
        #expect(first.metric("h", scope: "m")?.data.bounds == [2, 3])
        let delta = second.delta(since: first).metric("h", scope: "m")
        #expect(delta?.data.bounds == [2])
        #expect(delta?.histogram(["k": 1])?.bucketCounts == [1, 1])
        #expect(delta?.histogram(["k": 1])?.sum == 4)
        let last = third.delta(since: second).metric("h", scope: "m")
        #expect(last?.data.bounds == [2, 3])
        #expect(last?.histogram(["k": 1])?.bucketCounts == [0, 0, 1])
    }
}
