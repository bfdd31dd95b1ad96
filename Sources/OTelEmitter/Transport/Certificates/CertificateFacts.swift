/// What is known about the certificates of a transport's connections.
package struct CertificateFacts: Sendable, Equatable {
    /// When the client certificate expires, in seconds since 1970. Nil if there is none.
    package var clientExpiry: Int64?
    /// When the server's certificate of the last handshake expires, in seconds since 1970. Nil if
    /// there was no handshake.
    package var serverExpiry: Int64?
    /// What is wrong with the current files, or nil. If something is, the previous files may still
    /// be in use.
    var problem: String?
}
