import Testing

@testable import Instruments

@Suite struct InstrumentsDiagnosticTests {
    @Test(arguments: [
        (InstrumentsDiagnostic.invalidName("a b"), ["\"a b\"", "syntax"]),
        (.conflictingRegistration("x"), ["\"x\"", "twice"]),
        (.invalidBoundaries("h", "has the boundary 1.0 after 2.0"), ["\"h\"", "1.0 after 2.0"]),
        (.droppedMeasurements("c"), ["\"c\"", "negative"]),
        (
            .cardinalityLimitReached("c", limit: 7, key: "route"),
            ["\"c\"", "7", "\"route\"", "otel.metric.overflow"]
        ),
        (.emptyMeterName, ["empty name"]),
        (.differentCasing("Requests", first: "requests"), ["\"Requests\"", "\"requests\""]),
        (.differentAdvice("h"), ["\"h\"", "boundaries", "keys"]),
        (.renamingViewSelectsSeveral("x"), ["\"x\"", "several", "exact name"]),
        (.unusableView("g", "sum"), ["\"g\"", "sum", "ignored"]),
        (.observationLimitReached("o", limit: 9), ["\"o\"", "more than 9", "dropped"]),
        (
            .invalidClosedAttributes("Size", "has no set of the index 0"),
            ["Size", "no set of the index 0"]
        ),
        (
            .slowCallback("g", limit: .seconds(1)),
            ["\"g\"", "still running after 1.0 seconds", "skipped"]
        ),
    ])
    func theTextSaysWhatAndWithWhichValue(diagnostic: InstrumentsDiagnostic, parts: [String]) {
        for part in parts { #expect(diagnostic.description.contains(part)) }
        #expect(diagnostic.description.hasSuffix("."))
    }
}
