internal import CCurl
internal import Glibc

/// libcurl's process-wide state: initialised once, never cleaned up, since the host may use libcurl
/// too.
package enum CurlGlobal {
    /// Nil when libcurl is usable; otherwise what is wrong with it.
    ///
    /// Loading the TLS library takes about a millisecond, so this is first asked on the emitter's
    /// own thread.
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

    /// OpenSSL takes its state down at exit, which frees nothing that the end of the process does
    /// not, and would crash a thread that `ExitGate` could not stop in time. It can be told not to,
    /// unless the host has initialised it before, or libcurl uses another library: then there is
    /// the gate alone.
    private static func leaveOpenSSLUpAtExit() {
        typealias Initialise = @convention(c) (UInt64, OpaquePointer?) -> Int32
        let withoutHandler: UInt64 = 0x0008_0000
        guard let symbol = dlsym(nil, "OPENSSL_init_crypto") else { return }
        // SAFETY: the type is that of the function's declaration, the option of its documentation.
        _ = unsafeBitCast(symbol, to: Initialise.self)(withoutHandler, nil)
    }
}
