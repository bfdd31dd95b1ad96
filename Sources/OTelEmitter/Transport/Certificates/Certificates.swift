/// The certificate files of one transport.
struct Certificates: Sendable {
    /// The time between two checks of the files. They are checked before requests.
    static let checkInterval = Duration.seconds(1)

    let authoritiesPath: String?
    private(set) var authorities: CertificateFiles
    private(set) var client: CertificateFiles
    private var checked: MonotonicTime?
    private var serverExpiry: Int64?

    init(_ options: TLSOptions) {
        authoritiesPath = options.authoritiesPath
        authorities = CertificateFiles(
            options.authoritiesPath.map { [($0, CertificateFiles.Content.authorities)] } ?? [])
        if let client = options.clientIdentity {
            self.client = CertificateFiles([
                (client.certificatePath, .certificate), (client.keyPath, .key),
            ])
        } else {
            client = CertificateFiles([])
        }
    }

    /// Reads the files that have changed. Returns true if other files are now in use.
    mutating func refresh(at now: MonotonicTime) -> Bool {
        if let checked, now - checked < Self.checkInterval { return false }
        checked = now
        let hasNewAuthorities = authorities.refresh()
        let hasNewClient = client.refresh()
        return hasNewAuthorities || hasNewClient
    }

    /// Whether connections can be made: for each configured path, the current or the previous file
    /// can be used.
    var isUsable: Bool {
        (authorities.isEmpty || authorities.inUse != nil) && (client.isEmpty || client.inUse != nil)
    }

    /// Notes that a handshake succeeded with the files in use.
    mutating func prove(serverExpiry: Int64?) {
        authorities.prove()
        client.prove()
        self.serverExpiry = serverExpiry
    }

    /// Called when libcurl can't use the files. Returns true if the previous ones are in use again.
    ///
    /// - Parameters:
    ///   - detail: libcurl's description of the problem.
    ///   - isOfAuthorities: whether it concerns the authorities rather than the client's files.
    mutating func reject(_ detail: String, isOfAuthorities: Bool) -> Bool {
        if isOfAuthorities { return !authorities.isEmpty && authorities.reject(detail) }
        return !client.isEmpty && client.reject(detail)
    }

    /// What is wrong with the current files.
    var problem: String? {
        let problems = [authorities.problem, client.problem].compactMap { $0 }
        return problems.isEmpty ? nil : problems.joined(separator: "; ")
    }

    var facts: CertificateFacts {
        CertificateFacts(
            clientExpiry: client.inUse?.first.flatMap { X509Expiry(firstOf: $0.pem)?.notAfter },
            serverExpiry: serverExpiry,
            problem: problem)
    }
}
