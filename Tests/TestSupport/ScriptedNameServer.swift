internal import Glibc
internal import Instruments

/// A name server on 127.0.0.1, port 53, that answers as a test says: for a network of the test's
/// own.
package final class ScriptedNameServer: Sendable {
    /// What it says about a name.
    package enum Answer: Sendable {
        /// Addresses of IPv4 and IPv6, with so many seconds to live.
        case addresses([String], timeToLive: UInt32)
        /// There is no such name.
        case unknown
        /// The server can't tell.
        case failed
        /// No answer at all.
        case silence
    }

    private struct State {
        var answer: Answer
        var questions = 0
        var isStopped = false
        var isRunning = true
    }

    private let descriptor: Int32
    private let state: Monitor<State>

    package init(_ answer: Answer) throws {
        let type = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, type, 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        let state = Monitor(State(answer: answer))
        (self.descriptor, self.state) = (descriptor, state)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(53).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafePointer(to: &address) { pointer in
            // SAFETY: the system's own layouts; the pointer lives for the call.
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length)
            }
        }
        guard status == 0 else { throw SystemError("bind to port 53") }
        _ = Background { Self.serve(descriptor, state) }
    }

    deinit {
        state.withLock { $0.isStopped = true }
        _ = state.wait(within: .seconds(10)) { $0.isRunning ? nil : true }
        close(descriptor)
    }

    /// From now on it answers so.
    package func set(_ answer: Answer) {
        state.withLock { $0.answer = answer }
    }

    /// Questions so far.
    package var questions: Int { state.withLock { $0.questions } }

    private static func serve(_ descriptor: Int32, _ state: Monitor<State>) {
        var packet = [UInt8](repeating: 0, count: 1500)
        while !state.withLock({ $0.isStopped }) {
            guard Socket.isReadable(descriptor, within: 10) else { continue }
            var sender = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            withUnsafeMutablePointer(to: &sender) { pointer in
                // SAFETY: the system's own layouts; the pointers live for the calls.
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    let count = recvfrom(descriptor, &packet, packet.count, 0, address, &length)
                    let answer = state.withLock { state in
                        state.questions += 1
                        return state.answer
                    }
                    let reply = Self.reply(to: packet.prefix(max(count, 0)), answer)
                    if !reply.isEmpty {
                        sendto(descriptor, reply, reply.count, 0, address, length)
                    }
                }
            }
        }
        state.withLock { $0.isRunning = false }
    }

    /// A reply to a packet with one question (RFC 1035); empty: none.
    private static func reply(to packet: ArraySlice<UInt8>, _ answer: Answer) -> [UInt8] {
        let head = 12
        guard packet.count > head, let nameEnd = packet.dropFirst(head).firstIndex(of: 0),
            nameEnd + 5 <= packet.endIndex
        else { return [] }
        let question = Array(packet[head..<(nameEnd + 5)])
        let isIPv6 = packet[nameEnd + 2] == 28
        var records: [UInt8] = []
        var count: UInt8 = 0
        var code: UInt8 = 0
        switch answer {
        case .silence: return []
        case .unknown: code = 3
        case .failed: code = 2
        case .addresses(let all, let timeToLive):
            for address in all where address.contains(":") == isIPv6 {
                let data = bytes(of: address, isIPv6: isIPv6)
                // The name of the question, type, class IN, time to live, length.
                records += [0xC0, UInt8(head), 0, isIPv6 ? 28 : 1, 0, 1]
                records += withUnsafeBytes(of: timeToLive.bigEndian, Array.init)
                records += [0, UInt8(data.count)] + data
                count += 1
            }
        }
        let flags: [UInt8] = [0x81, 0x80 | code]
        return Array(packet.prefix(2)) + flags + [0, 1, 0, count, 0, 0, 0, 0] + question + records
    }

    private static func bytes(of address: String, isIPv6: Bool) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
        inet_pton(isIPv6 ? AF_INET6 : AF_INET, address, &bytes)
        return bytes
    }
}
