import Synchronization
import Testing

@testable import Instruments

@Suite struct MeterTests {
    @Test func theSameInstrumentTwiceIsTheSameStorage() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        #expect(meter.counter("c").storage === meter.counter("c").storage)
        #expect(meter.counter("c").storage === provider.meter("m").counter("c").storage)
        #expect(meter.counter("c").storage === meter.counter("c", over: Side.self).cells.storage)
        #expect(meter.histogram("h").storage === meter.histogram("h").storage)
        #expect(meter.gauge("g").storage === meter.gauge("g").storage)
    }

    @Test func namesThatDifferByCaseAreOneInstrumentUnderTheFirstName() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        meter.counter("Requests").add(1)
        meter.counter("requests").add(2)
        meter.counter("REQUESTS").add(4)
        let metrics = provider.collect().scopes.first?.metrics ?? []
        #expect(metrics.map(\.descriptor.name) == ["Requests"])
        #expect(metrics.first?.values == [.int(7)])
    }

    @Test func instrumentsThatDifferOtherwiseBothWorkAndAreReported() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let meter = provider.meter("m")
        meter.counter("x", unit: "By").add(1)
        meter.counter("x", unit: "by").add(2)
        meter.counter("x", unit: "By", description: "d").add(3)
        meter.counter("x", unit: "By", of: Double.self).add(4)
        meter.gauge("x", unit: "By").record(5)
        meter.histogram("X", unit: "By").record(6)
        // Receivers can tell four of them apart (A3.35).
        #expect(provider.collect().scopes.first?.metrics.count == 4)
        #expect(reports.all.count == 5)
        #expect(Set(reports.all) == [.conflictingRegistration("x"), .conflictingRegistration("X")])
    }

    @Test(arguments: ["", "1x", "ä", "a b"])
    func anInvalidNameIsReportedOnceAndWorks(name: String) {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        provider.meter("m").counter(name).add(2)
        provider.meter("m").counter(name).add(3)
        #expect(provider.collected(name)?.values == [.int(5)])
        #expect(reports.all == [.invalidName(name)])
    }

    @Test(arguments: [
        [1.0, 1], [2, 1], [.nan], [0, .infinity], [-.infinity, 0], [0, -0.0],
        (0..<508).map(Double.init),
    ])
    func impossibleBoundariesAreReportedOnceAndReplaced(boundaries: [Double]) throws {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        for _ in 0..<2 {
            provider.meter("m").histogram("h", boundaries: boundaries).record(3)
        }
        let point = try #require(provider.collected("h")?.histogram())
        #expect(point.bucketCounts.count == HistogramBoundaries.standard.count + 1)
        #expect(point.count == 2)
        #expect(reports.all.count == 1)
        guard case .invalidBoundaries("h", _)? = reports.all.first else {
            Issue.record("\(reports.all)")
            return
        }
    }

    @Test func theFirstBoundariesCount() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        meter.histogram("h", boundaries: [1]).record(1)
        meter.histogram("h", boundaries: [1, 2, 3]).record(1)
        #expect(provider.collected("h")?.histogram()?.bucketCounts == [2, 0])
    }

    /// A3.23
    @Test func otherAdviceIsReportedOnceAndNoAdviceIsNone() {
        let reports = Reports()
        let meter = MeterProvider.make(reports: reports).meter("m")
        for _ in 0..<2 {
            _ = meter.histogram("h", boundaries: [1])
            _ = meter.histogram("h")
            _ = meter.histogram("h", boundaries: [1], over: Side.self)
            _ = meter.counter("c", keeping: ["a"])
        }
        #expect(reports.all.isEmpty)
        for _ in 0..<2 {
            _ = meter.histogram("h", boundaries: [1, 2])
            _ = meter.counter("c", keeping: ["b"])
            _ = meter.observableGauge("g", keeping: ["a"], of: Int.self)
            _ = meter.observableGauge("g", keeping: [], of: Int.self)
        }
        #expect(
            reports.all == [.differentAdvice("h"), .differentAdvice("c"), .differentAdvice("g")])
    }

    /// A3.33
    @Test func otherCasingIsReportedForAllKinds() {
        let reports = Reports()
        let meter = MeterProvider.make(reports: reports).meter("m")
        _ = meter.counter("c")
        _ = meter.counter("C")
        _ = meter.observableCounter("o", of: Int.self)
        _ = meter.observableCounter("O", of: Int.self)
        #expect(
            reports.all == [
                .differentCasing("C", first: "c"), .differentCasing("O", first: "o"),
            ])
    }

    /// A2.8, style rule 9: the provider's closures are never called under a lock.
    @Test func theChoiceOfMetersMayAskForMeters() throws {
        let holder = Mutex<MeterProvider?>(nil)
        let provider = MeterProvider.make(isMeterEnabled: { scope in
            if scope.name == "outer", let provider = holder.withLock({ $0 }) {
                provider.meter("inner").counter("asked").add(1)
            }
            return true
        })
        holder.withLock { $0 = provider }
        // Else the provider would hold itself, through the closure.
        defer { holder.withLock { $0 = nil } }
        provider.meter("outer").counter("c").add(1)
        #expect(provider.collected("asked", scope: "inner")?.values == [.int(1)])
        #expect(provider.collected("c", scope: "outer")?.values == [.int(1)])
    }

    @Test func textsOfAnyLengthAndScriptAreKept() {
        let provider = MeterProvider.make()
        let unit = String(repeating: "u", count: 63)
        let description = String(repeating: "説明\u{0}\"", count: 300)
        provider.meter("m").counter("c", unit: unit, description: description).add(1)
        #expect(
            provider.collected("c")?.descriptor
                == MetricDescriptor(name: "c", unit: unit, description: description))
    }
}
