import JSONText
import Testing

@testable import OTelEmitter

@Suite struct PointTimesTests {
    private static let second: UInt64 = 1_000_000_000

    private func written(_ starts: [UInt64], time: UInt64, closing: Bool) -> [String] {
        var times = PointTimes(time: time)
        return starts.map { start in
            var buffer = ByteBuffer(capacity: 1)
            buffer.write(upTo: PointTimes.longest) { times.put(start, closing: closing, into: &$0) }
            return String(decoding: buffer.bytes(), as: UTF8.self)
        }
    }

    @Test(arguments: [false, true])
    func everyStartIsWrittenInFullWhateverCameBefore(closing: Bool) {
        let base = 1_700_000_000 * Self.second
        let starts = [
            base, base, base + 1, base + 999_999_999, base + 5, base + Self.second, base - 1, 0, 1,
            999_999_999, Self.second, Self.second + 7, .max, .max - 1, .max - Self.second, base,
            .max / 10, 100_000_000, base + 100_000_000, base + 99_999_999,
        ]
        for time in [0, base + Self.second, .max] {
            let expected = starts.map { start in
                (closing ? "]," : "")
                    + #""startTimeUnixNano":"\#(start)","timeUnixNano":"\#(time)","#
            }
            #expect(written(starts, time: time, closing: closing) == expected)
        }
    }

    @Test func noTimeNeedsMoreRoomThanIsNamed() {
        let longest = written([.max], time: .max, closing: true)[0]
        #expect(longest.utf8.count + 8 <= PointTimes.longest)
    }
}
