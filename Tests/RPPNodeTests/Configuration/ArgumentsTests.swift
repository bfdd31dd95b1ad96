import RPPTelemetry
import Testing

@testable import rpp_node

struct ArgumentsTests {
    @Test func everyOptionArrives() throws {
        let words =
            "--seconds 10 --seed 18446744073709551615 --snapshot s.json --ledger l.json "
            + "--rpc-port 8080 --validators 7 --stop-validators 2 --data-dir d "
            + "--faulty-validators 3 --round-interval-ms 7 --mode validator "
            + "--linger-seconds 60"
        let arguments = try Arguments(parsing: words.split(separator: " ").map(String.init))
        #expect(arguments.configuration.duration == .seconds(10))
        #expect(arguments.configuration.seed == .max)
        #expect(arguments.snapshotPath == "s.json")
        #expect(arguments.ledgerPath == "l.json")
        #expect(arguments.configuration.rpcPort == 8080)
        #expect(arguments.configuration.validators == 7)
        #expect(arguments.configuration.stoppedValidators == 2)
        #expect(arguments.configuration.dataDirectory == "d")
        #expect(arguments.configuration.faultyValidators == 3)
        #expect(arguments.mode == .validator)
        #expect(arguments.configuration.linger == .seconds(60))
        #expect(arguments.configuration.roundInterval == .milliseconds(7))
    }

    @Test func nothingMeansTheDefaults() throws {
        let arguments = try Arguments(parsing: [])
        #expect(arguments.configuration == NodeConfiguration())
        #expect(!arguments.wantsHelp)
        #expect(try Arguments(parsing: ["--help"]).wantsHelp)
    }

    @Test func withoutNetworkMeansOneValidator() throws {
        let arguments = try Arguments(parsing: ["--without-network"])
        #expect(arguments.configuration.isWithoutNetwork)
        #expect(arguments.configuration.validators == 1)
    }

    @Test(arguments: [
        "--seconds", "--seconds 0", "--seconds ten", "--seconds -1", "--seconds 1.5",
        "--seed", "--seed -1", "--rpc-port 65536", "--rpc-port x", "--validators 0",
        "--validators 17", "--stop-validators 4", "--validators 1 --stop-validators 1",
        "--mode", "--mode miner", "--frobnicate", "--ledger", "--ledger --seconds", "extra",
        "--without-network --stop-validators 1", "--faulty-validators 4", "--faulty-validators -1",
        "--validators 3 --stop-validators 1 --faulty-validators 2", "--round-interval-ms 0",
        "--linger-seconds", "--linger-seconds -1", "--linger-seconds 86401",
    ])
    func badArgumentsAreNamed(line: String) {
        let words = line.split(separator: " ").map(String.init)
        let problem = #expect(throws: Arguments.Problem.self) { try Arguments(parsing: words) }
        let option = words[words.count > 2 ? words.count - 2 : 0]
        #expect(problem?.description.contains(option) == true || words.count > 2)
    }
}
