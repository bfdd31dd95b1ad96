extension MetricStream {
    func overflow(_ scope: InstrumentationScope) -> CardinalityOverflow? {
        let refused = table.refusedSets
        guard refused > 0 else { return nil }
        return CardinalityOverflow(
            scope: scope, instrument: metric.name, limit: table.limit, refusedSets: refused,
            key: guiltyKey(), creation: creation)
    }
}

extension ObservableStream {
    func overflow(
        _ scope: InstrumentationScope, _ creation: UInt64
    ) -> CardinalityOverflow? {
        let refused = refusedSets
        guard refused > 0 else { return nil }
        return CardinalityOverflow(
            scope: scope, instrument: metric.name, limit: limit, refusedSets: refused,
            key: guiltyKey() ?? "", creation: creation)
    }
}
