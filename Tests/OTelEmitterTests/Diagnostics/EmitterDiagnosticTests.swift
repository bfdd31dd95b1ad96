import Instruments
import Testing

@testable import OTelEmitter

@Suite struct EmitterDiagnosticTests {
    private static let all: [(EmitterDiagnostic, String)] = [
        (
            .configuration(ConfigurationProblem(variable: "V", value: "x", remedy: "use y")),
            "The value \"x\" of V can't be used: use y."
        ),
        (
            .instruments(.droppedMeasurements("c")),
            InstrumentsDiagnostic.droppedMeasurements("c").description
        ),
        (
            .deliveryFailing(endpoint: "http://e/", reason: "refused", waitingPoints: 3),
            "Metrics can't be delivered to http://e/: refused. 3 data points wait; attempts go on."
        ),
        (
            .deliveryRecovered(
                endpoint: "http://e/", after: .milliseconds(5149), lostPoints: 2),
            "Metrics are delivered to http://e/ again after 5.1 s; 2 data points were lost."
        ),
        (
            .rejected(endpoint: "http://e/", reason: "the collector answers 400", points: 9),
            "http://e/ refused 9 data points for good: the collector answers 400."
        ),
        (
            .certificatesFailing(endpoint: "https://e/", reason: "c.pem has no certificate"),
            "New certificates for https://e/ can't be used: c.pem has no certificate."
                + " Those of before stay in use."
        ),
        (
            .certificatesRecovered(endpoint: "https://e/", after: .seconds(60)),
            "The certificates for https://e/ can be used again after 60.0 s."
        ),
        (
            .pushFailing(endpoint: "https://e/", reason: "it answers 500"),
            "Documents can't be posted to https://e/: it answers 500. The newest one is tried."
        ),
        (
            .pushRecovered(endpoint: "https://e/", after: .seconds(60)),
            "Documents are posted to https://e/ again after 60.0 s."
        ),
        (
            .prometheusOmits(reason: "a of b is a c; it is left out."),
            "The page for Prometheus is not complete: a of b is a c; it is left out."
        ),
        (
            .exportUnavailable(reason: "no libcurl"),
            "Metrics are not exported: no libcurl. Recording goes on."
        ),
        (
            .diagnosticsDropped(count: 3),
            "3 diagnostics were not told: the handler took too long."
        ),
    ]

    @Test(arguments: all)
    func theTextSaysWhatAndWhatFollows(diagnostic: EmitterDiagnostic, text: String) {
        #expect(diagnostic.description == text)
    }

    @Test(arguments: [
        (Duration.zero, "0.0 s"), (.milliseconds(99), "0.0 s"), (.milliseconds(100), "0.1 s"),
        (.milliseconds(5999), "5.9 s"), (.seconds(3600), "3600.0 s"),
    ])
    func durationsAreShownInSecondsWithOneDecimal(duration: Duration, text: String) {
        #expect(duration.shortText == text)
    }
}
