import CCurl
import Glibc
import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

/// What the host's process does meanwhile: it exits, forks, executes programs, breaks pipes (P3,
/// P5, P6, P9, T5).
@Suite struct ProcessTests {
    /// A server with TLS, and whom to trust for it. It stays in the test's process.
    private struct Secure {
        private let folder: TemporaryFolder
        private let nginx: Nginx
        let authority: String
        var port: UInt16 { nginx.port }

        init() throws {
            folder = try TemporaryFolder()
            let authority = try CertificateAuthority("authority", in: folder)
            nginx = try Nginx(authority.issue("server"))
            self.authority = authority.certificate
        }
    }

    private static func sender(to port: UInt16, trusting authority: String) throws -> Sender {
        var options = TLSOptions()
        options.authoritiesPath = authority
        return try Sender.make(to: "https://127.0.0.1:\(port)/", tls: options)
    }

    @Test(.enabled(if: TLSTools.areThere, TLSTools.comment), arguments: 0..<6)
    func processExitsInTheMidstOfSecureTransfers(round: Int) async throws {
        let secure = try Secure()
        await #expect(processExitsWith: .success) {
            [port = secure.port as UInt16, authority = secure.authority as String] in
            OwnProcess.exitSlowly()
            let sent = Monitor(0)
            for thread in 0..<4 {
                _ = DetachedThread.start {
                    guard
                        var sender = try? ProcessTests.sender(to: port, trusting: authority)
                    else { return }
                    while true {
                        // Handshakes, and bytes under way.
                        if thread < 2 { sender.transport.renew() }
                        let result = sender.send(thread % 2 == 0 ? Sender.large : Sender.small)
                        guard result.status == 200 else { return }
                        sent.withLock { $0 += 1 }
                    }
                }
            }
            #expect(sent.wait(within: .seconds(30)) { $0 > 20 ? true : nil } == true)
            OwnProcess.exitNormally()
        }
        withExtendedLifetime(secure) {}
    }

    /// A thread that uses the TLS library and can't be stopped while the process exits.
    @Test(.enabled(if: TLSTools.areThere, TLSTools.comment))
    func aThreadThatDoesNotLeaveInTimeFindsTheLibraryUp() async {
        await #expect(processExitsWith: .success) {
            // Registered first, so it runs last: until then the thread goes on.
            atexit { poll(nil, 0, 300) }
            #expect(CurlGlobal.problem == nil)
            typealias Fill = @convention(c) (UnsafeMutablePointer<UInt8>, Int32) -> Int32
            let fill = unsafeBitCast(
                try #require(dlsym(nil, "RAND_bytes")), to: Fill.self)
            let calls = Monitor(0)
            _ = DetachedThread.start {
                ExitGate.enter()
                var bytes = [UInt8](repeating: 0, count: 64)
                while true {
                    if fill(&bytes, 64) != 1 { _exit(3) }
                    calls.withLock { $0 += 1 }
                }
            }
            #expect(calls.wait(within: .seconds(30)) { $0 > 100 ? true : nil } == true)
            exit(EXIT_SUCCESS)
        }
    }

    @Test func processExitsInTheMidstOfARequest() async {
        await #expect(processExitsWith: .success) {
            let server = try ScriptedCollector(otherwise: .mute)
            _ = DetachedThread.start { [endpoint = server.endpoint] in
                guard var sender = try? Sender.make(to: endpoint) else { return }
                _ = sender.send(within: .seconds(600))
            }
            #expect(server.requests(atLeast: 1) != nil)
            OwnProcess.exitNormally()
        }
    }

    @Test(.enabled(if: TLSTools.areThere, TLSTools.comment))
    func resetOfASecureConnectionKillsNoProcessBySignal() async throws {
        let secure = try Secure()
        await #expect(processExitsWith: .success) {
            [port = secure.port as UInt16, authority = secure.authority as String] in
            OwnProcess.useDefaultActionForBrokenPipes()
            OwnProcess.unblockBrokenPipes()
            let relay = try Relay(to: port)
            do {
                var sender = try ProcessTests.sender(to: relay.port, trusting: authority)
                #expect(sender.send().status == 200)
                for mode in [Relay.Mode.resetting, .closing(afterServerBytes: 0)] {
                    for body in [Sender.small, Sender.large] {
                        relay.set(mode)
                        #expect(sender.send(body).error != nil)
                        relay.set(.open)
                        #expect(sender.send(body).status == 200)
                    }
                }
                // The transport's end closes a connection that is broken.
                relay.set(.resetting)
            }
            #expect(relay.connections > 5)
        }
        withExtendedLifetime(secure) {}
    }

    @Test(.enabled(if: TLSTools.areThere, TLSTools.comment))
    func connectionThatEndsWithoutAWordIsLostOrAnswered() throws {
        let secure = try Secure()
        let relay = try Relay(to: secure.port)
        var sender = try Self.sender(to: relay.port, trusting: secure.authority)
        // In the handshake, in the midst of the answer, behind it.
        for limit in [1, 1000, 2000, 5000] {
            relay.set(.closing(afterServerBytes: limit))
            sender.transport.renew()
            let result = sender.send()
            let kinds: [TransportError.Kind] = [.tls, .connection]
            #expect(result.status == 200 || result.error.map { kinds.contains($0.kind) } == true)
        }
        relay.set(.open)
        #expect(sender.send().status == 200)
    }

    @Test func programsThatTheHostExecutesInheritNoDescriptor() async {
        await #expect(processExitsWith: .success) {
            let server = try ScriptedCollector()
            let folder = try TemporaryFolder()
            func inherited() throws -> Int {
                let output = folder.file("list")
                let child = try ChildProcess(
                    "/bin/sh", ["-c", "ls -l /proc/$$/fd | grep -c socket"], output: output)
                _ = child.ownStatus(within: .seconds(20))
                let text = String(decoding: try folder.bytes("list"), as: UTF8.self)
                return try #require(Int(text.filter(\.isNumber)))
            }
            let before = try inherited()
            var senders = 0
            for _ in 0..<3 {
                var sender = try Sender.make(to: server.endpoint)
                #expect(sender.send().status == 200)
                #expect(try inherited() == before)
                senders += 1
            }
            #expect(senders == 3)
        }
    }

    @Test func childOfForkLeavesTheParentsConnectionAlone() async {
        await #expect(processExitsWith: .success) {
            let server = try ScriptedCollector()
            var sender = try Sender.make(to: server.endpoint)
            #expect(sender.send().status == 200)
            // The child exits as a program does, with all handlers.
            let outcome = ForkedChild.run(limit: .seconds(20)) { OwnProcess.exitNormally() }
            #expect(outcome == .succeeded)
            for _ in 0..<3 { #expect(sender.send().status == 200) }
            #expect(server.connections == 1)
        }
    }

    @Test(.enabled(if: TLSTools.areThere, TLSTools.comment))
    func hostMayUseLibcurlAndCleanItsShareUp() async throws {
        let secure = try Secure()
        await #expect(processExitsWith: .success) {
            [port = secure.port as UInt16, authority = secure.authority as String] in
            var sender = try ProcessTests.sender(to: port, trusting: authority)
            #expect(sender.send().status == 200)
            for _ in 0..<3 {
                #expect(curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK)
                curl_global_cleanup()
                sender.transport.renew()
                #expect(sender.send().status == 200)
            }
        }
        withExtendedLifetime(secure) {}
    }
}
