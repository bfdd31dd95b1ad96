/// Panels under one heading.
struct Section {
    let title: String
    let panels: [Panel]

    init(_ title: String, _ panels: Panel...) {
        self.title = title
        self.panels = panels
    }
}
