/// A metric some of whose attribute sets found no room and share the overflow point.
public struct CardinalityOverflow: Sendable, Equatable {
    /// The scope of the instrument.
    public let scope: InstrumentationScope
    /// The metric's name: the instrument's, or what a view calls it.
    public let instrument: String
    /// Attribute sets that have a series of their own at most.
    public let limit: Int
    /// How many different sets were refused since the instrument was made: an estimate with a
    /// standard error of 6.5 %, in constant memory.
    public let refusedSets: Int
    /// The key with the most different values when that was first seen: most likely the one that
    /// should not be an attribute.
    public let key: String
    /// When the instrument was made, in nanoseconds since 1970.
    public let creation: UInt64
}
