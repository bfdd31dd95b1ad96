/// The bucket boundaries of explicit histograms.
enum HistogramBoundaries {
    /// OpenTelemetry's default: it fits milliseconds up to ten seconds (checklist A6.5).
    static let standard: [Double] = [
        0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000,
    ]

    /// Why these boundaries can't be used, or nil if they can.
    static func fault(in boundaries: [Double]) -> String? {
        if boundaries.count > HistogramCell.maximumBounds {
            return "has \(boundaries.count) boundaries; at most \(HistogramCell.maximumBounds)"
                + " are possible"
        }
        if let value = boundaries.first(where: { !$0.isFinite }) {
            return "has the boundary \(value); boundaries have to be finite"
        }
        for (lower, upper) in zip(boundaries, boundaries.dropFirst()) where lower >= upper {
            return "has the boundary \(upper) after \(lower); boundaries have to increase"
        }
        return nil
    }
}
