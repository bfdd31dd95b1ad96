import Glibc
import Instruments
import OTelEmitter
import RPPTelemetry
import TestSupport
import Testing

@testable import rpp_node

/// Whole nodes in this process, one after the other, with proofs small enough for debug builds.
@Suite(.serialized)
struct NodeTests {
    private static let seed: UInt64 = 41

    private func configuration(
        stopped: Int = 0, timeout: Duration = .seconds(3)
    ) -> NodeConfiguration {
        var configuration = NodeConfiguration()
        configuration.seed = Self.seed
        // The number of rounds ends a run; the time is only there to end a broken one.
        configuration.duration = .seconds(60)
        // Every validator has led by then.
        configuration.roundLimit = 5
        configuration.stoppedValidators = stopped
        configuration.roundTimeout = timeout
        configuration.blockProofs = .tiny
        configuration.lightProofs = .tiny
        return configuration
    }

    private func run(
        _ configuration: NodeConfiguration, diskCalls: DiskCalls = .real
    ) throws -> Node.Outcome {
        let node = try Node(configuration, telemetry: .unexported())
        var port: UInt16 = 0
        let outcome = try node.run(diskCalls: diskCalls) { port = $0 }
        print("seed \(Self.seed):", outcome.ledger.json)
        #expect(port != 0)
        #expect(outcome.isComplete)
        let rounds = outcome.ledger.rounds
        #expect(rounds.started == rounds.sealed + rounds.timedOut + rounds.failed)
        // Nobody else knows the port, so every reply that was sent reached the driver.
        #expect(outcome.driverStatuses == outcome.ledger.replies)
        return outcome
    }

    @Test func fourValidatorsSeal() throws {
        let ledger = try run(configuration()).ledger
        #expect(ledger.rounds.sealed >= 3)
        #expect(ledger.rounds.failed == 0)
        // A block and a vote; a vote that is not needed any more, since the other three came first,
        // is not written.
        let sealed = ledger.rounds.sealed
        #expect((sealed...2 * sealed).contains(ledger.wal.fsyncs))
        #expect(ledger.header.fsyncs == sealed)
        #expect(ledger.proofs.accepted > 0)
        #expect(ledger.proofs.rejected == 0 && ledger.proofs.stagesFailed == 0)
        #expect(ledger.consensus.slashed == [0, 0, 0])
        #expect(ledger.consensus.leaderChanges > 0)
        for topic in [GossipTopic.blocks, .votes, .proofs, .meta] {
            #expect(ledger.gossip[topic.rawValue].inbound > 0)
            #expect(ledger.gossip[topic.rawValue].outbound > 0)
        }
    }

    @Test func threeOfFourStillSeal() throws {
        let ledger = try run(configuration(stopped: 1)).ledger
        #expect(ledger.rounds.sealed >= 3)
    }

    /// Its figures can be read while they stand still, and then it may go.
    @Test func afterItsRunANodeStaysUntilItIsAskedToGo() throws {
        var lingering = configuration()
        lingering.linger = .seconds(3600)
        let node = try Node(
            lingering, telemetry: .unexported(),
            emitter: Emitter(EmitterConfiguration(environment: ["OTEL_METRICS_EXPORTER": "none"])))
        let port = Monitor<UInt16?>(nil)
        let run = Background {
            Result { try node.run { number in port.withLock { $0 = number } } }
        }
        let number = try #require(port.wait(within: .seconds(60), for: { $0 }))
        let isFinished = eventually(within: .seconds(60), every: 20) {
            let answer = try? LoopbackHTTP.get("/healthz", port: number)
            return answer?.text.contains("finished") == true
        }
        #expect(isFinished)
        #expect(!run.isDone)
        node.requestStop()
        let outcome = try #require(run.value(within: .seconds(60))).get()
        #expect(outcome.isComplete)
        #expect(outcome.ledger.rounds.sealed >= 3)
    }

