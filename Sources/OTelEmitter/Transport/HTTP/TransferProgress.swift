internal import CCurl

/// How far a transfer came and which address it reached, whether it succeeded or not.
package struct TransferProgress: Sendable, Equatable {
    package var phase = TransferFailure.Phase.resolving
    /// The address of the connection, which is the proxy's if there is one. Empty before the
    /// connection, and for a Unix socket.
    package var address = ""
    package var port = 0
}

extension HTTPTransport {
    /// How far the last transfer came.
    package var progress: TransferProgress {
        var text: UnsafeMutablePointer<CChar>?
        ccurl_easy_getinfo_string(easy, CURLINFO_PRIMARY_IP, &text)
        return TransferProgress(
            phase: phase, address: text.map { String(cString: $0) } ?? "",
            port: number(CURLINFO_PRIMARY_PORT))
    }
}
