/// What is known of the certificates of a transport's connections.
package struct CertificateFacts: Sendable, Equatable {
    /// When the client's own certificate expires, in seconds since 1970; nil if there is none.
    package var clientExpiry: Int64?
    /// When the server's certificate expires, as the last handshake showed it; nil if there was
    /// none.
    package var serverExpiry: Int64?
    /// What is wrong with the files as they are now, though those of before may still be in use;
    /// nil if nothing is.
    var problem: String?
}
