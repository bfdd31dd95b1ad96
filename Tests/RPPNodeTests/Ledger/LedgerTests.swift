import Testing

@testable import rpp_node

struct LedgerTests {
    @Test func jsonHasEveryKeyInTheContractsOrder() {
        var ledger = Ledger()
        ledger.gossip[1] = Ledger.Traffic(inbound: 5, outbound: 6)
        ledger.wal = Ledger.Flushes(fsyncs: 1, bytes: 2)
        ledger.header = Ledger.Flushes(fsyncs: 3, bytes: 4)
        ledger.proofs = Ledger.Proofs(
            made: 7, accepted: 8, rejected: 9, checkedBytes: 11, stagesPassed: 12, stagesFailed: 13)
        ledger.startRound(leader: "a")
        ledger.startRound(leader: "b")
        ledger.consensus.slashed[2] = 3
        ledger.replies = [501: 1, 200: 12, 404: 3]
        ledger.rounds = Ledger.Rounds(started: 10, sealed: 7, timedOut: 2, failed: 1)
        let idle = "{\"inbound_bytes\":0,\"outbound_bytes\":0}"
        #expect(
            ledger.json
                == "{\"gossip\":{\"blocks\":\(idle),"
                + "\"votes\":{\"inbound_bytes\":5,\"outbound_bytes\":6},\"proofs\":\(idle),"
                + "\"vrf_proofs\":\(idle),\"snapshots\":\(idle),\"meta\":\(idle),"
                + "\"vrf_meta\":\(idle),\"witness_proofs\":\(idle),\"witness_meta\":\(idle)},"
                + "\"wal\":{\"fsyncs\":1,\"bytes\":2},\"header\":{\"fsyncs\":3,\"bytes\":4},"
                + "\"proofs\":{\"made\":7,\"accepted\":8,\"rejected\":9,\"checked_bytes\":11,"
                + "\"stages_passed\":12,\"stages_failed\":13},"
                + "\"rpc\":{\"replies\":{\"200\":12,\"404\":3,\"501\":1}},"
                + "\"rounds\":{\"started\":10,\"sealed\":7,\"timed_out\":2,\"failed\":1},"
                + "\"consensus\":{\"leader_changes\":1,"
                + "\"block_stages\":{\"proposal\":0,\"execution\":0,\"validation\":0,"
                + "\"commitment\":0},\"witness\":{\"blocks\":0,\"votes\":0},"
                + "\"slashing\":{\"invalid_identity\":0,\"invalid_vote\":0,"
                + "\"consensus_fault\":3},\"failed_votes\":{\"local_prevote\":0,"
                + "\"local_precommit\":0,\"external_vote\":0,\"invalid_gossip\":0}}}\n")
    }

    @Test func emptyLedgerHasNoReplies() {
        #expect(Ledger().json.contains("\"rpc\":{\"replies\":{}}"))
    }
}
