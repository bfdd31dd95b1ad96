import TestSupport
import Testing

@testable import Instruments

@Suite struct ExemplarReservoirTests {
    private func offer(_ reservoir: any ExemplarReservoir, _ value: Double) {
        reservoir.offer(.double(value), .empty, nil, time: UInt64(value) + 1)
    }

    private func values(_ reservoir: any ExemplarReservoir) -> [Double] {
        reservoir.collect().sorted { $0.time < $1.time }.map(\.value.asDouble)
    }

    /// A10.5: at most one per bucket, the last.
    @Test func alignedToBucketsKeepsTheLastOfEachBucket() {
        let reservoir = AlignedReservoir(bounds: [10, 20])
        for value in [1, 10, 11, 25, 30] as [Double] { offer(reservoir, value) }
        #expect(values(reservoir) == [10, 11, 30])
    }

    @Test func aNewCollectionBeginsANewSample() {
        let reservoirs: [any ExemplarReservoir] = [
            FixedSizeReservoir(size: 3, seed: 1), AlignedReservoir(bounds: [10, 20]),
        ]
        for reservoir in reservoirs {
            for value in [1, 11, 21] as [Double] { offer(reservoir, value) }
            #expect(values(reservoir).count == 3)
            #expect(values(reservoir).count == 3)
            offer(reservoir, 5)
            #expect(values(reservoir) == [5])
        }
    }

    @Test func upToItsSizeAllAreKept() {
        let reservoir = FixedSizeReservoir(size: 4, seed: 0)
        #expect(values(reservoir).isEmpty)
        for value in [4, 3, 2, 1] as [Double] { offer(reservoir, value) }
        #expect(values(reservoir) == [1, 2, 3, 4])
    }

    @Test(arguments: [(Int.min, 1), (0, 1), (1, 1), (512, 512), (.max, 512)])
    func sizesAreHeldInRange(size: Int, kept: Int) {
        let reservoir = FixedSizeReservoir(size: size, seed: 9)
        for value in 0..<600 { offer(reservoir, Double(value)) }
        #expect(values(reservoir).count == kept)
    }

    /// A10.5: each of n measurements is kept with the same probability.
    @Test func theSampleIsUniform() {
        let seed: UInt64 = 21
        var random = SeededRandom(seed: seed)
        var kept = Array(repeating: 0, count: 20)
        let rounds = 4000
        for _ in 0..<rounds {
            let reservoir = FixedSizeReservoir(size: 4, seed: random.next())
            for value in 0..<20 { offer(reservoir, Double(value)) }
            for value in values(reservoir) { kept[Int(value)] += 1 }
        }
        // 800 each are expected, with a deviation of 25.
        for count in kept { #expect((650...950).contains(count), "seed \(seed) \(kept)") }
    }

    @Test func manyThreadsMayOffer() {
        let reservoir = FixedSizeReservoir(size: 5, seed: 3)
        Threads.run(6) { thread in
            for step in 0..<500 {
                offer(reservoir, Double(step))
                #expect(reservoir.collect().count <= 5)
            }
        }
    }
}
