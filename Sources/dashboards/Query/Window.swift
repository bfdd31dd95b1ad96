/// The time range of a rate or an average.
enum Window: Equatable {
    /// As long as the dashboard's resolution and the data source's interval require.
    case panel
    /// The time range that the dashboard shows.
    case shown
    case minutes(Int)

    var text: String {
        switch self {
        case .panel: "$__rate_interval"
        case .shown: "$__range"
        case .minutes(let minutes) where minutes.isMultiple(of: 60): "\(minutes / 60)h"
        case .minutes(let minutes): "\(minutes)m"
        }
    }

    /// Whether it is a variable of Grafana, which rules do not have.
    var isVariable: Bool { self == .panel || self == .shown }
}
