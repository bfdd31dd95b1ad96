internal import JSONText

/// The document as JSON, with its keys in a fixed order.
extension TelemetrySnapshot {
    /// The document in UTF-8, without white space.
    public func json() -> [UInt8] {
        var buffer = ByteBuffer(capacity: 2048)
        buffer.append(self)
        return buffer.bytes()
    }
}

extension NetworkMetricsSnapshot {
    /// The section on its own, in UTF-8 without white space.
    public func json() -> [UInt8] {
        var buffer = ByteBuffer(capacity: 2048)
        buffer.append(self)
        return buffer.bytes()
    }
}

extension ByteBuffer {
    fileprivate mutating func append(_ snapshot: TelemetrySnapshot) {
        append("{")
        member("", "block_height", snapshot.blockHeight)
        member(",", "block_hash", snapshot.blockHash)
        member(",", "transaction_count", snapshot.transactionCount)
        member(",", "peer_count", snapshot.peerCount)
        member(",", "node_id", snapshot.nodeID)
        append(",\"reputation_score\":")
        append(number: snapshot.reputationScore)
        member(",", "timestamp", RFC3339.text(secondsSince1970: snapshot.timestamp))
        append(verifiers: snapshot.verifierMetrics)
        append(",\"consensus_round_latencies_ms\":[")
        for (index, latency) in snapshot.roundLatencies.enumerated() {
            if index > 0 { append(",") }
            append(integer: latency)
        }
        append("]")
        member(",", "consensus_leader_changes", snapshot.leaderChanges)
        append(",\"consensus_quorum_latency_ms\":")
        if let latency = snapshot.quorumLatency { append(integer: latency) } else { append("null") }
        member(",", "consensus_witness_events", snapshot.witnessEvents)
        member(",", "consensus_slashing_events", snapshot.slashingEvents)
        member(",", "consensus_failed_votes", snapshot.failedVotes)
        append(",\"network_metrics\":")
        append(snapshot.network)
        append("}")
    }

    private mutating func append(verifiers: [String: TelemetrySnapshot.VerifierMetrics]) {
        append(",\"verifier_metrics\":{\"per_backend\":{")
        let sorted = verifiers.sorted { $0.key < $1.key }
        for (index, (backend, metrics)) in sorted.enumerated() {
            if index > 0 { append(",") }
            append(string: backend)
            append(":{")
            member("", "accepted", metrics.accepted)
            member(",", "rejected", metrics.rejected)
            member(",", "total_duration_ms", metrics.totalDuration)
            append("}")
        }
        append("}}")
    }

    fileprivate mutating func append(_ network: NetworkMetricsSnapshot) {
        append("{\"bandwidth\":{")
        member("", "inbound_bytes", network.inboundBytes)
        member(",", "outbound_bytes", network.outboundBytes)
        append("},\"topics\":[")
        for (index, topic) in network.topics.enumerated() {
            member(index == 0 ? "{" : ",{", "topic", topic.topic)
            member(",", "inbound_bytes", topic.inboundBytes)
            member(",", "outbound_bytes", topic.outboundBytes)
            member(",", "mesh_peers", topic.meshPeers)
            append("}")
        }
        append("],\"peer_scores\":[")
        for (index, score) in network.peerScores.enumerated() {
            member(index == 0 ? "{" : ",{", "peer", score.peer)
            append(",\"score\":")
            append(number: score.score)
            append("}")
        }
        append("]}")
    }

    private mutating func member(_ before: StaticString, _ key: StaticString, _ value: UInt64) {
        name(before, key)
        append(integer: value)
    }

    private mutating func member(_ before: StaticString, _ key: StaticString, _ value: String) {
        name(before, key)
        append(string: value)
    }

    private mutating func name(_ before: StaticString, _ key: StaticString) {
        append(before)
        append("\"")
        append(key)
        append("\":")
    }

    /// NaN and infinities, which JSON lacks, become 0.
    private mutating func append(number: Double) {
        append(double: number.isFinite ? number : 0)
    }
}
