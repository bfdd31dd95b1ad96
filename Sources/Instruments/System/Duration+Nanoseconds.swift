extension Duration {
    /// Whole nanoseconds, from 0 up to about 146 years, whatever the duration.
    package var wholeNanoseconds: Int64 {
        Int64(min(max(attoseconds / 1_000_000_000, 0), 4_611_686_018_000_000_000))
    }
}
