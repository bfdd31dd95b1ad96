internal import CCurl
internal import Glibc

/// Initialises libcurl's process-wide state once. It is never cleaned up, since other code in the
/// process may use libcurl too.
package enum CurlGlobal {
    /// What is wrong with libcurl, or nil if it can be used.
    ///
    /// Loading the TLS library takes about a millisecond, so the emitter's own thread is the first
    /// to ask for this.
    package static let problem: String? = {
        guard let version = ccurl_version_info()?.pointee else {
            return "libcurl does not tell its version"
        }
        let name = version.version.map { String(cString: $0) } ?? "of unknown version"
        if version.version_num < 0x075700 {
            return "libcurl \(name) is too old; 7.87 or later is needed"
        }
        if version.features & CURL_VERSION_ASYNCHDNS == 0 {
            return "libcurl \(name) resolves names without a thread of its own (AsynchDNS)"
        }
        if version.features & CURL_VERSION_THREADSAFE == 0 {
            return "libcurl \(name) has no thread-safe initialisation"
        }
        leaveOpenSSLUpAtExit()
        let status = curl_global_init(Int(CURL_GLOBAL_ALL))
        guard status == CURLE_OK else {
            return "libcurl can't be initialised (error \(status.rawValue))"
        }
        ExitGate.install()
        return nil
    }()

    /// Asks OpenSSL not to clean up its state at exit. The cleanup frees only what the end of the
    /// process frees anyway, and it could crash a thread that `ExitGate` could not stop in time.
    ///
    /// If other code has initialised OpenSSL before, or libcurl uses another TLS library, this has
    /// no effect, and `ExitGate` is the only protection.
    private static func leaveOpenSSLUpAtExit() {
        typealias Initialise = @convention(c) (UInt64, OpaquePointer?) -> Int32
        let withoutHandler: UInt64 = 0x0008_0000
        guard let symbol = dlsym(nil, "OPENSSL_init_crypto") else { return }
        // SAFETY: the type is from the function's declaration, and the option from its
        // documentation.
        _ = unsafeBitCast(symbol, to: Initialise.self)(withoutHandler, nil)
    }
}
