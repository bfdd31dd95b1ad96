/// Something that a program does wrong with its instruments; recording goes on all the same.
public enum InstrumentsDiagnostic: Sendable, Hashable, CustomStringConvertible {
    case emptyMeterName
    case invalidName(String)
    case conflictingRegistration(String)
    case differentCasing(String, first: String)
    case differentAdvice(String)
    case invalidBoundaries(String, String)
    case invalidClosedAttributes(String, String)
    case unusableView(String, String)
    case renamingViewSelectsSeveral(String)
    case droppedMeasurements(String)
    case cardinalityLimitReached(String, limit: Int, key: String)
    case observationLimitReached(String, limit: Int)
    case slowCallback(String, limit: Duration)
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
