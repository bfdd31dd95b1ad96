internal import CCurl
internal import Glibc

/// Keeps the pair of sockets by which libcurl is woken from programs that the host executes.
///
/// Some versions of libcurl make it without close-on-exec, and there is no callback for it. So it
/// is looked for: of all descriptors, one end is readable because of a wake-up, and only then, and
/// the other has bytes on their way because of it, and only then. Without a clear finding nothing
/// is changed: the harm would be two descriptors in the host's children.
enum WakeupDescriptors {
    /// What is looked at: descriptors from 0 to this.
    private static let limit: Int32 = 4096

    static func closeOnExecute(_ multi: UnsafeMutableRawPointer) {
        let candidates = sockets()
        let before = candidates.map { ($0, waiting($0)) }
        guard curl_multi_wakeup(multi) == CURLM_OK else { return }
        let changed = before.filter { $0.1.isEmpty && !waiting($0.0).isEmpty }.map(\.0)
        let readable = changed.filter { waiting($0).toRead > 0 }
        let written = changed.filter { waiting($0).toSend > 0 }
        // Takes the wake-up back.
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

    /// Unix sockets that programs inherit.
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
