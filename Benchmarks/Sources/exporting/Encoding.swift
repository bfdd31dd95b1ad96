import CExportLimits
import Glibc
import Instruments
import EncodingBenchmark
import OTelEmitter

/// Collecting and encoding, without a network, beside what the machine allows for the same bytes.
struct Encoding {
    /// The requests that the snapshot became.
    private(set) var bodies: [[UInt8]] = []
    /// Processor seconds that zlib alone takes for a million points.
    private(set) var gzipLimit = Double.infinity

    mutating func measure() {
        let provider = MeterProvider(resource: Resource(["service.name": "benchmark"]))
        Workload.record(provider.meter("benchmark"))
        let collect = Clock.milliseconds { _ = provider.collect() }
        let snapshot = provider.collect()
        var encoder = EncodingBenchmark(limits: BatchLimits())
        encoder.encode(snapshot) { bytes, _ in bodies.append(Array(bytes)) }
        let encode = Clock.milliseconds { encoder.encode(snapshot) { _, _ in } }
        let both = Clock.milliseconds {
            encoder.encode(provider.collect()) { _, _ in }
        }
        let size = bodies.reduce(0) { $0 + $1.count }
        print("\(snapshot.pointCount) points, \(size) bytes in \(bodies.count) requests\n")
        let limits = measureLimits()
        Table.show("collect, ms", collect)
        Table.show("encode, ms", encode)
        // The C encoder writes no fractions, and the same start for all points.
        Table.show("encode / C encoder", encode / limits, limit: 2)
        Table.show("collect and encode, ms", both, limit: 1.5)
    }

    /// Milliseconds of the C encoder.
    private mutating func measureLimits() -> Double {
        let capacity = 32 << 20
        let target = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
        defer { target.deallocate() }
        memset(target, 0, capacity)
        Table.show(
            "limit: memcpy of the same bytes, ms",
            Clock.milliseconds {
                var end = target
                for body in bodies {
                    memcpy(end, body, body.count)
                    end += body.count
                }
            })
        guard let data = limit_data_make(Int32(Workload.counters), Int32(Workload.series)) else {
            return .infinity
        }
        var written = 0
        let encode = Clock.milliseconds {
            written = limit_data_encode(data, target, capacity)
        }
        Table.show("limit: C encoder, \(written) bytes, ms", encode)
        var packed = 0
        let gzip = Clock.milliseconds(repetitions: 9) {
            packed = bodies.reduce(0) { sum, body in
                sum + limit_gzip(body, body.count, target, capacity)
            }
        }
        Table.show("limit: zlib level 1, \(packed) bytes, ms", gzip)
        gzipLimit = gzip / 1000 / Double(Workload.points) * 1e6
        return encode
    }
}
