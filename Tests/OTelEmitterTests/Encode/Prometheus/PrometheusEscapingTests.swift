import Testing

@testable import OTelEmitter

@Suite struct PrometheusEscapingTests {
    /// The examples of Prometheus' description of the schemes, and the edges.
    @Test(arguments: [
        (PrometheusEscaping.underscores, "http.status:sum", "http_status:sum"),
        (.dots, "http.status:sum", "http_dot_status:sum"),
        (.values, "http.status:sum", "U__http_2e_status:sum"),
        (.allowUTF8, "http.status:sum", "http.status:sum"),
        (.underscores, "no:escaping_required", "no:escaping_required"),
        (.dots, "no:escaping_required", "no:escaping__required"),
        (.values, "no:escaping_required", "no:escaping_required"),
        (.dots, "label with 😱", "label__with____"),
        (.values, "label with 😱", "U__label_20_with_20__1f631_"),
        (.underscores, "0a", "_a"), (.values, "0a_", "U___30_a__"), (.dots, "0a", "__a"),
    ])
    func namesAreEscapedByTheScheme(scheme: PrometheusEscaping, name: String, escaped: String) {
        #expect(scheme.escape(name, isMetric: true) == escaped)
    }

    @Test func aColonIsPartOfMetricsNamesOnly() {
        #expect(PrometheusEscaping.underscores.escape("a:b", isMetric: false) == "a_b")
        #expect(!PrometheusEscaping.isPlain("a:b", isMetric: false))
        #expect(PrometheusEscaping.isPlain("a:b", isMetric: true))
        #expect(!PrometheusEscaping.isPlain("", isMetric: true))
        #expect(!PrometheusEscaping.isPlain("0", isMetric: true))
    }
}
