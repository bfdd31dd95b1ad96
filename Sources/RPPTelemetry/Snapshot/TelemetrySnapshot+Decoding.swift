/// Reads the document (`Documentation/node-contract.md`, section 6, and
/// `Documentation/telemetry-snapshot.schema.json`). Unknown members are ignored, and keys may come
/// in any order.
extension TelemetrySnapshot {
    /// Reads a snapshot from a document. If it has no `network_metrics`, that section is empty.
    public init(json: [UInt8]) throws(SnapshotProblem) {
        let document = try DocumentReader(json)
        self.init()
        blockHeight = try document.unsigned("block_height")
        blockHash = try document.text("block_hash")
        transactionCount = try document.unsigned("transaction_count")
        peerCount = try document.unsigned("peer_count")
        nodeID = try document.text("node_id")
        reputationScore = try document.number("reputation_score")
        guard let seconds = RFC3339.secondsSince1970(try document.text("timestamp")) else {
            throw document.problem(
                "timestamp", "must be a time in UTC as 2025-01-01T12:00:00Z, from 1970 on")
        }
        timestamp = seconds
        for (name, backend) in try document.object("verifier_metrics").object("per_backend")
            .objectsByName()
        {
            var metrics = VerifierMetrics()
            metrics.accepted = try backend.unsigned("accepted")
            metrics.rejected = try backend.unsigned("rejected")
            metrics.totalDuration = try backend.unsigned("total_duration_ms")
            verifierMetrics[name] = metrics
        }
        roundLatencies = try document.unsignedList("consensus_round_latencies_ms")
        leaderChanges = try document.unsigned("consensus_leader_changes")
        quorumLatency = try document.optionalUnsigned("consensus_quorum_latency_ms")
        witnessEvents = try document.unsigned("consensus_witness_events")
        slashingEvents = try document.unsigned("consensus_slashing_events")
        failedVotes = try document.unsigned("consensus_failed_votes")
        if let network = try document.optionalObject("network_metrics") {
            self.network = try NetworkMetricsSnapshot(network)
        }
    }
}

extension NetworkMetricsSnapshot {
    /// Reads the section on its own, in the form that `json` writes.
    public init(json: [UInt8]) throws(SnapshotProblem) {
        try self.init(try DocumentReader(json))
    }

    init(_ document: DocumentReader) throws(SnapshotProblem) {
        self.init()
        let bandwidth = try document.object("bandwidth")
        inboundBytes = try bandwidth.unsigned("inbound_bytes")
        outboundBytes = try bandwidth.unsigned("outbound_bytes")
        for topic in try document.objects("topics") {
            topics.append(
                Topic(
                    topic: try topic.text("topic"),
                    inboundBytes: try topic.unsigned("inbound_bytes"),
                    outboundBytes: try topic.unsigned("outbound_bytes"),
                    meshPeers: try topic.unsigned("mesh_peers")))
        }
        for peer in try document.objects("peer_scores") {
            peerScores.append(
                PeerScore(peer: try peer.text("peer"), score: try peer.number("score")))
        }
    }
}
