import Instruments
import OTelEmitter
import OTelEmitterTools
import Testing

@testable import otel_emit

@Suite struct SendCommandArgumentsTests {
    @Test func everyOptionArrives() throws {
        let command = try SendCommand(
            ["jobs.done", "-0.5", "--kind", "gauge", "--unit=s", "--attr", "a=b=c", "--attr", "e="]
                + ["--scope", "cron", "--timeout", "2", "--progress"])
        let expected = Measurement(
            "jobs.done", .double(-0.5), kind: .gauge, unit: "s",
            attributes: [("a", .string("b=c")), ("e", .string(""))])
        #expect(command.source == .arguments(expected))
        #expect(command.scope == "cron")
        #expect(command.timeout == .seconds(2))
        #expect(command.tellsProgress)
    }

    @Test func optionsAreTheDefaultsOfLines() throws {
        let command = try SendCommand(["--stdin", "--kind", "counter", "--attr", "a=b"])
        #expect(command.source == .standardInput)
        #expect(command.defaults.kind == .counter)
        #expect(command.defaults.unit == nil)
        #expect(command.defaults.attributes.map(\.key) == ["a"])
        #expect(command.scope == SendCommand.defaultScope)
        #expect(command.timeout == SendCommand.defaultTimeout)
    }

    @Test(arguments: [
        (["a", "1"], "--kind"), (["a"], "NAME and VALUE"),
        (["a", "b", "--kind", "gauge"], "\"b\""),
        (["--stdin", "x"], "\"x\""), (["a", "1", "--kind", "dial"], "counter, gauge or histogram"),
        (["--frob"], "\"--frob\""),
    ])
    func problemSaysWhatWouldBeRight(words: [String], said: String) {
        let problem = #expect(throws: UsageProblem.self) { try SendCommand(words) }
        #expect(problem?.description.contains(said) == true, "\(problem?.description ?? "")")
    }
}
