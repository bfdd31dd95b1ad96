import Instruments
import JSONText
import Testing

@testable import OTelEmitter

@Suite struct PrometheusLabelsTests {
    private func text(
        _ attributes: AttributeSet, scope: InstrumentationScope? = nil, isHistogram: Bool = false,
        _ translation: PrometheusTranslation = .underscoreEscapingWithSuffixes,
        _ escaping: PrometheusEscaping = .underscores
    ) -> String {
        var labels = PrometheusLabels(translation, escaping)
        labels.begin(scope, isHistogram: isHistogram)
        labels.write(attributes)
        return String(decoding: labels.text.bytes(), as: UTF8.self)
    }

    @Test func labelsAreSortedByName() {
        #expect(text(["b": "2", "a.c": "1", "B": "3"]) == #"B="3",a_c="1",b="2""#)
        #expect(text([:]) == "")
    }

    /// Specification: values of keys that become one name are joined, by the order of the keys.
    @Test func keysOfOneNameAreJoined() {
        #expect(text(["a_b": "2", "a.b": "1", "a b": "0"]) == #"a_b="0;1;2""#)
    }

    /// To Swift the two keys are the same.
    @Test func keysAreToldApartByTheirBytes() {
        #expect(text(["\u{E9}": "1", "e\u{301}": "2"]) == #"_="1",e_="2""#)
        #expect(
            text(["\u{E9}": "1", "e\u{301}": "2"], .noTranslation, .allowUTF8)
                == "\"e\u{301}\"=\"2\",\"\u{E9}\"=\"1\"")
    }

    /// Points with the same keys are written by one plan, others by others, and some the long way.
    @Test func everyPointHasItsOwnValues() {
        var labels = PrometheusLabels(.underscoreEscapingWithSuffixes, .underscores)
        let scope = InstrumentationScope(name: "s")
        let points: [(AttributeSet, String)] = [
            (["b": "1", "z.z": "2"], #"b="1",otel_scope_name="s",z_z="2""#),
            (["b": "\"", "z.z": 5], #"b="\"",otel_scope_name="s",z_z="5""#),
            (["b": "", "z.z": "2"], #"otel_scope_name="s",z_z="2""#),
            (["z.z": "2"], #"otel_scope_name="s",z_z="2""#),
            (["b": "1"], #"b="1",otel_scope_name="s""#),
            ([:], #"otel_scope_name="s""#),
            (["z.z": "1", "z_z": "2"], #"otel_scope_name="s",z_z="1;2""#),
            (["z.z": "3", "z_z": "4"], #"otel_scope_name="s",z_z="3;4""#),
            (["zb": "1", "z.z": "2"], #"otel_scope_name="s",z_z="2",zb="1""#),
            (["b": "3", "z.z": true], #"b="3",otel_scope_name="s",z_z="true""#),
        ]
        labels.begin(scope)
        for _ in 0..<2 {
            for (attributes, expected) in points {
                labels.write(attributes)
                #expect(String(decoding: labels.text.bytes(), as: UTF8.self) == expected)
            }
        }
        // What the next metric has in common is not what this one had.
        labels.begin()
        labels.write(["b": "1"])
        #expect(String(decoding: labels.text.bytes(), as: UTF8.self) == #"b="1""#)
    }

    /// More combinations of keys than there are plans.
    @Test func anyNumberOfKeysIsWritten() {
        var labels = PrometheusLabels(.underscoreEscapingWithSuffixes, .underscores)
        labels.begin()
        for index in 0..<100 {
            labels.write(AttributeSet([Attribute("k\(index)", "v"), Attribute("a", "x")]))
            let text = String(decoding: labels.text.bytes(), as: UTF8.self)
            #expect(text == "a=\"x\",k\(index)=\"v\"")
        }
    }

    @Test func anEmptyLabelOfTheScopeIsLeftOutUnlessItIsJoined() {
        let scope = InstrumentationScope(name: "s", attributes: ["a": "", "b.c": "", "b_c": "x"])
        #expect(text([:], scope: scope) == #"otel_scope_b_c=";x",otel_scope_name="s""#)
    }

    /// A scope's name is told once, however the names are escaped.
    @Test(arguments: ["dots", "values", "underscores", "allow-utf-8"])
    func attributesOfTheScopeTakeNoNameOfItsOwn(scheme: String) throws {
        let scope = InstrumentationScope(
            name: "lib", attributes: ["name": "evil", "version": "evil", "schema.url": "evil"])
        let escaping = try #require(PrometheusEscaping(rawValue: scheme))
        #expect(
            text([:], scope: scope, .underscoreEscapingWithSuffixes, escaping)
                == #"otel_scope_name="lib""#)
    }

    /// The next metric may be of the same scope, and yet have other labels.
    @Test func whatFollowsInTheSameScopeIsWrittenAnew() {
        var labels = PrometheusLabels(.underscoreEscapingWithSuffixes, .underscores)
        let scope = InstrumentationScope(name: "s")
        for (isHistogram, expected) in [(false, "le"), (true, "exported_le"), (false, "le")] {
            labels.begin(scope, isHistogram: isHistogram)
            labels.write(["le": "x"])
            let text = String(decoding: labels.text.bytes(), as: UTF8.self)
            #expect(text == "\(expected)=\"x\",otel_scope_name=\"s\"")
        }
        labels.begin(InstrumentationScope(name: "s", version: "2"))
        labels.write(["le": "x"])
        #expect(
            String(decoding: labels.text.bytes(), as: UTF8.self)
                == #"le="x",otel_scope_name="s",otel_scope_version="2""#)
        labels.begin(InstrumentationScope(name: "e\u{301}"))
        labels.write([:])
        labels.begin(InstrumentationScope(name: "\u{E9}"))
        labels.write([:])
        #expect(
            String(decoding: labels.text.bytes(), as: UTF8.self)
                .unicodeScalars.contains("\u{E9}"))
    }

    @Test func theScopeIsToldInLabels() {
        let scope = InstrumentationScope(
            name: "lib", version: "1.2", schemaURL: "http://s",
            attributes: ["team": "x", "name": "dropped", "schema.url": "dropped"])
        #expect(
            text(["otel.scope.name": "mine"], scope: scope)
                == #"otel_scope_name="mine;lib",otel_scope_schema_url="http://s","#
                + #"otel_scope_team="x",otel_scope_version="1.2""#)
        #expect(text(["a": 1], scope: InstrumentationScope(name: "")) == #"a="1""#)
    }

    /// To Prometheus an empty label is none.
    @Test func emptyLabelsAreLeftOut() {
        #expect(text(["a": "", "b": "x", "c": .empty]) == #"b="x""#)
    }

    @Test func theBoundOfABucketKeepsItsName() {
        #expect(text(["le": "x"], isHistogram: true) == #"exported_le="x""#)
        #expect(text(["le": "x"]) == #"le="x""#)
    }

    @Test func valuesAreEscaped() {
        #expect(text(["a": "q\"b\\n\nü\u{0}"]) == #"a="q\"b\\n\nü\#u{0}""#)
    }

    @Test func namesOfOtherCharactersStandInQuotes() {
        #expect(text(["a.b": "x"], .noTranslation, .allowUTF8) == #""a.b"="x""#)
        #expect(text(["a.b": "x"], .noTranslation, .dots) == #"a_dot_b="x""#)
    }

    private func text(of exemplar: Exemplar) -> String {
        var labels = PrometheusLabels(.underscoreEscapingWithSuffixes, .underscores)
        return String(decoding: labels.text(of: exemplar), as: UTF8.self)
    }

    @Test func anExemplarTellsItsTraceAndWhatFits() {
        let context = TraceContext(traceID: (0x0A, 0xFF), spanID: 0x1B, isSampled: true)
        let trace = #"trace_id="000000000000000a00000000000000ff",span_id="000000000000001b""#
        let filtered: AttributeSet = [
            "huge": .string(String(repeating: "x", count: 100)), "user.id": 7, "trace.id": "forged",
        ]
        #expect(
            text(
                of: Exemplar(
                    value: .int(1), time: 2, filteredAttributes: filtered, context: context))
                == trace + #",user_id="7""#)
        // Names and values have 8 + 32 + 7 + 16 characters, and 65 are left.
        for (length, fits) in [(64, true), (65, false)] {
            let value = String(repeating: "é", count: length)
            let exemplar = Exemplar(
                value: .int(1), time: 2, filteredAttributes: ["k": .string(value)], context: context
            )
            #expect(text(of: exemplar).hasSuffix(#",k="\#(value)""#) == fits)
        }
        #expect(text(of: Exemplar(value: .int(1), time: 2)) == "")
    }
}
