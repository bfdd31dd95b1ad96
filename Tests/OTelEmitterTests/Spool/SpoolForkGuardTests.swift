import Glibc
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct SpoolForkGuardTests {
    /// P6: neither keeps a child that lives on the batches of its parent, nor does it take them.
    @Test func aForkedChildHoldsNoLockAndDisturbsNone() async {
        await #expect(processExitsWith: .success) {
            let fixture = SpoolFixture()
            var spool: Spool? = fixture.make("parent")
            try spool?.store(.numbered(1))
            let symbol = try #require(dlsym(nil, "fork"))
            let fork = unsafeBitCast(symbol, to: (@convention(c) () -> pid_t).self)
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            let child = fork()
            if child == 0 {
                write(ends[1], "c", 1)
                while true { pause() }
            }
            try #require(child > 0)
            defer {
                kill(child, SIGKILL)
                waitpid(child, nil, 0)
            }
            var byte: UInt8 = 0
            try #require(read(ends[0], &byte, 1) == 1)
            // While the parent lives, it holds the lock, although the child has let go of it.
            let other = fixture.make("other")
            #expect(other.settle().adoptedPoints == 0)
            spool = nil
            fixture.pass(SpoolSurvey.interval)
            // The parent's spool is gone, as if it had died; the child is still there.
            #expect(other.settle().adoptedPoints == 3)
            #expect(try other.drain() == [1])
        }
    }
}
