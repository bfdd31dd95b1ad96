import Testing

@testable import dashboards

/// Nothing is compared with what it is not.
@Suite struct QuantityTests {
    @Test(arguments: [
        ("ms", Quantity.milliseconds, "ms"), ("s", .seconds, "s"), ("By", .bytes, "bytes"),
        ("1", .number, "short"), ("{peer}", .number, "short"),
    ])
    func unitsAreKnown(unit: String, quantity: Quantity, grafana: String) throws {
        #expect(try Quantity(unit: unit) == quantity)
        #expect(quantity.grafanaUnit == grafana)
    }

    @Test(arguments: ["", "us", "Cel", "{peer"])
    func otherUnitsAreRefused(unit: String) {
        #expect(throws: QueryProblem.self) { try Quantity(unit: unit) }
    }

    @Test func ratesHaveUnitsOfTheirOwn() throws {
        #expect(try Quantity.bytes.perSecond() == .bytesPerSecond)
        #expect(try Quantity.number.perSecond() == .perSecond)
        #expect(throws: QueryProblem.self) { try Quantity.milliseconds.perSecond() }
    }

    @Test func durationsAreWrittenInTheUnitTheyAreComparedIn() throws {
        let amount = Amount.duration(.milliseconds(2500))
        #expect(try amount.text(in: .milliseconds) == "2500")
        #expect(try amount.text(in: .seconds) == "2.5")
        #expect(throws: QueryProblem.self) { try amount.text(in: .number) }
    }

    @Test func numbersAreNoDurations() throws {
        #expect(try Amount.number(-15).text(in: .number) == "-15")
        #expect(try Amount.number(0.5).text(in: .ratio) == "0.5")
        #expect(throws: QueryProblem.self) { try Amount.number(5).text(in: .milliseconds) }
        #expect(throws: QueryProblem.self) { try Amount.number(5).text(in: .bytesPerSecond) }
        #expect(throws: QueryProblem.self) { try Amount.bytesPerSecond(5).text(in: .bytes) }
    }

    @Test func zeroIsZeroInEveryUnit() throws {
        #expect(try Amount.number(0).text(in: .milliseconds) == "0")
    }
}
