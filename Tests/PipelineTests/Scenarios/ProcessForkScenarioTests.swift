import Glibc
import Instruments
import OTelEmitter
import Synchronization
import TestSupport
import Testing

/// Processes that fork or execute others (scenarios P2 and P6).
@Suite struct ProcessForkScenarioTests {
    private static let children = 20
    private static let amount = 20_000

    /// Threads count all the time while the process forks: children record, flush and shut down,
    /// and send nothing; what the parent counts arrives to the last measurement.
    ///
    /// How many children of a process whose threads also make new series survive: `ForkTests`.
    @Test func p6_childrenAreSilentAndTheParentsCountsAreExact() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            let pipeline = try Pipeline.make(to: collector) {
                $0.exportInterval = .milliseconds(5)
            }
            let emitter = pipeline.emitter
            let counter = emitter.meter("m").counter("c", of: Int.self)
            let bound = counter.bind(["k": 1])
            bound.add(1)
            #expect(emitter.flush().isComplete)
            let start = StartLine(5)
            let threads = (0..<4).map { _ in
                Background {
                    start.wait()
                    for _ in 0..<ProcessForkScenarioTests.amount { bound.add(1) }
                    return true
                }
            }
            start.wait()
            var outcome: [ForkedChild.Outcome: Int] = [:]
            for round in 0..<ProcessForkScenarioTests.children {
                let ended = ForkedChild.run(limit: .seconds(20)) {
                    for _ in 0..<ProcessForkScenarioTests.amount { bound.add(1) }
                    let flush = emitter.flush(timeout: .seconds(20))
                    let shutdown = emitter.shutdown(timeout: .seconds(20))
                    let isSilent = flush.totals.recorded == 0 && shutdown.totals.recorded == 0
                    // Every other one ends with the handlers of the process.
                    if round % 2 == 0 { exit(isSilent ? 0 : 1) }
                    return isSilent
                }
                outcome[ended, default: 0] += 1
            }
            #expect(outcome == [.succeeded: ProcessForkScenarioTests.children])
            for thread in threads { #expect(thread.value(within: .seconds(30)) == true) }
            #expect(emitter.shutdown(timeout: .seconds(20)).isComplete)
            let expected = "int \(4 * ProcessForkScenarioTests.amount + 1)"
            #expect(try pipeline.acceptedValues().last == [expected])
            #expect(collector.connections == 1)
            #expect(try collector.acceptedPoints().firstFall == nil)
            try pipeline.expectAccount(recorded: emitter.totals.recorded)
        }
    }

    /// What is executed gets no descriptor of a connection.
    @Test func p6_aProgramThatIsExecutedInheritsNoConnection() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            let pipeline = try Pipeline.make(to: collector)
            pipeline.count(series: 2)
            #expect(pipeline.emitter.flush().isComplete)
            let folder = try TemporaryFolder()
            let child = try ChildProcess(
                "/bin/ls", ["-l", "/proc/self/fd"], output: folder.file("descriptors"))
            #expect(child.ownStatus(within: .seconds(20)) == 0)
            let text = String(decoding: try folder.bytes("descriptors"), as: UTF8.self)
            let inherited = Set(
                text.split(whereSeparator: \.isWhitespace).filter { word in
                    word.hasPrefix("socket:")
                })
            let tcp = try ProcessForkScenarioTests.socketsOfTCP()
            #expect(!text.isEmpty && inherited.isDisjoint(with: tcp), "\(text)")
            #expect(pipeline.emitter.shutdown().isComplete)
            try pipeline.expectAccount(recorded: 4)
        }
    }

    /// All sockets of TCP in this network, as `/proc` names them.
    private static func socketsOfTCP() throws -> Set<Substring> {
        let lines = Program.bytes(of: "/proc/net/tcp").split(separator: UInt8(ascii: "\n"))
        let inodes = lines.dropFirst().compactMap { line -> Substring? in
            let words = line.split(separator: UInt8(ascii: " "))
            return words.count > 9 ? "socket:[\(String(decoding: words[9], as: UTF8.self))]" : nil
        }
        return Set(inodes)
    }

    @Test func p2_aChildsShutdownIsNoneOfItsParents() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            let pipeline = try Pipeline.make(to: collector)
            pipeline.count(series: 2)
            #expect(pipeline.emitter.flush().isComplete)
            let emitter = pipeline.emitter
            let outcome = ForkedChild.run(limit: .seconds(20)) {
                let reports = [emitter.shutdown(), emitter.shutdown(), emitter.flush()]
                return reports.allSatisfy { $0.totals.recorded == 0 && !$0.isComplete }
            }
            #expect(outcome == .succeeded)
            pipeline.count(series: 2)
            #expect(emitter.shutdown().isComplete)
            #expect(try pipeline.acceptedValues().last == ["int 2", "int 2"])
            try pipeline.expectAccount(recorded: 4)
        }
    }
}
