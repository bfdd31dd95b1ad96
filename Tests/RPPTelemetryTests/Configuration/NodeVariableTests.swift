import Testing

@testable import OTelEmitter
@testable import RPPTelemetry

@Suite struct NodeVariableTests {
    /// What a reader makes of a value, and what it reports.
    private func read<Value>(
        _ text: String?, of variable: NodeVariable,
        _ body: (inout NodeVariableReader, NodeVariable) -> Value?
    ) -> (value: Value?, problems: [ConfigurationProblem]) {
        var reader = NodeVariableReader(text.map { [variable.rawValue: $0] } ?? [:])
        let value = body(&reader, variable)
        return (value, reader.problems)
    }

    private func milliseconds(_ text: String?) -> (
        value: Duration?, problems: [ConfigurationProblem]
    ) {
        read(text, of: .timeout) { $0.milliseconds($1, in: 1...9) }
    }

    @Test(arguments: [nil, "", "  ", "\t"])
    func anEmptyValueIsUnset(value: String?) {
        #expect(read(value, of: .timeout) { $0.text($1) }.value == nil)
        let read = milliseconds(value)
        #expect(read.value == nil && read.problems.isEmpty)
    }

    @Test(arguments: [("1", 1), (" 9 ", 9), ("05", 5)])
    func millisecondsAreWhole(text: String, value: Int) {
        let read = milliseconds(text)
        #expect(read.value == .milliseconds(value) && read.problems.isEmpty)
    }

    @Test(arguments: ["0", "10", "-1", "+1", "1.5", "1s", "99999999999999999999", "٣"])
    func otherTextIsReportedAndIgnored(text: String) {
        let read = milliseconds(text)
        #expect(read.value == nil)
        #expect(read.problems.map(\.variable) == ["RPP_NODE_OTLP_TIMEOUT_MS"])
        #expect(read.problems.first?.remedy == "use whole milliseconds from 1 to 9")
    }

    @Test func anEndpointThatCannotBeUsedIsReportedAndNotShown() {
        let good = read("http://h:4318/v1/metrics", of: .endpoint) { $0.endpoint($1) }
        #expect(good.value != nil && good.problems.isEmpty)
        let bad = read("user:s3cr3t@h", of: .endpoint) { $0.endpoint($1) }
        #expect(bad.value == nil)
        #expect(bad.problems.count == 1 && !"\(bad.problems)".contains("s3cr3t"))
    }

    @Test func aTokenBecomesAHeaderAndIsNeverShown() {
        let good = read(" abc ", of: .token) { $0.authorization($1) }
        #expect(good.value == HTTPHeader("Authorization", "Bearer abc"))
        let bad = read("a\u{1}s3cr3t", of: .token) { $0.authorization($1) }
        #expect(bad.value == nil)
        #expect(bad.problems.count == 1 && !"\(bad.problems)".contains("s3cr3t"))
    }
}
