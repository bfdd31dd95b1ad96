/// What all meters of a provider share.
final class ProviderSettings: Sendable {
    let clock: ProviderClock
    private let cardinalityLimit: Int
    private let cardinalityLimits: [InstrumentKind: Int]
    let views: [View]
    let viewMatching: ViewMatching
    /// How histograms are aggregated that no view selects.
    let histogramAggregation: Aggregation
    /// Nil where no exemplars are kept.
    let exemplars: ExemplarPolicy?
    private let isMeterEnabled: @Sendable (InstrumentationScope) -> Bool
    private let asking = ThreadsInside()
    private let report: @Sendable (InstrumentsDiagnostic) -> Void
    private let reported = FirstTouchLock<Set<InstrumentsDiagnostic>>([])
    private let reportingConflict = ThreadsInside()

    init(
        clock: ProviderClock, cardinalityLimit: Int,
        cardinalityLimits: [InstrumentKind: Int] = [:], views: [View],
        viewMatching: ViewMatching = .independent,
        histogramAggregation: Aggregation, exemplars: ExemplarPolicy?,
        isMeterEnabled: @escaping @Sendable (InstrumentationScope) -> Bool,
        report: @escaping @Sendable (InstrumentsDiagnostic) -> Void
    ) {
        self.clock = clock
        self.cardinalityLimit = cardinalityLimit
        self.cardinalityLimits = cardinalityLimits
        self.views = views
        self.viewMatching = viewMatching
        self.histogramAggregation = histogramAggregation
        self.exemplars = exemplars
        self.isMeterEnabled = isMeterEnabled
        self.report = report
    }

    /// Attribute sets that get a series of their own; at least 1. The limit of a view wins over
    /// that of the kind, and this over the general one (checklist A9.1).
    func limit(of view: View, _ kind: InstrumentKind) -> Int {
        max(view.cardinalityLimit ?? cardinalityLimits[kind] ?? cardinalityLimit, 1)
    }

    /// Whether the instruments of a scope shall do anything: the host decides, but not about the
    /// meters that it asks for meanwhile.
    func isEnabled(_ scope: InstrumentationScope) -> Bool {
        asking.run { isMeterEnabled(scope) } ?? true
    }

    /// Tells once, however often it happens.
    func reportOnce(_ diagnostic: InstrumentsDiagnostic) {
        if reported.withLock({ $0.insert(diagnostic).inserted }) {
            report(diagnostic)
        }
    }

    /// A new instrument was registered.
    ///
    /// - Parameter conflicts: the names of its streams that other streams have too.
    func registered(
        _ descriptor: InstrumentDescriptor, _ conflicts: [String],
        _ diagnostics: [InstrumentsDiagnostic]
    ) {
        if !descriptor.hasValidName { reportOnce(.invalidName(descriptor.name)) }
        // Each conflict is told: they may be between different instruments. Those that are made
        // when one is told are not: they might never end.
        reportingConflict.run {
            for name in conflicts { report(.conflictingRegistration(name)) }
        }
        diagnostics.forEach(reportOnce)
    }

    /// An instrument was asked for again: the first one's casing (A3.33) and advice (A3.23) count.
    func check(
        _ first: InstrumentDescriptor, _ firstAdvice: InstrumentAdvice,
        _ again: InstrumentDescriptor, _ advice: InstrumentAdvice
    ) {
        if first.name != again.name {
            reportOnce(.differentCasing(again.name, first: first.name))
        }
        // Who advises nothing contradicts nobody.
        let isAnother =
            advice.boundaries ?? firstAdvice.boundaries != firstAdvice.boundaries
            || advice.attributeKeys ?? firstAdvice.attributeKeys != firstAdvice.attributeKeys
        if isAnother { reportOnce(.differentAdvice(first.name)) }
    }
}