    /// One of four does everything that is punished: the others go on, and the node sees it all.
    @Test func aFaultyValidatorIsSeenAndOutvoted() throws {
        var faulty = configuration(timeout: .milliseconds(500))
        faulty.faultyValidators = 1
        faulty.roundLimit = 12
        let ledger = try run(faulty).ledger
        #expect(ledger.rounds.sealed >= 4)
        #expect(ledger.proofs.rejected > 0 && ledger.proofs.stagesFailed > 0)
        #expect(ledger.consensus.slashed.allSatisfy { $0 > 0 }, "\(ledger.consensus.slashed)")
        let failed = ledger.consensus.failedVotes
        #expect(failed[VoteFailure.localPrevote.rawValue] > 0)
        #expect(failed[VoteFailure.externalVote.rawValue] > 0)
        #expect(failed[VoteFailure.invalidGossip.rawValue] > 0)
        #expect(ledger.consensus.witnessed.allSatisfy { $0 > 0 })
        #expect(ledger.consensus.blockStages.allSatisfy { $0 > 0 })
    }

    @Test(arguments: [2, 3])
    func withoutAQuorumEveryRoundTimesOut(stopped: Int) throws {
        let ledger = try run(configuration(stopped: stopped, timeout: .milliseconds(200))).ledger
        #expect(ledger.rounds.started >= 3)
        #expect(ledger.rounds.timedOut == ledger.rounds.started)
        #expect(ledger.wal.fsyncs == 0)
    }

    @Test func aloneWithoutNetworkItSealsAndSpeaksToNobody() throws {
        var alone = configuration()
        alone.validators = 1
        alone.isWithoutNetwork = true
        let ledger = try run(alone).ledger
        #expect(ledger.rounds.sealed >= 3)
        #expect(ledger.gossip.allSatisfy { $0 == Ledger.Traffic() })
    }

    @Test func aDiskThatRefusesFailsRoundsButNotTheNode() throws {
        let broken = DiskCalls(write: { _, _ in false }, synchronize: { _ in false })
        let ledger = try run(configuration(), diskCalls: broken).ledger
        #expect(ledger.rounds.failed >= 2)
        #expect(ledger.rounds.sealed == 0)
        #expect(ledger.consensus.failedVotes[VoteFailure.localPrecommit.rawValue] > 0)
        #expect(ledger.wal.fsyncs == 0)
        #expect(ledger.wal.bytes == 0)
    }

    @Test func aStopThatComesFirstEndsTheRun() throws {
        let node = try Node(configuration(), telemetry: .unexported())
        node.requestStop()
        let outcome = try node.run { _ in }
        // A round that has been opened is brought to its end; of the five none is begun after it.
        #expect(outcome.ledger.rounds.started <= 1)
    }

    @Test func storageFilesHoldTheChain() throws {
        let directory = try DataDirectory(named: nil)
        var kept = configuration()
        kept.dataDirectory = directory.path
        let ledger = try run(kept).ledger
        let headers = try records(directory.path + "/header.log")
        #expect(headers.payloads.count == ledger.header.fsyncs)
        #expect(headers.validBytes == ledger.header.bytes)
        let log = try records(directory.path + "/wal.log")
        #expect(log.payloads.count == ledger.wal.fsyncs)
        #expect(log.validBytes == ledger.wal.bytes)
        // The headers are a chain: each names the hash of the one before it.
        for (parent, child) in zip(headers.payloads, headers.payloads.dropFirst()) {
            #expect(Array(child[8..<40]) == SHA256.hash(parent).bytes)
        }
    }

    @Test func aMissingDirectoryIsAClearError() throws {
        var bad = configuration()
        bad.dataDirectory = "/nonexistent/deeper"
        let node = try Node(bad, telemetry: .unexported())
        let problem = #expect(throws: SystemCallError.self) { try node.run { _ in } }
        #expect(problem?.code == ENOENT)
    }

    private func records(_ path: String) throws -> (payloads: [[UInt8]], validBytes: Int) {
        let file = OwnedDescriptor(open(path, O_RDONLY))
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file.value, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return StorageRecord.decode(bytes)
    }
}
