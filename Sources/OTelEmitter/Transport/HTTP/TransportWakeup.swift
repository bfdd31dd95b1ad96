internal import CCurl

/// libcurl's multi handle: driven by the emitter's thread, woken by any.
package final class TransportWakeup: Sendable {
    // SAFETY: the handle is used by the emitter's thread alone, but for `curl_multi_wakeup`, which
    // libcurl allows from any thread. It is freed when the last holder is gone, so nobody can be
    // waking it then.
    nonisolated(unsafe) let multi: UnsafeMutableRawPointer

    /// Nil when memory or descriptors are exhausted.
    package init?() {
        guard let multi = curl_multi_init() else { return nil }
        self.multi = multi
        // There is one request at a time. So a new connection closes the one that it replaces.
        ccurl_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, 1)
        WakeupDescriptors.closeOnExecute(multi)
        ExitGate.add(wakeable: UInt(bitPattern: multi))
    }

    deinit {
        ExitGate.remove(wakeable: UInt(bitPattern: multi))
        // The last holder's thread may be one of the host.
        guard ExitGate.tryToEnter() else { return }
        curl_multi_cleanup(multi)
        ExitGate.leave()
    }

    /// Makes a running or the next wait of the emitter's thread end at once.
    func wake() {
        curl_multi_wakeup(multi)
    }

    /// The same for a handle that is known to live.
    static func wake(handleAt address: UInt) {
        UnsafeMutableRawPointer(bitPattern: address).map { _ = curl_multi_wakeup($0) }
    }
}
