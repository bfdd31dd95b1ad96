import Testing

@testable import OTelEmitter

@Suite struct BodyPoolTests {
    private func body(_ size: Int, from pool: inout BodyPool, filler: UInt8 = 1) -> [UInt8] {
        let bytes = [UInt8](repeating: filler, count: size)
        return bytes.withUnsafeBytes { pool.body(copying: $0) }
    }

    private func address(_ body: [UInt8]) -> UnsafeRawPointer? {
        body.withUnsafeBytes { $0.baseAddress }
    }

    @Test(arguments: [0, 1, 1000, 65_536, 1_000_000, 5_000_000])
    func aBodyIsWhatWasCopied(size: Int) {
        var pool = BodyPool()
        for filler in UInt8(0)..<4 {
            let copy = body(size, from: &pool, filler: filler)
            #expect(copy == [UInt8](repeating: filler, count: size))
            pool.recycle(copy)
        }
    }

    @Test func memoryIsUsedAgain() {
        var pool = BodyPool()
        var first = body(200_000, from: &pool)
        let place = address(first)
        pool.recycle(first)
        first = []
        let second = body(150_000, from: &pool, filler: 2)
        #expect(address(second) == place)
        #expect(second == [UInt8](repeating: 2, count: 150_000))
        #expect(address(body(150_000, from: &pool)) != place)
    }

    @Test func aBodyThatSomebodyStillHoldsIsNotTouched() {
        var pool = BodyPool()
        let held = body(200_000, from: &pool, filler: 7)
        pool.recycle(held)
        _ = body(200_000, from: &pool, filler: 8)
        #expect(held == [UInt8](repeating: 7, count: 200_000))
    }

    @Test func noMoreIsKeptThanTheLimit() {
        var pool = BodyPool()
        let bodies = (0..<8).map { _ in body(1 << 20, from: &pool) }
        for body in bodies { pool.recycle(body) }
        #expect(pool.keptBytes > BodyPool.byteLimit / 2 && pool.keptBytes <= BodyPool.byteLimit)
        for _ in bodies { _ = body(1 << 20, from: &pool) }
        #expect(pool.keptBytes == 0)
        pool.recycle(body(BodyPool.byteLimit + 1, from: &pool))
        pool.recycle(body(100, from: &pool))
        #expect(pool.keptBytes == 0)
    }
}
