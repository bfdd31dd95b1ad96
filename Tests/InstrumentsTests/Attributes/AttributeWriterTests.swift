import TestSupport
import Testing

@testable import Instruments

/// All ways to name a series by free attributes lead to the same one.
@Suite struct AttributeWriterTests {
    private func points(_ record: (Counter<Int>) -> Void) -> [AttributeSet: Number] {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c")
        record(counter)
        let points = provider.collected("c")?.data.numbers ?? []
        return Dictionary(uniqueKeysWithValues: points.map { ($0.attributes, $0.value) })
    }

    @Test func everyWayAndEveryOrderIsTheSameSeries() {
        let set: AttributeSet = ["a": "1", "b": "2", "c": "3"]
        let found = points { counter in
            for _ in 0..<3 {
                counter.add(1, set)
                counter.add(1, "a", "1", "b", "2", "c", "3")
                counter.add(1, "c", "3", "a", "1", "b", "2")
                counter.add(1) {
                    $0.set("b", "2")
                    $0.set("c", "3")
                    $0.set("a", "1")
                }
            }
            counter.bind(set).add(1)
        }
        #expect(found == [set: .int(13)])
    }

    @Test func theLastOfEqualKeysWinsAndEmptyKeysAreLeftOut() {
        let found = points { counter in
            for _ in 0..<2 {
                counter.add(1, "a", "1", "a", "2")
                counter.add(1, "", "x", "a", "2")
                counter.add(1) {
                    $0.set("a", 1)
                    $0.set("", "x")
                    $0.set("a", "2")
                }
            }
        }
        #expect(found == [["a": "2"]: .int(6)])
    }

    @Test func everyKindOfValueIsKept() {
        let set: AttributeSet = [
            "bool": true, "int": -3, "double": 0.5, "string": "s", "bytes": .bytes([1]),
            "list": .array([1, "x"]),
        ]
        let found = points { counter in
            for _ in 0..<2 {
                counter.add(1) {
                    $0.set("string", "s")
                    $0.set("int", -3)
                    $0.set("bool", true)
                    $0.set("double", 0.5)
                    $0.set("bytes", .bytes([1]))
                    $0.set("list", .array([1, "x"]))
                }
            }
            counter.add(1, set)
        }
        #expect(found == [set: .int(3)])
    }

    @Test func moreThanTheScratchHoldsTakesTheGeneralPath() {
        let long = String(repeating: "é", count: 3000)
        let many = AttributeSet((0..<20).map { Attribute("k\($0)", .int(Int64($0))) })
        let found = points { counter in
            for _ in 0..<2 {
                counter.add(1, "k", long)
                counter.add(1) { writer in
                    for index in 0..<20 { writer.set("k\(index)", index) }
                }
            }
        }
        #expect(found == [["k": .string(long)]: .int(2), many: .int(2)])
    }

    @Test func noAttributesIsTheEmptySet() {
        let found = points { counter in
            counter.add(1)
            counter.add(1) { _ in }
            counter.add(1, .empty)
        }
        #expect(found == [.empty: .int(3)])
    }

    @Test func refusedValuesAreRefusedOnEveryWay() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let counter = provider.meter("m").counter("c")
        let histogram = provider.meter("m").histogram("h")
        for _ in 0..<2 {
            counter.add(-1, "a", "1")
            counter.add(-1) { $0.set("a", "1") }
            histogram.record(.nan, "a", "1")
            histogram.record(-1) { $0.set("a", "1") }
        }
        #expect(provider.collect().pointCount == 0)
        #expect(Set(reports.all) == [.droppedMeasurements("c"), .droppedMeasurements("h")])
    }
}
