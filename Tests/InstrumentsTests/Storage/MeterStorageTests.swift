import TestSupport
import Testing

@testable import Instruments

@Suite struct MeterStorageTests {
    private func make(_ reports: Reports = Reports()) -> MeterStorage {
        MeterStorage(
            scope: InstrumentationScope(name: "m"), settings: .make(reports: reports))
    }

    private func descriptor(
        _ name: String, _ kind: InstrumentKind = .counter, unit: String = "",
        description: String = "", number: NumberKind = .integer
    ) -> InstrumentDescriptor {
        InstrumentDescriptor(
            name: name, kind: kind, unit: unit, description: description, number: number)
    }

    @Test func theOrderDoesNotDependOnTheOrderOfCreation() {
        let seed: UInt64 = 3
        var random = SeededRandom(seed: seed)
        let descriptors = [
            descriptor("a"), descriptor("a", number: .double), descriptor("a", .gauge),
            descriptor("a", .gauge, number: .double), descriptor("a", .histogram),
            descriptor("a", .histogram, number: .double), descriptor("a", unit: "By"),
            descriptor("a", description: "d"), descriptor("B"), descriptor("b", .gauge),
            descriptor("aa"), descriptor("a.b"),
        ]
        var expected: [InstrumentDescriptor]?
        for _ in 0..<50 {
            let storage = make()
            for descriptor in descriptors.shuffled(using: &random) {
                _ = storage.instrument(descriptor, InstrumentAdvice())
            }
            let order = storage.sortedInstruments().map(\.descriptor)
            #expect(order.count == descriptors.count)
            #expect(order == expected ?? order, "seed \(seed)")
            expected = order
        }
    }

    @Test func everyKindHasItsAggregation() {
        let storage = make()
        func data(_ kind: InstrumentKind, _ advice: InstrumentAdvice) -> MetricData? {
            let instrument = storage.instrument(descriptor("\(kind)", kind), advice)
            instrument.record(.int(1), .empty)
            return instrument.direct?.reading.points(previousCollection: 0).0
        }
        guard case .sum? = data(.counter, InstrumentAdvice()),
            case .sum? = data(.upDownCounter, InstrumentAdvice()),
            case .gauge? = data(.gauge, InstrumentAdvice()),
            case .histogram(let points, bounds: [], _)? = data(
                .histogram, InstrumentAdvice(boundaries: []))
        else {
            Issue.record("wrong aggregation")
            return
        }
        #expect(points.first?.minimum == 1)
    }

    @Test func manyThreadsMakeAnInstrumentOnce() {
        let reports = Reports()
        let storage = make(reports)
        let wanted = descriptor("1 bad name")
        let first = storage.instrument(wanted, InstrumentAdvice())
        Threads.run(8) { _ in
            for _ in 0..<50 { #expect(storage.instrument(wanted, InstrumentAdvice()) === first) }
        }
        #expect(reports.all == [.invalidName("1 bad name")])
    }
}
