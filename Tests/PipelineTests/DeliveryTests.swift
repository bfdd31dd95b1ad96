import Instruments
import OTelEmitter
import TestSupport
import Testing

/// One measurement, from `add` to the bytes that a collector reads.
@Suite struct DeliveryTests {
    @Test func counterArrivesAsOnePostOfJSON() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector) {
            $0.resource = Resource(["service.name": "shop"])
        }
        let orders = pipeline.emitter.meter("shop", version: "1.2")
            .counter("shop.orders", unit: "{order}", description: "Orders taken")
        orders.add(2, ["country": "DE"])
        orders.add(3, ["country": "DE"])
        let report = pipeline.emitter.flush()
        #expect(report.isComplete)

        let request = try #require(collector.requests.first)
        #expect(request.method == "POST")
        #expect(request.target == "/v1/metrics")
        #expect(request.header("Content-Type") == ["application/json"])
        #expect(request.header("Content-Length") == ["\(request.body.count)"])
        #expect(request.header("Content-Encoding") == [])
        #expect(request.header("Expect") == [])
        #expect(request.header("Host") == ["127.0.0.1:\(collector.port)"])
        #expect(request.header("User-Agent").first?.hasPrefix("otel-emitter/") == true)

        let point = try #require(try request.points().first)
        #expect(point.resource == "{service.name=string shop} ")
        #expect(point.scope == "shop 1.2 {} ")
        #expect(point.metric == "shop.orders {order} Orders taken sum temporality 2 monotonic")
        #expect(point.attributes == "{country=string DE}")
        #expect(point.value == "int 5")
        #expect(point.start > 0 && point.start < point.time)
        try pipeline.expectAccount(recorded: 1)
    }

    @Test func gzipBodyIsDeclaredAndHoldsTheSameJSON() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector) { $0.compression = .gzip }
        pipeline.count(series: 500)
        #expect(pipeline.emitter.flush().isComplete)
        let request = try #require(collector.requests.first)
        #expect(request.header("Content-Encoding") == ["gzip"])
        #expect(request.header("Content-Length") == ["\(request.body.count)"])
        #expect(request.body.count < (try request.content().count) / 4)
        #expect(Set(try request.points().map(\.attributes)).count == 500)
        try pipeline.expectAccount(recorded: 500)
    }

    @Test func headersOfTheUserAreSentWithEveryRequest() throws {
        let collector = try ScriptedCollector()
        let headers = [
            ("api-key", "s3cr3t=="), ("x-empty", ""), ("x-text", "with spaces, and more"),
        ]
        let pipeline = try Pipeline.make(to: collector) {
            $0.headers = headers.compactMap { HTTPHeader($0.0, $0.1) }
        }
        pipeline.count()
        #expect(pipeline.emitter.flush().isComplete)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.requests.count == 2)
        for request in collector.requests {
            for (name, value) in headers {
                #expect(request.header(name) == [value])
            }
            #expect(request.header("content-type") == ["application/json"])
        }
        try pipeline.expectAccount(recorded: 2)
    }

    @Test func environmentAloneConfiguresTheWay() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(
            to: collector,
            environment: [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(collector.port)/tenant",
                "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20abc",
                "OTEL_EXPORTER_OTLP_COMPRESSION": "gzip",
                "OTEL_SERVICE_NAME": "node",
                "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment.name=test",
            ])
        pipeline.count()
        #expect(pipeline.emitter.flush().isComplete)
        let request = try #require(collector.requests.first)
        #expect(request.target == "/tenant/v1/metrics")
        #expect(request.header("authorization") == ["Bearer abc"])
        #expect(request.header("content-encoding") == ["gzip"])
        let resource = try #require(try request.points().first).resource
        #expect(resource.contains("service.name=string node,"))
        #expect(resource.contains("deployment.environment.name=string test,"))
        #expect(pipeline.told.all == [])
        try pipeline.expectAccount(recorded: 1)
    }

    @Test func oneConnectionServesManyExports() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        for _ in 0..<20 {
            pipeline.count()
            #expect(pipeline.emitter.flush().isComplete)
        }
        #expect(collector.connections == 1)
        #expect(try pipeline.acceptedValues() == (1...20).map { ["int \($0)"] })
        try pipeline.expectAccount(recorded: 20)
    }

    @Test func nothingIsSentWhileNothingIsRecorded() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        _ = pipeline.emitter.meter("pipeline").counter("silent")
        #expect(pipeline.emitter.flush().isComplete)
        #expect(pipeline.emitter.shutdown().isComplete)
        #expect(collector.connections == 0)
        try pipeline.expectAccount(recorded: 0)
    }

    @Test func lastCollectionIsWhatWasSent() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector) { $0.keepsLastCollection = true }
        #expect(pipeline.emitter.lastCollection == nil)
        pipeline.count(series: 3)
        #expect(pipeline.emitter.flush().isComplete)
        let snapshot = try #require(pipeline.emitter.lastCollection)
        #expect(snapshot.pointCount == 3)
        #expect(Set(try collector.acceptedPoints().map(\.time)) == [snapshot.time])
        try pipeline.expectAccount(recorded: 3)
    }

    @Test func collectionsAreNotKeptUnlessAskedFor() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 3)
        #expect(pipeline.emitter.shutdown().isComplete)
        #expect(pipeline.emitter.lastCollection == nil)
    }
}
