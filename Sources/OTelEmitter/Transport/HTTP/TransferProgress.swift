internal import CCurl

/// How far a transfer came, and whereto, whether it succeeded or not.
package struct TransferProgress: Sendable, Equatable {
    package var phase = TransferFailure.Phase.resolving
    /// The address that was connected to, of the proxy if one was used; empty before, and of a Unix
    /// socket.
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
