/// What streams need to know to keep exemplars; streams without it pay nothing for them.
struct ExemplarPolicy: Sendable {
    let filter: ExemplarFilter
    private let hook: @Sendable () -> TraceContext?
    private let inside = ThreadsInside()

    /// - Parameter context: the trace of the calling thread or task; a hook of the host.
    init(filter: ExemplarFilter, context: @escaping @Sendable () -> TraceContext?) {
        self.filter = filter
        hook = context
    }

    /// Whether a measurement made now may become an exemplar, and its trace.
    func admits() -> (isAdmitted: Bool, context: TraceContext?) {
        switch filter {
        case .alwaysOff: return (false, nil)
        case .alwaysOn: return (true, context())
        case .traceBased:
            let context = context()
            return (context?.isSampled ?? false, context)
        }
    }

    /// What the hook measures itself has no trace.
    private func context() -> TraceContext? { inside.run(hook) ?? nil }
}
