internal import Glibc

extension ScriptedConnection {
    /// Passes bytes on between the client and a port of this machine until either ends, or the
    /// collector stops. Bytes that were read already are lost.
    func relay(to port: UInt16, while isWanted: () -> Bool) {
        guard let other = try? LoopbackSocket.connected(to: port) else { return }
        defer { close(other) }
        while isWanted() {
            var descriptors = [descriptor, other, stopSignal].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            // Now and then, so that the test is asked.
            guard poll(&descriptors, 3, 20) >= 0 || errno == EINTR else { return }
            if descriptors[2].revents != 0 { return }
            if descriptors[0].revents != 0, !pass(from: descriptor, to: other) { return }
            if descriptors[1].revents != 0, !pass(from: other, to: descriptor) { return }
        }
    }

    private func pass(from source: Int32, to target: Int32) -> Bool {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(source, &piece, piece.count, 0)
        return count > 0 && Socket.sendAll(piece[..<count], to: target)
    }
}
