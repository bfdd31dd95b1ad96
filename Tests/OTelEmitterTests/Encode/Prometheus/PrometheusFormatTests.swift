import Testing

@testable import OTelEmitter

@Suite struct PrometheusFormatTests {
    private static let open = "application/openmetrics-text"
    private static let plain = "text/plain; version=0.0.4; charset=utf-8"
    private static let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    private static let prometheus242 =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;"
        + "version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
    private static let prometheus3 =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
        + "application/openmetrics-text;version=0.0.1;q=0.4,"
        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
        + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1"
    private static let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    private static let tooLong = String(repeating: "a/b,", count: 100) + open

    /// What Prometheus 2.42 and 3 send, browsers, curl, and what nobody should.
    private static let cases: [(accept: String?, contentType: String)] = [
        (nil, plain), ("", plain), ("*/*", plain), ("text/*", plain), ("application/json", plain),
        (prometheus242, openMetrics), (prometheus3, "\(openMetrics); escaping=allow-utf-8"),
        (browser, plain), (open, openMetrics),
        ("Application/OpenMetrics-Text ; Version=\"1.0.0\"", openMetrics),
        ("\(open);version=2.0.0, text/plain", plain), ("\(open);q=0, text/plain", plain),
        ("\(open);q=0", plain), ("\(open);q=nan", plain), ("\(open);q=7", plain),
        ("text/plain;q=0.5,\(open);q=0.6", openMetrics),
        ("text/plain,\(open)", plain), ("text/plain;version=0.0.3", plain),
        (
            "text/plain;version=1.0.0;escaping=dots",
            "text/plain; version=1.0.0; charset=utf-8; escaping=dots"
        ),
        ("text/plain;version=0.0.4;escaping=nonsense", plain),
        ("\(open);version=0.0.1", "\(open); version=0.0.1; charset=utf-8"),
        (";;;,=,;q=", plain), (tooLong, plain),
    ]

    @Test(arguments: cases)
    func theClientGetsWhatItWouldRatherHave(accept: String?, contentType: String) {
        #expect(PrometheusFormat(accept: accept).contentType == contentType)
    }

    @Test func namesAreEscapedUnlessTheClientSaysOtherwise() {
        #expect(PrometheusFormat(accept: nil).escaping == .underscores)
        #expect(PrometheusFormat(accept: "text/plain;version=1.0.0").escaping == .underscores)
        let asked = "text/plain;version=1.0.0;escaping=allow-utf-8"
        #expect(PrometheusFormat(accept: asked).escaping == .allowUTF8)
    }
}
