/// Decides what is told of certificate files that can't be used while those of before still are: a
/// renewal that went wrong shows nowhere else until what is in use expires. Told once it has
/// lasted, then every hour and for each new reason, and when it is over; in an hour `hourlyLimit`
/// lines at most.
struct CertificateReport {
    /// Lines told in an hour at most.
    static let hourlyLimit = 8
    /// How long files may be in the midst of being replaced.
    static let patience = Duration.seconds(30)
    /// Time between two reports of the same reason.
    static let reminderInterval = Duration.seconds(3600)

    private var budget = LineBudget(Self.hourlyLimit)
    /// Since when there is trouble; nil if there is none.
    private var began: MonotonicTime?
    /// What was told last of the trouble there is.
    private var told: (reason: String, at: MonotonicTime)?

    /// What to tell, if it is time to.
    ///
    /// - Parameter problem: what is wrong with the files now; nil if nothing is.
    mutating func checked(
        _ problem: String?, at time: MonotonicTime, endpoint: String
    ) -> EmitterDiagnostic? {
        guard let problem else { return recovered(at: time, endpoint) }
        let start = began ?? time
        began = start
        guard time >= start + Self.patience else { return nil }
        if let told, told.reason == problem, time < told.at + Self.reminderInterval { return nil }
        // One is kept for the end.
        guard budget.has(2, at: time) else { return nil }
        budget.spend(at: time)
        told = (problem, time)
        return .certificatesFailing(endpoint: endpoint, reason: problem)
    }

    private mutating func recovered(
        at time: MonotonicTime, _ endpoint: String
    ) -> EmitterDiagnostic? {
        defer { (began, told) = (nil, nil) }
        guard let began, told != nil else { return nil }
        budget.spend(at: time)
        return .certificatesRecovered(endpoint: endpoint, after: time - began)
    }
}
