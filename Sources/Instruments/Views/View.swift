/// Changes what becomes of some instruments: how their streams are called, which attributes are
/// kept, how measurements are aggregated (checklist A5).
///
///     View(.init(name: "http.*.duration"), aggregation: .exponentialBuckets())
///
/// An instrument that several views select has one stream for each, or for those of one name
/// together (`ViewMatching`). One that none selects keeps its defaults.
public struct View: Sendable {
    /// Which instruments it applies to.
    public var selector: Selector
    /// The stream's name; nil: the instrument's. Not checked against the syntax of names. A view
    /// that renames should select one instrument by its exact name; one that may select several is
    /// reported when the provider is made, and applies all the same (A5.5).
    public var name: String?
    /// The stream's description; nil: the instrument's.
    public var description: String?
    /// Which attributes are kept; nil: those that the instrument advises, else all. What is left
    /// out may still be seen on exemplars; switch those off if it must not be. Measurements of an
    /// instrument with free attributes allocate and take a lock then: a microsecond or two instead
    /// of less than 100 ns. Bound instruments and closed sets are as fast as ever.
    public var attributes: AttributeFilter?
    /// How measurements are aggregated.
    public var aggregation: Aggregation
    /// Attribute sets that get a series of their own; nil: the provider's limit for the kind.
    public var cardinalityLimit: Int?
    /// Makes the exemplar reservoir of each series: a built-in one or the host's; nil: the default
    /// for the aggregation.
    public var reservoir: ExemplarReservoirKind?

    /// Makes a view of the instruments that `selector` selects.
    ///
    /// Nothing is checked here: what can't be is reported when a provider is made with the view.
    public init(
        _ selector: Selector, name: String? = nil, description: String? = nil,
        attributes: AttributeFilter? = nil, aggregation: Aggregation = .standard,
        cardinalityLimit: Int? = nil, reservoir: ExemplarReservoirKind? = nil
    ) {
        self.selector = selector
        self.name = name
        self.description = description
        self.attributes = attributes
        self.aggregation = aggregation
        self.cardinalityLimit = cardinalityLimit
        self.reservoir = reservoir
    }

    /// Criteria for instruments; those that are nil match all, the others have to match together.
    public struct Selector: Sendable, Hashable {
        /// The instrument's name, in any case; `*` stands for any number of characters, `?` for
        /// one.
        public var name: String?
        /// The instrument's kind.
        public var kind: InstrumentKind?
        /// The instrument's unit, case-sensitive.
        public var unit: String?
        /// The name of the instrument's meter.
        public var meterName: String?
        /// The version of the instrument's meter.
        public var meterVersion: String?
        /// The schema URL of the instrument's meter.
        public var meterSchemaURL: String?

        /// Selects what fits all criteria that are given; without any it selects every instrument.
        public init(
            name: String? = nil, kind: InstrumentKind? = nil, unit: String? = nil,
            meterName: String? = nil, meterVersion: String? = nil, meterSchemaURL: String? = nil
        ) {
            self.name = name
            self.kind = kind
            self.unit = unit
            self.meterName = meterName
            self.meterVersion = meterVersion
            self.meterSchemaURL = meterSchemaURL
        }

        /// Whether it names no single instrument.
        var mayMatchSeveral: Bool { name?.contains { "*?".contains($0) } ?? true }

        func matches(_ instrument: InstrumentDescriptor, _ scope: InstrumentationScope) -> Bool {
            (name.map { Wildcard.matches(instrument.name.lowercased(), $0.lowercased()) } ?? true)
                && (kind.map { $0 == instrument.kind } ?? true)
                && (unit.map { $0 == instrument.unit } ?? true)
                && (meterName.map { $0 == scope.name } ?? true)
                && (meterVersion.map { $0 == scope.version } ?? true)
                && (meterSchemaURL.map { $0 == scope.schemaURL } ?? true)
        }
    }
}
