import Testing

@testable import OTelEmitter

@Suite struct EnvironmentReaderTests {
    private func make(_ value: String?, for variable: EnvironmentVariable = .timeout)
        -> EnvironmentReader
    {
        EnvironmentReader(value.map { [variable.rawValue: $0] } ?? [:])
    }

    @Test(arguments: [
        (nil, nil), ("", nil), (" \t ", nil), ("x", "x"), ("  x y\t", "x y"), ("\u{A0}", "\u{A0}"),
    ])
    func emptyTextIsUnsetAndSpaceAroundIsCutOff(value: String?, text: String?) {
        #expect(make(value).text(.timeout) == text)
    }

    @Test(arguments: [
        (nil, nil, 0), ("", nil, 0), ("true", true, 0), ("TRUE", true, 0), (" True ", true, 0),
        ("false", false, 0), ("FALSE", false, 0), ("1", false, 1), ("yes", false, 1),
        ("t", false, 1), ("true false", false, 1),
    ])
    func onlyTrueIsTrueAndOtherWordsAreReported(value: String?, expected: Bool?, problems: Int) {
        var reader = make(value)
        #expect(reader.boolean(.timeout) == expected)
        #expect(reader.problems.count == problems)
    }

    @Test(
        arguments: [
            (nil, nil, 0), ("", nil, 0), ("0", .zero, 0), ("1", .milliseconds(1), 0),
            (" 250 ", .milliseconds(250), 0), ("2147483647", .milliseconds(2_147_483_647), 0),
            ("2147483648", nil, 1), ("99999999999999999999", nil, 1), ("-1", nil, 1),
            ("5s", nil, 1),
            ("1.5", nil, 1), ("1e3", nil, 1), ("0x10", nil, 1), ("1 000", nil, 1), ("١", nil, 1),
            ("ten", nil, 1), ("+5", nil, 1), ("-0", nil, 1), ("007", .milliseconds(7), 0),
        ] as [(String?, Duration?, Int)])
    func millisecondsAreWholeAndNotNegative(value: String?, expected: Duration?, problems: Int) {
        var reader = make(value)
        #expect(reader.milliseconds(.timeout) == expected)
        #expect(reader.problems.count == problems)
        #expect(reader.problems.allSatisfy { $0.value == value })
    }

    @Test(arguments: [
        (nil, nil, 0), ("", nil, 0), ("gzip", 1, 0), ("GZip", 1, 0), (" none\t", 2, 0),
        ("zstd", nil, 1), ("gzip,none", nil, 1), ("gz ip", nil, 1),
    ])
    func choicesIgnoreCaseAndUnknownOnesAreReported(value: String?, expected: Int?, problems: Int) {
        var reader = make(value)
        #expect(
            reader.choice(
                .timeout, ["gzip": 1, "none": 2] as KeyValuePairs<String, Int>) == expected)
        #expect(reader.problems.count == problems)
    }

    @Test func aProblemSaysWhatWithWhichValueAndWhatWouldBeRight() {
        var reader = make("ZSTD ")
        _ = reader.choice(
            .timeout, ["gzip": 1, "none": 2] as KeyValuePairs<String, Int>)
        #expect(
            reader.problems.map(\.description) == [
                "The value \"ZSTD\" of OTEL_EXPORTER_OTLP_TIMEOUT can't be used: use gzip or none."
            ])
    }

    @Test func aLongValueIsCutAndASecretOneNotShown() {
        var reader = make(nil)
        reader.reject(.timeout, String(repeating: "x", count: 5000), "r")
        reader.reject(.headers, nil, "r")
        #expect(reader.problems[0].description.utf8.count < 300)
        #expect(
            reader.problems[1].description
                == "The value of OTEL_EXPORTER_OTLP_HEADERS can't be used: r.")
    }

    @Test func aDoubtSaysThatTheValueIsInForce() {
        var reader = make("x")
        reader.doubt(.timeout, "it is odd")
        #expect(reader.problems.map(\.isInForce) == [true])
        #expect(
            reader.problems.map(\.description) == [
                "OTEL_EXPORTER_OTLP_TIMEOUT looks wrong: it is odd."
            ])
    }

    @Test(
        arguments: [
            ("", nil, 0), ("1", 1, 0), ("10", 10, 0), ("0", nil, 1), ("11", nil, 1), ("-5", nil, 1),
            ("5s", nil, 1), ("9223372036854775808", nil, 1),
        ] as [(String, Int?, Int)])
    func integersAreWithinTheirBounds(value: String, expected: Int?, problems: Int) {
        var reader = make(value)
        #expect(reader.integer(.timeout, in: 1...10, unit: "bytes") == expected)
        #expect(reader.problems.count == problems)
        #expect(reader.problems.allSatisfy { $0.remedy == "use whole bytes from 1 to 10" })
    }

    @Test(arguments: [
        ("", []), (",", []), (" a ,, B\t,", ["a", "B"]), ("a", ["a"]),
    ])
    func listsHaveNoEmptyWords(value: String, expected: [String]) {
        #expect(make(value).list(.timeout) == expected)
    }

    @Test func theFirstVariableThatGivesAValueIsTheSource() {
        var reader = EnvironmentReader([
            "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT": "x", "OTEL_EXPORTER_OTLP_TIMEOUT": "5",
        ])
        let value = reader.first("timeout", [.metricsTimeout, .timeout]) { $0.milliseconds($1) }
        #expect(value == .milliseconds(5))
        #expect(reader.sources == ["timeout": .timeout])
        #expect(reader.problems.count == 1)
        let other = reader.first("other", [.metricsHeaders]) { $0.text($1) }
        #expect(other == nil)
        #expect(reader.sources["other"] == nil)
    }
}
