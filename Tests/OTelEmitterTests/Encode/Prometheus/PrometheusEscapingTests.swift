import TestSupport
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

    /// Prometheus keeps names that begin with `__` for itself; one `__name__` spoils a whole page.
    @Test(arguments: [
        (PrometheusEscaping.dots, "_name_", "key__name__"), (.dots, "_name", "key__name"),
        (.dots, "a_", "a__"), (.dots, "0a", "key__a"), (.dots, ".name.", "_dot_name_dot_"),
        (.underscores, "..name..", "_name__"), (.underscores, "_name", "_name"),
        (.values, "_name_", "_name_"), (.values, "..name", "U___2e__2e_name"),
        (.allowUTF8, "_name_", "_name_"),
    ])
    func noLabelComesToBeginLikePrometheusOwn(
        scheme: PrometheusEscaping, name: String, escaped: String
    ) {
        #expect(scheme.escape(label: name) == escaped)
    }

    @Test(arguments: PrometheusTranslation.allCases)
    func noKeyBecomesALabelThatPrometheusKeepsForItself(translation: PrometheusTranslation) {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let pieces = ["_", "__", ".", "name", "é", "0", ":", " ", "\"", "😱", "U"]
        for _ in 0..<2000 {
            let length = Int.random(in: 1...6, using: &random)
            let key = (0..<length).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            for scheme in [PrometheusEscaping.allowUTF8, .underscores, .dots, .values] {
                let label = scheme.escape(label: PrometheusName.label(key, translation))
                #expect(!label.hasPrefix("__"), "seed \(seed): \(key) by \(scheme)")
                let isPlain = PrometheusEscaping.isPlain(label, isMetric: false)
                #expect(isPlain || scheme == .allowUTF8, "seed \(seed): \(key) by \(scheme)")
            }
        }
    }

    @Test func aColonIsPartOfMetricsNamesOnly() {
        #expect(PrometheusEscaping.underscores.escape("a:b", isMetric: false) == "a_b")
        #expect(!PrometheusEscaping.isPlain("a:b", isMetric: false))
        #expect(PrometheusEscaping.isPlain("a:b", isMetric: true))
        #expect(!PrometheusEscaping.isPlain("", isMetric: true))
        #expect(!PrometheusEscaping.isPlain("0", isMetric: true))
    }
}
