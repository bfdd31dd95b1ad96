internal import CCurl

/// libcurl's multi handle. The emitter's thread drives it, and any thread may wake it.
package final class TransportWakeup: Sendable {
    // SAFETY: only the emitter's thread uses the handle, except for `curl_multi_wakeup`, which
    // libcurl allows from any thread. It is freed when its last owner is gone, so no thread can be
    // waking it then.
    // waking it then.
    nonisolated(unsafe) let multi: UnsafeMutableRawPointer

    /// Nil if memory or descriptors are exhausted.
    package init?() {
        guard let multi = curl_multi_init() else { return nil }
        self.multi = multi
        // There is one request at a time, so a new connection closes the one that it replaces.
        ccurl_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, 1)
        WakeupDescriptors.closeOnExecute(multi)
        ExitGate.add(wakeable: UInt(bitPattern: multi))
    }

    deinit {
        ExitGate.remove(wakeable: UInt(bitPattern: multi))
        // The thread of the last owner may not be the emitter's.
        guard ExitGate.tryToEnter() else { return }
        curl_multi_cleanup(multi)
        ExitGate.leave()
    }

    /// Ends the current or the next wait of the emitter's thread at once.
    func wake() {
        curl_multi_wakeup(multi)
    }

    /// The same for a handle that is known to be alive.
    static func wake(handleAt address: UInt) {
        UnsafeMutableRawPointer(bitPattern: address).map { _ = curl_multi_wakeup($0) }
    }
}
