import Instruments
import Testing

@testable import OTelEmitter
@testable import OTelEmitterTools

@Suite struct MeasurementTests {
    private func problem(_ measurement: Measurement) -> String? {
        do throws(Measurement.Problem) {
            try measurement.check()
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: ["a", "A", "jobs.done", "a_-/.9", String(repeating: "n", count: 255)])
    func validNamesPass(name: String) {
        #expect(problem(Measurement(name, .integer(1), kind: .counter)) == nil)
    }

    @Test(arguments: [
        "", "9a", "_a", ".a", "a b", "ä", "a\u{0}", String(repeating: "n", count: 256),
    ])
    func otherNamesAreProblemsWithTheRule(name: String) {
        let said = problem(Measurement(name, .integer(1), kind: .counter))
        #expect(said?.contains("a letter, then up to 254 of letters") == true)
    }

    @Test(arguments: ["ä", "a\n", String(repeating: "u", count: 64)])
    func otherUnitsAreProblems(unit: String) {
        #expect(problem(Measurement("a", .integer(1), kind: .gauge, unit: unit)) != nil)
    }

    @Test func negativeValuesAreForGaugesOnly() {
        for amount in [Measurement.Amount.integer(-1), .double(-0.5)] {
            #expect(problem(Measurement("a", amount, kind: .gauge)) == nil)
            for kind in [Measurement.Kind.counter, .histogram] {
                #expect(
                    problem(Measurement("a", amount, kind: kind))?.contains("a gauge does") == true)
            }
        }
        #expect(problem(Measurement("a", .double(-0.0), kind: .counter)) == nil)
    }

    @Test func wordsForKindsAreThoseThatCanBeRecordedWith() {
        let words = ["counter", "gauge", "histogram", "upDownCounter", "Counter", ""]
        #expect(
            words.map(Measurement.kind) == [.counter, .gauge, .histogram, nil, nil, nil])
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func valuesAreFinite(value: Double) {
        #expect(problem(Measurement("a", .double(value), kind: .gauge)) != nil)
    }

    @Test func keysAreUniqueAndNotEmpty() {
        for keys in [["a", "a"], [""]] {
            let attributes = keys.map { ($0, Measurement.Value.bool(true)) }
            let measurement = Measurement("a", .integer(1), kind: .gauge, attributes: attributes)
            #expect(problem(measurement) != nil)
        }
    }

    @Test func hostileTextIsShownShortAndOnOneLine() {
        #expect(Measurement.shown("a\nb") == "a b")
        #expect(Measurement.shown(String(repeating: "x", count: 81)).hasSuffix("x…"))
    }
}
