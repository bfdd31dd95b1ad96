import Foundation
import OTelEmitter
import TestSupport
import Testing

extension Tag {
    /// Needs a network of its own.
    @Tag static var network: Self
}

/// Networks and resolvers that fail (scenarios R2, R4, R6, R7, R12), each in a network of its own.
@Suite(
    .enabled(if: PrivateNetwork.isWanted, Comment(rawValue: PrivateNetwork.comment)),
    .tags(.network))
struct NetworkScenarioTests {
    private static let interval = Duration.seconds(10)

    private static func endpoint(_ host: String, _ port: UInt16) -> Endpoint {
        Endpoint(exactly: "http://\(host):\(port)/v1/metrics") ?? .standard
    }

    /// Ten minutes after the start the interface appears that leads to the collector.
    @Test func r2_anInterfaceThatAppearsLaterIsFound() async {
        await #expect(processExitsWith: .success) {
            try PrivateNetwork.enter()
            let collector = try ScriptedCollector()
            let scenario = try Scenario.make(to: collector) {
                $0.endpoint = NetworkScenarioTests.endpoint("10.9.9.2", collector.port)
                $0.exportInterval = NetworkScenarioTests.interval
            }
            for interval in 0..<60 {
                scenario.count(series: 2)
                #expect(scenario.passInterval(NetworkScenarioTests.interval))
                // Ten minutes are one line: no step of time may end the first attempt.
                if interval == 0 {
                    let text = scenario.told.text(containing: "unreachable")
                    #expect(text != nil, "\(scenario.told.all)")
                }
            }
            try PrivateNetwork.change("ip addr add 10.9.9.2/32 dev lo")
            let relay = try Relay(on: "10.9.9.2", port: collector.port, to: collector.port)
            #expect(scenario.passBackoffUntilDelivered())
            #expect(scenario.flush().isComplete)
            #expect(eventually { scenario.told.kinds.last == "recovered" })
            #expect(scenario.shutdown().isComplete)
            #expect(relay.connections > 0)
            try scenario.expectHolds()
        }
    }

    @Test func r4_packetsThatVanishEndWithTheTimeout() async {
        await #expect(processExitsWith: .success) {
            try PrivateNetwork.enter()
            let collector = try ScriptedCollector()
            let scenario = try Scenario.make(to: collector)
            try PrivateNetwork.change("tc qdisc add dev lo root blackhole")
            scenario.count(series: 3)
            #expect(!scenario.flush(within: .milliseconds(300)).isComplete)
            scenario.pass(.seconds(11))
            #expect(scenario.told.text(containing: "no connection") != nil)
            #expect(!scenario.flush(within: .milliseconds(300)).isComplete)
            try PrivateNetwork.change("tc qdisc del dev lo root")
            #expect(scenario.passBackoffUntilDelivered())
            scenario.expectTold(["failing", "recovered"])
            #expect(scenario.shutdown().isComplete)
            try scenario.expectHolds(recorded: 9)
        }
    }

    @Test func r4_silenceInAnEstablishedConnectionEndsWithTheTimeout() async {
        await #expect(processExitsWith: .success) {
            try PrivateNetwork.enter()
            let collector = try ScriptedCollector()
            let scenario = try Scenario.make(to: collector)
            scenario.count(series: 3)
            #expect(scenario.flush().isComplete)
            try PrivateNetwork.change("tc qdisc add dev lo root blackhole")
            #expect(!scenario.flush(within: .milliseconds(300)).isComplete)
            scenario.pass(.seconds(11))
            #expect(scenario.told.text(containing: "no answer in time") != nil)
            #expect(!scenario.flush(within: .milliseconds(300)).isComplete)
            try PrivateNetwork.change("tc qdisc del dev lo root")
            #expect(scenario.passBackoffUntilDelivered())
            #expect(collector.connections >= 2)
            #expect(scenario.shutdown().isComplete)
            // What was on its way when the first connection was given up may arrive after all.
            try scenario.expectHolds(recorded: 12, mayRepeat: true)
        }
    }

    @Test func r6_aCollectorThatMovesIsFoundByItsName() async {
        await #expect(processExitsWith: .success) {
            try PrivateNetwork.enter()
            try PrivateNetwork.resolveAtLoopback(options: "timeout:5 attempts:2")
            let names = try ScriptedNameServer(.addresses(["127.0.0.1"], timeToLive: 5))
            let (first, second) = (try ScriptedCollector(), try ScriptedCollector())
            let relay = try Relay(on: "127.0.0.2", port: first.port, to: second.port)
            let scenario = try Scenario.make(to: first) {
                $0.endpoint = NetworkScenarioTests.endpoint("collector.example", first.port)
            }
            scenario.count(series: 3)
            #expect(scenario.flush().isComplete)
            names.set(.addresses(["127.0.0.2"], timeToLive: 5))
            first.stop()
            #expect(scenario.flush().isComplete)
            #expect(first.requests.count == 1 && second.requests.count == 1)
            #expect(scenario.told.all == [])
            #expect(scenario.shutdown().isComplete)
            try scenario.expectHolds(recorded: 9, others: [second])
            withExtendedLifetime(relay) {}
        }
    }

    /// What the name server says, and the time that the resolver takes for it.
    @Test(arguments: ["NXDOMAIN", "SERVFAIL", "silence"])
    func r7_aNameThatDoesNotResolveIsAnOutage(answer: String) async {
        await #expect(processExitsWith: .success) { [answer] in
            try PrivateNetwork.enter()
            try PrivateNetwork.resolveAtLoopback(options: "timeout:30 attempts:2")
            let all: [String: ScriptedNameServer.Answer] = [
                "NXDOMAIN": .unknown, "SERVFAIL": .failed, "silence": .silence,
            ]
            let names = try ScriptedNameServer(all[answer] ?? .silence)
            let collector = try ScriptedCollector()
            let scenario = try Scenario.make(to: collector) {
                $0.endpoint = NetworkScenarioTests.endpoint("collector.example", collector.port)
            }
            scenario.count(series: 3)
            #expect(!scenario.flush(within: .milliseconds(300)).isComplete)
            scenario.pass(.seconds(11))
            #expect(scenario.told.text(containing: "name was not resolved") != nil)
            #expect(names.questions > 0, "questions")
            let resolvers = try OwnProcess.threads().filter { $0.hasPrefix("otel-dns") }
            #expect(resolvers.count <= 2, "\(resolvers)")
            names.set(.addresses(["127.0.0.1"], timeToLive: 5))
            #expect(scenario.passBackoffUntilDelivered(), "\(scenario.told.all)")
            scenario.expectTold(["failing", "recovered"])
            try scenario.expectHolds(recorded: 3)
            names.set(.silence)
            collector.stop()
            #expect(!scenario.shutdown(within: .seconds(1)).isComplete)
            try scenario.expectHolds(recorded: 6, lost: [.shutdown: 3])
        }
    }

    /// Of several addresses those that work are used.
    @Test(arguments: [
        "127.0.0.2 127.0.0.1 127.0.0.3", "::1 127.0.0.1", "2001:db8::1 127.0.0.1",
        "10.8.8.8 127.0.0.1",
    ])
    func r7_anAddressThatWorksIsUsed(addresses: String) async {
        await #expect(processExitsWith: .success) { [addresses] in
            try PrivateNetwork.enter()
            // Whatever is sent to 10.8.8.8 vanishes.
            try PrivateNetwork.change(
                "ip link add hole0 type veth peer name hole1 && ip link set hole0 up"
                    + " && ip link set hole1 up && ip addr add 10.8.8.1/24 dev hole0")
            try PrivateNetwork.resolveAtLoopback(options: "timeout:5 attempts:2")
            let all = addresses.split(separator: " ").map(String.init)
            let names = try ScriptedNameServer(.addresses(all, timeToLive: 5))
            let collector = try ScriptedCollector()
            let scenario = try Scenario.make(to: collector) {
                $0.endpoint = NetworkScenarioTests.endpoint("collector.example", collector.port)
            }
            scenario.count(series: 3)
            #expect(scenario.flush().isComplete)
            #expect(scenario.flush().isComplete)
            #expect(collector.connections == 1)
            #expect(scenario.told.all == [])
            #expect(scenario.shutdown().isComplete)
            try scenario.expectHolds(recorded: 9)
            withExtendedLifetime(names) {}
        }
    }

    /// No local port is left for a connection.
    @Test func r12_portsThatAreGoneAreAnOutageThatPasses() async {
        await #expect(processExitsWith: .success) {
            try PrivateNetwork.enter()
            let collector = try ScriptedCollector()
            try PrivateNetwork.change("echo '40000 40001' > /proc/sys/net/ipv4/ip_local_port_range")
            var held: [HeldPort] = [try HeldPort(), try HeldPort()]
            let scenario = try Scenario.make(to: collector)
            scenario.count(series: 3)
            #expect(!scenario.flush(within: .milliseconds(100)).isComplete)
            #expect(scenario.told.text(containing: "short of resources") != nil)
            held.removeAll()
            #expect(scenario.passBackoffUntilDelivered())
            scenario.expectTold(["failing", "recovered"])
            #expect(scenario.shutdown().isComplete)
            try scenario.expectHolds(recorded: 6)
        }
    }
}
