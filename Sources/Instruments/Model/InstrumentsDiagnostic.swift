/// Something that a program does wrong with its instruments; recording goes on all the same.
public enum InstrumentsDiagnostic: Sendable, Hashable, CustomStringConvertible {
    /// A meter has an empty name.
    case emptyMeterName
    /// The name of an instrument breaks the syntax; it is used all the same.
    case invalidName(String)
    /// An instrument is registered twice with another kind, unit, description or number type.
    case conflictingRegistration(String)
    /// An instrument is asked for in another casing than at `first`, which is used.
    case differentCasing(String, first: String)
    /// An instrument is asked for again with other boundaries or attribute keys.
    case differentAdvice(String)
    /// The boundaries of a histogram are faulty, and why; the default ones are used.
    case invalidBoundaries(String, String)
    /// A type of closed attributes is faulty, and why.
    case invalidClosedAttributes(String, String)
    /// A view asks for an aggregation that an instrument can't have; the view is ignored.
    case unusableView(String, String)
    /// A view that renames may give several instruments this one name.
    case renamingViewSelectsSeveral(String)
    /// Measurements of an instrument were dropped because it can't take them.
    case droppedMeasurements(String)
    /// An instrument has `limit` attribute sets, most of all by `key`; others share one point.
    case cardinalityLimitReached(String, limit: Int, key: String)
    /// A callback of an instrument observes more than `limit` values in one run.
    case observationLimitReached(String, limit: Int)
    /// A callback of an instrument runs longer than `limit`; it is skipped until it returns.
    case slowCallback(String, limit: Duration)
    /// Callbacks are not run, since this many threads are held up by others that hang.
    case callbacksSkipped(hanging: Int)

    public var description: String {
        switch self {
        case .emptyMeterName:
            "A meter has an empty name; give it that of the instrumented library or component."
        case .invalidName(let name):
            "The instrument name \"\(name)\" breaks OpenTelemetry's syntax: a letter, then up to"
                + " 254 letters, digits, '_', '.', '-', '/'. It is used as it is."
        case .conflictingRegistration(let name):
            "The instrument \"\(name)\" is registered twice with another kind, unit, description or"
                + " number type. Both are exported; receivers may refuse one of them. A view that"
                + " selects one of them by kind or unit and gives it another name resolves it."
        case .differentCasing(let name, let first):
            "The instrument \"\(name)\" is the same as \"\(first)\", whose casing is used."
        case .differentAdvice(let name):
            "The instrument \"\(name)\" is asked for again with other boundaries or attribute keys;"
                + " the first ones are used."
        case .invalidBoundaries(let name, let fault):
            "The histogram \"\(name)\" \(fault). The default boundaries are used."
        case .invalidClosedAttributes(let type, let fault):
            "The closed attributes \(type) are faulty: the type \(fault). Indices should be 0, 1, 2"
                + " and so on, each of one set."
        case .unusableView(let name, let aggregation):
            "A view asks for the aggregation \(aggregation) of \"\(name)\", which can't be. The"
                + " view is ignored."
        case .renamingViewSelectsSeveral(let name):
            "The view that gives its stream the name \"\(name)\" may select several instruments,"
                + " which would all get that name. Let it select one by its exact name."
        case .droppedMeasurements(let name):
            "Measurements of \"\(name)\" were dropped: sums and histograms take finite values,"
                + " counters and histograms no negative ones, and a callback observes only the"
                + " instruments that it was registered for."
        case .cardinalityLimitReached(let name, let limit, let key):
            "The instrument \"\(name)\" has reached its limit of \(limit) attribute sets, most of"
                + " all by the key \"\(key)\"; further ones are summed up in the point"
                + " otel.metric.overflow=true."
        case .observationLimitReached(let name, let limit):
            "A callback of \"\(name)\" observes more than \(limit) values in one run; further ones are"
                + " dropped."
        case .slowCallback(let name, let limit):
            "A callback of \"\(name)\" was still running after \(limit); it is skipped until it"
                + " returns."
        case .callbacksSkipped(let hanging):
            "Callbacks were not run: \(hanging) threads, as many as are given away, are left to"
                + " callbacks that do not return."
        }
    }
}
