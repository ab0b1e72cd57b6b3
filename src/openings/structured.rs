//! An opening for machines: a `JobPosting` of schema.org, as JSON-LD 1.1.

use super::rows::Opening;
use crate::explain::opening::{Words, area_name};
use chrono::NaiveDate;
use serde_json::json;

/// What the page says, once more: nothing here that a reader does not see. `published` is the organisation's day,
/// `office` the name of the duty station, `address` that of the page. It stands inside a `script` element, so `<` is written as JSON may write it.
pub fn job_posting(
    opening: &Opening,
    published: Option<NaiveDate>,
    (title, description): (&Words, &Words),
    office: &str,
    (site, address): (&str, &str),
) -> String {
    let posting = json!({
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": title.text,
        "description": as_html(&description.text),
        "identifier": { "@type": "PropertyValue", "name": "Stagiaire", "value": opening.reference },
        "url": address,
        "datePosted": published,
        "employmentType": "INTERN",
        "hiringOrganization": { "@type": "Organization", "name": "Stagiaire", "sameAs": site },
        "jobLocation": {
            "@type": "Place",
            "address": { "@type": "PostalAddress", "addressLocality": office, "addressCountry": opening.country },
        },
        "jobStartDate": opening.starts_on,
        "totalJobOpenings": opening.places,
        "occupationalCategory": area_name(&opening.area, title.lang),
    });
    posting.to_string().replace('<', "\\u003c")
}

/// Descriptions are HTML there: paragraphs, and what could be markup as text.
fn as_html(text: &str) -> String {
    let escape = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| format!("<p>{}</p>", escape(line))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spoilt::spoilt_text;

    proptest::proptest! {
        #[test]
        fn no_description_is_markup(text in spoilt_text(&["<p>a</p>\n</script><!--", "a & b\r\n\r\n&lt;b>\u{2028}"])) {
            let html = as_html(&text);
            let bare = html.replace("<p>", "").replace("</p>", "");
            assert!(!bare.contains(['<', '>']), "{html:?}");
            assert_eq!(html.matches("<p>").count(), html.matches("</p>").count());
        }
    }
}
