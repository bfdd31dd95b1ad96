/// What all meters of a provider share.
final class ProviderSettings: Sendable {
    let clock: ProviderClock
    private let cardinalityLimit: Int
    private let cardinalityLimits: [InstrumentKind: Int]
    let views: [View]
    let viewMatching: ViewMatching
    /// How histograms that no view selects are aggregated.
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

    /// How many attribute sets get a series of their own; at least 1. A view's limit comes before
    /// the limit of the instrument's kind, and this before the general one.
    func limit(of view: View, _ kind: InstrumentKind) -> Int {
        max(view.cardinalityLimit ?? cardinalityLimits[kind] ?? cardinalityLimit, 1)
    }

    /// Whether the instruments of a scope keep measurements. The host decides, except about meters
    /// that it asks for while it decides.
    func isEnabled(_ scope: InstrumentationScope) -> Bool {
        asking.run { isMeterEnabled(scope) } ?? true
    }

    /// Reports a diagnostic once, however often its cause occurs.
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
        // Each conflict is reported, since each may be between other instruments. Conflicts that
        // the host causes while it takes a report are not: they might never end.
        reportingConflict.run {
            for name in conflicts { report(.conflictingRegistration(name)) }
        }
        diagnostics.forEach(reportOnce)
    }

    /// An instrument was asked for again. The casing and the advice of the first request count.
    func check(
        _ first: InstrumentDescriptor, _ firstAdvice: InstrumentAdvice,
        _ again: InstrumentDescriptor, _ advice: InstrumentAdvice
    ) {
        if first.name != again.name {
            reportOnce(.differentCasing(again.name, first: first.name))
        }
        // A request without advice contradicts none.
        let isAnother =
            advice.boundaries ?? firstAdvice.boundaries != firstAdvice.boundaries
            || advice.attributeKeys ?? firstAdvice.attributeKeys != firstAdvice.attributeKeys
        if isAnother { reportOnce(.differentAdvice(first.name)) }
    }
}
