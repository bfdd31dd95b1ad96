import Synchronization
import TestSupport
import Testing

@testable import Instruments

@Suite struct RenderingSlotTests {
    private func rendered(_ bytes: [UInt8]) -> RenderedBytes {
        bytes.withUnsafeBytes { RenderedBytes.copying($0, 1) }
    }

    private func bytes(_ rendered: RenderedBytes?) -> [UInt8]? {
        rendered.map { $0.withBytes { Array($0) } }
    }

    @Test func aSlotIsEmptyUntilItIsWrittenAndThenKeepsTheFirst() {
        let slot = RenderingSlot()
        #expect(slot.load(1) == nil)
        #expect(slot.loadInPlace(1) == nil)
        let first = slot.storeIfNil(rendered([1, 2, 3]))
        let second = slot.storeIfNil(rendered([4]))
        #expect(first === second)
        #expect(bytes(slot.load(1)) == [1, 2, 3])
        #expect(slot.loadInPlace(1).map { Array($0) } == [1, 2, 3])
    }

    @Test func emptyBytesAreBytes() {
        let slot = RenderingSlot()
        _ = slot.storeIfNil(rendered([]))
        #expect(bytes(slot.load(1)) == [])
    }

    @Test func allThreadsFindTheSameBytes() {
        for _ in 0..<100 {
            let slot = Shared()
            let found = Mutex<[[UInt8]]>([])
            let line = StartLine(4)
            Threads.run(4) { thread in
                line.wait()
                let made = [UInt8(thread)].withUnsafeBytes { RenderedBytes.copying($0, 1) }
                let kept = slot.slot.storeIfNil(made).withBytes { Array($0) }
                found.withLock { $0.append(kept) }
            }
            #expect(Set(found.withLock { $0 }).count == 1)
        }
    }

    private final class Shared: Sendable {
        let slot = RenderingSlot()
    }

    @Test func aSlotLetsGoOfItsBytes() {
        weak var kept: RenderedBytes?
        do {
            let slot = RenderingSlot()
            kept = slot.storeIfNil(rendered([1]))
            weak var refused: RenderedBytes?
            do {
                let other = rendered([2])
                refused = other
                _ = slot.storeIfNil(other)
            }
            #expect(kept != nil && refused == nil)
        }
        #expect(kept == nil)
    }
}
