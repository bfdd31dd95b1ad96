import CFaults
import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

/// Names that resolve badly, late, to other addresses than before, or not at all (R6, R7).
@Suite struct NameTests {
    @Test(arguments: ["collector.missing.test", "collector.broken.test"])
    func unknownNameIsNamed(host: String) throws {
        var sender = try Sender.make(to: "http://\(host):4318/v1/metrics")
        let error = sender.send().error
        #expect(error?.kind == .resolve && error?.wasSent == false)
        #expect(error?.text.contains(host) == true, "\(error?.text ?? "")")
    }

    @Test(arguments: [
        "127-0-0-1", "v6.127-0-0-1", "127-0-0-2.127-0-0-1", "127-0-0-2.127-0-0-3.127-0-0-1",
    ])
    func addressThatWorksIsUsed(labels: String) throws {
        let server = try ScriptedCollector()
        var sender = try Sender.make(to: "http://\(labels).addresses.test:\(server.port)/")
        for _ in 0..<2 { #expect(sender.send().status == 200) }
        #expect(server.connections == 1)
    }

    @Test func addressThatDropsPacketsIsPassedOver() throws {
        let server = try ScriptedCollector()
        let hole = try BlackHole(on: "127.0.0.2", port: server.port)
        var sender = try Sender.make(
            to: "http://127-0-0-2.127-0-0-1.addresses.test:\(server.port)/")
        let result = sender.send(within: .seconds(8))
        #expect(result.status == 200, "\(result)")
        withExtendedLifetime(hole) {}
    }

    @Test func brokenIPv6AloneIsAnError() throws {
        let server = try ScriptedCollector()
        var sender = try Sender.make(to: "http://v6.addresses.test:\(server.port)/")
        #expect(sender.send().error?.kind == .connect)
    }

    @Test func serverThatMovesIsFoundByTheNextRequest() throws {
        let (first, second) = (try ScriptedCollector(), try ScriptedCollector())
        let old = try Relay(on: "127.0.0.2", to: first.port)
        let new = try Relay(on: "127.0.0.3", port: old.port, to: second.port)
        cfaults_move("127.0.0.2")
        var sender = try Sender.make(to: "http://collector.moving.test:\(old.port)/")
        #expect(sender.send().status == 200)
        cfaults_move("127.0.0.3")
        old.set(.resetting)
        #expect(sender.send().status == 200)
        #expect(first.requests.count == 1 && second.requests.count == 1)
        withExtendedLifetime(new) {}
    }

    @Test func resolutionsThatHangAreLeftBehindUpToALimit() async {
        await #expect(processExitsWith: .success) {
            let limit = Duration.milliseconds(200)
            var sender = try Sender.make(to: "http://collector.hang.test:4318/")
            let other = try Sender.make(to: "http://127.0.0.1:4318/")
            for round in 1...ResolverThreads.limit {
                let tolerance = Tolerance()
                let start = ContinuousClock.now
                let error = sender.send(within: limit).error
                #expect(ContinuousClock.now - start < limit + tolerance.limit)
                #expect(error?.kind == .resolve && error?.wasSent == false)
                #expect(ResolverThreads.leftBehind == round)
                #expect(eventually { cfaults_hanging() == Int32(round) })
            }
            let refused = sender.send(within: limit).error
            #expect(refused?.kind == .resolve)
            #expect(refused?.text.contains("still hang") == true, "\(refused?.text ?? "")")
            #expect(cfaults_hanging() == Int32(ResolverThreads.limit))
            // The names of the threads tell what they are, and the caller has its own again.
            let names = try OwnProcess.threads().filter { $0.hasPrefix("otel-dns-") }
            #expect(names.count == ResolverThreads.limit)
            #expect(ThreadName.current?.hasPrefix("otel-dns-") == false)
            cfaults_release()
            #expect(eventually { ResolverThreads.leftBehind == 0 })
            #expect(sender.send(within: .seconds(10)).error?.text.contains("hang.test") == true)
            withExtendedLifetime(other.wakeup) {}
        }
    }

    @Test func wakeUpEndsARequestWhoseNameIsNotResolved() async {
        await #expect(processExitsWith: .success) {
            var sender = try Sender.make(to: "http://collector.hang.test:4318/")
            let cutoff = Monitor(MonotonicTime.now() + .seconds(60))
            let called = Background { [wakeup = sender.wakeup] in
                _ = eventually { cfaults_hanging() == 1 }
                cutoff.withLock { $0 = .now() }
                wakeup.wake()
                return ContinuousClock.now
            }
            let tolerance = Tolerance()
            let error = sender.send(until: { cutoff.withLock { $0 } }).error
            let end = ContinuousClock.now
            #expect(error?.kind == .timeout && error?.wasSent == false)
            let start = try #require(called.value())
            #expect(end - start < tolerance.limit)
        }
    }

    @Test(.enabled(if: OwnProcess.isPrivileged)) func vanishedResolverFilesAreAnError()
        async throws
    {
        let folder = try TemporaryFolder()
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            var sender = try Sender.make(to: "http://collector.invalid:4318/")
            #expect(OwnProcess.confine(to: path))
            #expect(sender.send(within: .seconds(10)).error?.kind == .resolve)
        }
        withExtendedLifetime(folder) {}
    }
}
