/// What the maker of an instrument recommends; views win over it (checklist A3.20 to A3.23).
struct InstrumentAdvice: Sendable, Equatable {
    /// Bucket boundaries of a histogram.
    var boundaries: [Double]?
    /// The keys worth keeping.
    var attributeKeys: Set<String>?
}
