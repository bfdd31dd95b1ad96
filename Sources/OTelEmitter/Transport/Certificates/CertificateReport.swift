/// Decides what is reported about certificate files that can't be used while the previous ones are
/// still in use. Otherwise, nobody would notice a failed renewal until those expire.
///
/// The problem is reported once it has lasted for a while, then every hour and for each new reason,
/// and when it is over. There are at most `hourlyLimit` lines in an hour.
struct CertificateReport {
    /// The highest number of lines in an hour.
    static let hourlyLimit = 8
    /// How long the files may be incomplete while they are being replaced.
    static let patience = Duration.seconds(30)
    /// The time between two reports of the same reason.
    static let reminderInterval = Duration.seconds(3600)

    private var budget = LineBudget(Self.hourlyLimit)
    /// When the problem began, or nil if there is none.
    private var began: MonotonicTime?
    /// The last report about the current problem.
    private var told: (reason: String, at: MonotonicTime)?

    /// What to report, if it is time to do so.
    ///
    /// - Parameter problem: what is wrong with the current files, or nil.
    mutating func checked(
        _ problem: String?, at time: MonotonicTime, endpoint: String
    ) -> EmitterDiagnostic? {
        guard let problem else { return recovered(at: time, endpoint) }
        let start = began ?? time
        began = start
        guard time >= start + Self.patience else { return nil }
        if let told, told.reason == problem, time < told.at + Self.reminderInterval { return nil }
        // One line is kept for the end.
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
