internal import CCurl
internal import Glibc

/// Keeps programs that the process executes from inheriting the pair of sockets that wakes libcurl.
///
/// Some versions of libcurl create the pair without close-on-exec, and offer no callback for it.
/// The pair is therefore searched for among all descriptors: a wake-up makes one end readable, and
/// the other end then has bytes in transit. If the result is not unambiguous, nothing is changed.
/// The only harm would be two descriptors in child processes.
enum WakeupDescriptors {
    /// The highest descriptor that is examined.
    private static let limit: Int32 = 4096

    static func closeOnExecute(_ multi: UnsafeMutableRawPointer) {
        let candidates = sockets()
        let before = candidates.map { ($0, waiting($0)) }
        guard curl_multi_wakeup(multi) == CURLM_OK else { return }
        let changed = before.filter { $0.1.isEmpty && !waiting($0.0).isEmpty }.map(\.0)
        let readable = changed.filter { waiting($0).toRead > 0 }
        let written = changed.filter { waiting($0).toSend > 0 }
        // Consumes the wake-up.
        curl_multi_poll(multi, nil, 0, 0, nil)
        guard readable.count == 1, written.count == 1, changed.count == 2,
            changed.allSatisfy({ waiting($0).isEmpty })
        else { return }
        for descriptor in changed { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }

    private struct Waiting {
        var toRead: Int32 = 0
        var toSend: Int32 = 0
        var isEmpty: Bool { toRead == 0 && toSend == 0 }
    }

    private static func waiting(_ descriptor: Int32) -> Waiting {
        var waiting = Waiting()
        _ = ioctl(descriptor, UInt(FIONREAD), &waiting.toRead)
        _ = ioctl(descriptor, UInt(TIOCOUTQ), &waiting.toSend)
        return waiting
    }

    /// The Unix sockets that other programs would inherit.
    private static func sockets() -> [Int32] {
        (0..<min(Int32(clamping: sysconf(Int32(_SC_OPEN_MAX))), limit)).filter { descriptor in
            guard fcntl(descriptor, F_GETFD) == 0 else { return false }
            var domain: Int32 = 0
            var length = socklen_t(MemoryLayout<Int32>.size)
            return getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &length) == 0
                && domain == AF_UNIX
        }
    }
}
