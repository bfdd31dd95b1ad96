internal import Instruments

/// `TelemetrySnapshot = f(MetricsSnapshot, NodeState)`.
extension TelemetrySnapshot {
    init(_ metrics: MetricsSnapshot, _ state: NodeState, nodeID: String, hasNetwork: Bool) {
        let runtime = ScopeReader(metrics, scope: RuntimeMetrics.scope)
        // The gauge may already be a block ahead of the hash.
        blockHeight = state.blockHeight ?? runtime.total(Name.blockHeight)
        blockHash = state.blockHash
        transactionCount = runtime.total(Name.mempoolTransactions)
        peerCount = runtime.total(Name.peerCount)
        self.nodeID = nodeID
        reputationScore = runtime.level(Name.reputationScore) ?? 0
        timestamp = metrics.time / 1_000_000_000
        verifierMetrics = Self.verifiers(runtime)
        roundLatencies = state.roundDurations
        leaderChanges = runtime.total(Name.leaderChanges)
        quorumLatency = state.quorumLatency
        witnessEvents = runtime.total(Name.witnessEvents)
        slashingEvents = runtime.total(Name.slashingEvents)
        failedVotes = runtime.total(Name.failedVotes)
        if hasNetwork {
            network = NetworkMetricsSnapshot(ScopeReader(metrics, scope: NetworkMetrics.scope))
        }
    }

    private static func verifiers(_ runtime: ScopeReader) -> [String: VerifierMetrics] {
        var backends: [String: VerifierMetrics] = [:]
        for backend in VerificationBackend.allCases {
            let name = backend.attributeValue
            let own = [Attribute(VerificationBackend.attributeKey, .string(name))]
            let accepted = own + VerificationResult.ok.attributes
            let rejected = own + VerificationResult.fail.attributes
            var metrics = VerifierMetrics()
            metrics.accepted = runtime.total(Name.verificationOutcomes, accepted)
            metrics.rejected = runtime.total(Name.verificationOutcomes, rejected)
            let (count, sum) = runtime.distribution(Name.verificationDuration, own)
            // A foreign snapshot may hold anything; of NaN nothing is greater than 0.
            metrics.totalDuration = sum > 0 ? UInt64(min(sum.rounded(), 9e15)) : 0
            let events = runtime.total(Name.verificationOutcomes, own)
            if events > 0 || count > 0 { backends[name] = metrics }
        }
        return backends
    }
}

extension NetworkMetricsSnapshot {
    init(_ network: ScopeReader) {
        let inbound = GossipDirection.inbound.attributes
        let outbound = GossipDirection.outbound.attributes
        inboundBytes = network.total(Name.gossipBytes, inbound)
        outboundBytes = network.total(Name.gossipBytes, outbound)
        topics = GossipTopic.allCases.map { topic in
            Topic(
                topic: topic.attributeValue,
                inboundBytes: network.total(Name.gossipBytes, topic.attributes + inbound),
                outboundBytes: network.total(Name.gossipBytes, topic.attributes + outbound),
                meshPeers: network.total(Name.meshPeers, topic.attributes))
        }
        peerScores = network.levels(Name.peerScore, key: "peer").map {
            PeerScore(peer: $0.value, score: $0.level)
        }
    }
}
