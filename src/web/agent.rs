//! Which browser on which system, and no more: enough to know one's own phone again, too little to know somebody by.

use axum::http::{HeaderMap, header};

/// Marks of browsers, each before those that it pretends to be.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("UCBrowser/", "UC Browser"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// `Firefox/Android`; a part that is not known is empty, and nothing of what was sent is kept.
pub fn coarse(headers: &HeaderMap) -> String {
    let told = headers.get(header::USER_AGENT).and_then(|told| told.to_str().ok()).unwrap_or_default();
    let first = |marks: &[(&str, &'static str)]| {
        marks.iter().find(|(mark, _)| told.contains(mark)).map_or("", |(_, name)| *name)
    };
    match (first(&BROWSERS), first(&SYSTEMS)) {
        ("", "") => String::new(),
        (browser, system) => format!("{browser}/{system}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_and_its_version_is_not() {
        let of = |told: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, axum::http::HeaderValue::from_static(told));
            coarse(&headers)
        };
        assert_eq!(
            of("Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"),
            "Firefox/Android"
        );
        assert_eq!(
            of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"),
            "Edge/Windows"
        );
        assert_eq!(
            of(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                Version/18.1 Mobile/15E148 Safari/604.1"
            ),
            "Safari/iPhone"
        );
        assert_eq!(of("curl/8.5.0"), "");
        assert_eq!(coarse(&HeaderMap::new()), "");
    }
}
