//! The icons of the design, drawn inline. They never carry meaning alone: a word stands beside each.

use askama::filters::Safe;

/// One icon as SVG; an unknown name draws nothing, which the test of all templates notices.
pub fn icon(name: &str) -> Safe<&'static str> {
    Safe(ICONS.iter().find(|(known, _)| *known == name).map_or("", |(_, svg)| svg))
}

macro_rules! svg {
    ($paths:literal) => {
        concat!(r#"<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">"#, $paths, "</svg>")
    };
}

pub static ICONS: [(&str, &str); 45] = [
    (
        "ok",
        svg!(r#"<circle class="f" cx="10" cy="10" r="8"/><path class="k" d="M6.4 10.3 9 12.8l4.8-5.3"/>"#),
    ),
    (
        "bad",
        svg!(
            r#"<circle class="f" cx="10" cy="10" r="8"/><path class="k" d="m7.2 7.2 5.6 5.6m0-5.6-5.6 5.6"/>"#
        ),
    ),
    (
        "proof",
        svg!(
            r#"<circle cx="10" cy="10" r="7.2"/><path d="M10 6.2v4.6"/><circle class="f" cx="10" cy="13.6" r="1.1"/>"#
        ),
    ),
    ("half", svg!(r#"<circle cx="10" cy="10" r="7.2"/><path class="f" d="M10 5.2a4.8 4.8 0 0 1 0 9.6z"/>"#)),
    ("todo", svg!(r#"<circle cx="10" cy="10" r="7.2" stroke-dasharray="2.6 2.06"/>"#)),
    ("dash", svg!(r#"<circle cx="10" cy="10" r="7.2"/><path d="M7 10h6"/>"#)),
    (
        "send",
        svg!(
            r#"<circle class="f" cx="10" cy="10" r="8"/><path class="k" d="M6.5 10h6.6m-2.8-2.9 3 2.9-3 2.9"/>"#
        ),
    ),
    (
        "eye",
        svg!(
            r#"<path d="M2.2 10S5 4.9 10 4.9 17.8 10 17.8 10 15 15.1 10 15.1 2.2 10 2.2 10z"/><circle class="f" cx="10" cy="10" r="2.2"/>"#
        ),
    ),
    (
        "lock",
        svg!(
            r#"<rect x="4.2" y="9" width="11.6" height="7.8" rx="1.8"/><path d="M6.8 9V6.6a3.2 3.2 0 0 1 6.4 0V9"/>"#
        ),
    ),
    ("clock", svg!(r#"<circle cx="10" cy="10" r="7.2"/><path d="M10 6v4.2l2.7 1.7"/>"#)),
    ("here", svg!(r#"<circle class="f" cx="10" cy="10" r="4.2"/><circle cx="10" cy="10" r="8"/>"#)),
    ("ring", svg!(r#"<circle cx="10" cy="10" r="7.2"/>"#)),
    (
        "alert",
        svg!(
            r#"<path d="M10 3 18 16.8H2z"/><path d="M10 8.2v3.9"/><circle class="f" cx="10" cy="14.5" r=".95"/>"#
        ),
    ),
    (
        "info",
        svg!(
            r#"<circle cx="10" cy="10" r="7.2"/><path d="M10 9.4v4.2"/><circle class="f" cx="10" cy="6.6" r="1"/>"#
        ),
    ),
    ("back", svg!(r#"<path d="M12 4.5 6.5 10l5.5 5.5"/>"#)),
    ("next", svg!(r#"<path d="M8 4.5 13.5 10 8 15.5"/>"#)),
    ("go", svg!(r#"<path d="M4 10h12m-4.6-4.6L16 10l-4.6 4.6"/>"#)),
    ("x", svg!(r#"<path d="m5.5 5.5 9 9m0-9-9 9"/>"#)),
    ("plus", svg!(r#"<path d="M10 4.5v11M4.5 10h11"/>"#)),
    ("search", svg!(r#"<circle cx="8.8" cy="8.8" r="5.3"/><path d="m12.8 12.8 4 4"/>"#)),
    ("file", svg!(r#"<path d="M5 2.8h6.2L15.4 7v10.2H5z"/><path d="M11 3v4.2h4.2M7.6 10.6h5M7.6 13.6h5"/>"#)),
    (
        "photo",
        svg!(
            r#"<rect x="2.8" y="4.2" width="14.4" height="11.6" rx="1.6"/><circle cx="7" cy="8.2" r="1.4"/><path d="m3.4 14.4 4-3.6 2.6 2.2 3.2-3.2 3.6 3.4"/>"#
        ),
    ),
    ("upload", svg!(r#"<path d="M10 13V3.8M6.4 7.2 10 3.6l3.6 3.6M3.6 12.6v3.6h12.8v-3.6"/>"#)),
    ("chat", svg!(r#"<path d="M3 4.4h14v9.2H9.4L5.6 17v-3.4H3z"/>"#)),
    (
        "person",
        svg!(
            r#"<circle cx="10" cy="6.8" r="3.2"/><path d="M3.8 16.8c.5-3.6 3-5.4 6.2-5.4s5.7 1.8 6.2 5.4"/>"#
        ),
    ),
    (
        "people",
        svg!(
            r#"<circle cx="7.4" cy="7" r="2.8"/><path d="M2.2 16c.4-3.2 2.4-4.8 5.2-4.8s4.8 1.6 5.2 4.8M13 4.4a2.8 2.8 0 0 1 0 5.2M14.6 11.6c1.9.7 3 2.2 3.2 4.4"/>"#
        ),
    ),
    (
        "inbox",
        svg!(
            r#"<path d="M3 11.2 5.2 4h9.6L17 11.2v5H3z"/><path d="M3 11.2h4.2c.3 1.5 1.3 2.3 2.8 2.3s2.5-.8 2.8-2.3H17"/>"#
        ),
    ),
    ("chart", svg!(r#"<path d="M3.4 16.6h13.2M5.6 16.4v-5M10 16.4V4.4M14.4 16.4V8.6"/>"#)),
    (
        "list",
        svg!(
            r#"<path d="M7.4 5h9M7.4 10h9M7.4 15h9"/><path d="M3.6 5h.01M3.6 10h.01M3.6 15h.01" stroke-width="2.2"/>"#
        ),
    ),
    (
        "scale",
        svg!(r#"<path d="M10 3.2v13.6M6 16.8h8M3.6 5.6h12.8M3.6 5.6 1.8 11h3.6zM16.4 5.6 14.6 11h3.6z"/>"#),
    ),
    (
        "log",
        svg!(r#"<path d="M3.4 10a6.6 6.6 0 1 0 2-4.7L3.4 7.2M3.2 3.4v4h4"/><path d="M10 6.6v3.8l2.5 1.5"/>"#),
    ),
    ("tick", svg!(r#"<path d="m4.2 10.6 3.9 3.9 7.7-8.6"/>"#)),
    ("flag", svg!(r#"<path d="M5 17.2V3.4M5 4.2c3.6-1.8 6.2 1.8 10.4 0v7.2c-4.2 1.8-6.8-1.8-10.4 0"/>"#)),
    (
        "hq",
        svg!(
            r#"<path d="M4.6 17V4.2h7.6V17M12.2 8.4h3.4V17M2.8 17h14.4M7.2 7.2h2.2M7.2 10.2h2.2M7.2 13.2h2.2"/>"#
        ),
    ),
    (
        "field",
        svg!(r#"<path d="M10 4 2.8 16.6h14.4zM10 4 8.4 2.4M10 4l1.6-1.6M10 10.2l-3 6.4M10 10.2l3 6.4"/>"#),
    ),
    (
        "pin",
        svg!(
            r#"<path d="M10 17.4s5.6-5 5.6-9.4a5.6 5.6 0 0 0-11.2 0c0 4.4 5.6 9.4 5.6 9.4z"/><circle cx="10" cy="8" r="2"/>"#
        ),
    ),
    (
        "shield",
        svg!(
            r#"<path d="M10 2.6 16 5v4.6c0 3.9-2.6 6.4-6 7.8-3.4-1.4-6-3.9-6-7.8V5z"/><path d="m7.4 9.8 1.9 1.9 3.4-3.8"/>"#
        ),
    ),
    (
        "cal",
        svg!(
            r#"<rect x="3" y="4.4" width="14" height="12.4" rx="1.6"/><path d="M3 8.4h14M6.8 2.8v3M13.2 2.8v3"/>"#
        ),
    ),
    (
        "coins",
        svg!(
            r#"<ellipse cx="8" cy="6" rx="5" ry="2.4"/><path d="M3 6v4.2c0 1.3 2.2 2.4 5 2.4M13 6v2"/><ellipse cx="12" cy="11.4" rx="5" ry="2.4"/><path d="M7 11.4v3.4c0 1.3 2.2 2.4 5 2.4s5-1.1 5-2.4v-3.4"/>"#
        ),
    ),
    ("med", svg!(r#"<rect x="3" y="3.8" width="14" height="13" rx="2"/><path d="M10 7v6.6M6.7 10.3h6.6"/>"#)),
    ("star", svg!(r#"<path d="m10 3 2.1 4.6 5 .6-3.7 3.4 1 4.9L10 14l-4.4 2.5 1-4.9L2.9 8.2l5-.6z"/>"#)),
    ("print", svg!(r#"<path d="M6 7.4V3h8v4.4M6 13.6H3.2V7.4h13.6v6.2H14"/><path d="M6 11.4h8V17H6z"/>"#)),
    ("key", svg!(r#"<circle cx="7" cy="10" r="3.6"/><path d="M10.6 10h6.6v2.8M14.2 10v2"/>"#)),
    ("edit", svg!(r#"<path d="m4 13.2 8.6-8.6 2.8 2.8-8.6 8.6-3.6.8z"/>"#)),
    (
        "help",
        svg!(
            r#"<circle cx="10" cy="10" r="7.2"/><path d="M7.9 8.1c.1-1.3 1-2 2.2-2s2.1.8 2.1 1.9c0 1.6-2.1 1.6-2.1 3.3"/><circle class="f" cx="10.1" cy="13.7" r="1"/>"#
        ),
    ),
];
