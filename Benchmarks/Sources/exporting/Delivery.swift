import CExportLimits
import OTelEmitter

/// Exports to a real collector: what they cost this process.
struct Delivery {
    private static let exports = 60
    private static let timeout = Duration.seconds(30)

    let collector: Collector
    let encoding: Encoding

    private var bodies: [[UInt8]] { encoding.bodies }

    /// False if anything was not delivered.
    func measure() -> Bool {
        let target = UnsafeMutableRawPointer.allocate(byteCount: 8 << 20, alignment: 64)
        defer { target.deallocate() }
        let packed = bodies.map { body in
            Array(
                UnsafeRawBufferPointer(
                    start: target, count: limit_gzip(body, body.count, target, 8 << 20)))
        }
        guard let plainLimit = post(bodies, isGzip: false),
            let gzipLimit = post(packed, isGzip: true),
            let plain = export(.none), let gzip = export(.gzip)
        else { return false }
        print("\ndelivered to a collector, processor seconds per million points")
        Table.show("limit: libcurl posting ready bodies", plainLimit)
        Table.show("limit: the same, compressed before", gzipLimit)
        Table.show("limit: zlib alone, level 1", encoding.gzipLimit)
        Table.show("plain", plain, limit: 0.4)
        Table.show("gzip", gzip, limit: 0.8)
        // The same aims without the machine: its libcurl took 0.12 for plain bodies, its zlib 0.41.
        Table.show("plain / libcurl alone", plain / plainLimit, limit: 0.4 / 0.12)
        Table.show(
            "gzip / zlib and libcurl alone", gzip / (gzipLimit + encoding.gzipLimit),
            limit: 0.8 / 0.43)
        return true
    }

    private func export(_ compression: Compression) -> Double? {
        var configuration = EmitterConfiguration(environment: [:])
        configuration.endpoint = Endpoint(exactly: collector.url) ?? .standard
        configuration.exportInterval = .seconds(3600)
        configuration.compression = compression
        let emitter = Emitter(configuration)
        Workload.record(emitter.meter("benchmark"))
        _ = emitter.flush(timeout: Self.timeout)
        let before = emitter.totals.delivered
        let start = Clock.processorSeconds()
        for _ in 0..<Self.exports { _ = emitter.flush(timeout: Self.timeout) }
        let used = Clock.processorSeconds() - start
        let points = emitter.totals.delivered - before
        _ = emitter.shutdown()
        guard points >= Self.exports * Workload.points else {
            print("only \(points) points were delivered")
            return nil
        }
        return used / Double(points) * 1e6
    }

    private func post(_ bodies: [[UInt8]], isGzip: Bool) -> Double? {
        guard let handle = limit_post_open(collector.url, isGzip ? 1 : 0) else { return nil }
        defer { limit_post_close(handle) }
        let start = Clock.processorSeconds()
        for _ in 0..<Self.exports {
            for body in bodies where limit_post(handle, body, body.count) != 200 {
                print("the collector refused a body")
                return nil
            }
        }
        let used = Clock.processorSeconds() - start
        return used / Double(Self.exports * Workload.points) * 1e6
    }
}
