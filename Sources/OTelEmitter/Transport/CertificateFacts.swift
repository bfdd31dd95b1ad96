/// When the certificates in use expire, in seconds since 1970; nil if unknown.
struct CertificateFacts: Sendable, Equatable {
    var clientExpiry: Int64?
    var serverExpiry: Int64?
}

extension HTTPTransport {
    var certificates: CertificateFacts { CertificateFacts() }
}
