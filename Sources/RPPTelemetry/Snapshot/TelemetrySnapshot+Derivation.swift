internal import Instruments

/// The snapshot is a function of the metrics and of the node's state.
extension TelemetrySnapshot {
    init(_ metrics: MetricsSnapshot, _ state: NodeState, hasNetwork: Bool) {
        let runtime = ScopeReader(metrics, scope: RuntimeMetrics.scope)
        // The gauge may already be one block ahead of the hash.
        blockHeight = state.blockHeight ?? runtime.total(Catalogue.blockHeight)
        blockHash = state.blockHash
        transactionCount = runtime.total(Catalogue.mempoolTransactions)
        peerCount = runtime.total(Catalogue.peerCount)
        nodeID = state.nodeID
        reputationScore = runtime.level(Catalogue.reputationScore) ?? 0
        timestamp = metrics.time / 1_000_000_000
        verifierMetrics = Self.verifiers(runtime)
        roundLatencies = state.roundDurations
        leaderChanges = runtime.total(Catalogue.leaderChanges)
        quorumLatency = state.quorumLatency
        witnessEvents = runtime.total(Catalogue.witnessEvents)
        slashingEvents = runtime.total(Catalogue.slashingEvents)
        failedVotes = runtime.total(Catalogue.failedVotes)
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
            metrics.accepted = runtime.total(Catalogue.verificationOutcomes, accepted)
            metrics.rejected = runtime.total(Catalogue.verificationOutcomes, rejected)
            let (count, sum) = runtime.distribution(Catalogue.verificationDuration, own)
            // A snapshot from elsewhere may hold any number, even NaN, which is not greater than 0.
            metrics.totalDuration = sum > 0 ? UInt64(min(sum.rounded(), 9e15)) : 0
            let events = runtime.total(Catalogue.verificationOutcomes, own)
            if events > 0 || count > 0 { backends[name] = metrics }
        }
        return backends
    }
}

extension NetworkMetricsSnapshot {
    init(_ network: ScopeReader) {
        let inbound = GossipDirection.inbound.attributes
        let outbound = GossipDirection.outbound.attributes
        inboundBytes = network.total(Catalogue.gossipBytes, inbound)
        outboundBytes = network.total(Catalogue.gossipBytes, outbound)
        topics = GossipTopic.allCases.map { topic in
            Topic(
                topic: topic.attributeValue,
                inboundBytes: network.total(Catalogue.gossipBytes, topic.attributes + inbound),
                outboundBytes: network.total(
                    Catalogue.gossipBytes, topic.attributes + outbound),
                meshPeers: network.total(Catalogue.meshPeers, topic.attributes))
        }
        peerScores = network.levels(Catalogue.peerScore, key: Catalogue.peerKey).map {
            PeerScore(peer: $0.value, score: $0.level)
        }
    }
}
