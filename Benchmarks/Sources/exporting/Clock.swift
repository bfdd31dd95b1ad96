import Glibc

/// Processor time, so that it does not matter what else the machine does meanwhile.
enum Clock {
    /// The calling thread's time, the median of several runs, in milliseconds.
    static func milliseconds(repetitions: Int = 41, _ work: () -> Void) -> Double {
        let times = (0..<repetitions).map { _ in
            let start = now()
            work()
            return Double(now() - start) / 1e6
        }
        return times.sorted()[repetitions / 2]
    }

    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// Processor time that this process has used so far, in seconds.
    static func processorSeconds() -> Double {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) {
            $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
        }
    }
}
