internal import Foundation
internal import Instruments

/// Accepts connections and gives each a thread and its script, until the collector stops.
struct AcceptLoop: Sendable {
    let listener: Int32
    let stopSignal: Int32
    let log: Monitor<ScriptedCollector.Log>
    let scripts: [ConnectionScript]
    let otherwise: ConnectionScript

    func run() {
        defer { log.withLock { $0.isAccepting = false } }
        while true {
            var descriptors = [
                pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
                pollfd(fd: stopSignal, events: Int16(POLLIN), revents: 0),
            ]
            if poll(&descriptors, 2, -1) < 0 { continue }
            if descriptors[1].revents != 0 { return }
            let accepted = accept(listener, nil, nil)
            if accepted < 0 { continue }
            _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
            serve(accepted)
        }
    }

    private func serve(_ descriptor: Int32) {
        let number = log.withLock { log in
            log.connections += 1
            log.openConnections += 1
            return log.connections - 1
        }
        let connection = ScriptedConnection(
            number: number, descriptor: descriptor, stopSignal: stopSignal, log: log)
        let script = number < scripts.count ? scripts[number] : otherwise
        let log = log
        Thread.detachNewThread {
            var connection = connection
            connection.run(script)
            log.withLock { $0.openConnections -= 1 }
        }
    }
}
