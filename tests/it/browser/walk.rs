//! A page without a mouse and without eyes: what the Tab key meets, and what assistive technology is told.

use super::chromium::Browser;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Lists where the Tab key has to stop, in the order of the document, goes to the first, and notes what it meets.
const WATCH: &str = "
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
    // of a group of radio buttons the key meets one: the one that is chosen, else the first
    const group = e => all.filter(other => other.type === 'radio' && other.name === e.name && other.form === e.form);
    const met = e => e.type !== 'radio' || e === (group(e).find(other => other.checked) ?? group(e)[0]);
    const stops = all.filter(e => e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden'
        && e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length && met(e));
    // a date has a stop for its day, its month, its year and its calendar, and tells of the first only
    const within = stops.filter(e => e.type === 'date').length * 3;
    const slides = e => { if (e.closest('.rail')) return true; for (; e; e = e.parentElement) if (e.scrollWidth > e.clientWidth && getComputedStyle(e).overflowX === 'auto') return true; return false; };
    window.walk = [];
    document.addEventListener('focusin', ({ target: e }) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(e), box = e.getBoundingClientRect();
        walk.push({
            place: stops.indexOf(e), html: e.outerHTML.slice(0, 160),
            ringed: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
            on_screen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
            top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
            slides: slides(e),
        });
    });
    document.activeElement.blur();
    stops[0].focus();
    return [stops.length, stops.length + within];";

#[derive(serde::Deserialize)]
struct Stop {
    /// In the order of the document; -1: nowhere in it.
    place: i64,
    html: String,
    ringed: bool,
    on_screen: bool,
    top: f64,
    bottom: f64,
    left: f64,
    right: f64,
    /// It is in a row that slides sideways, or in the bar of staff, which stands where there is room: its place says
    /// nothing.
    slides: bool,
}

impl Stop {
    /// Whether a reader of this page would look here before there. Boxes of one line may touch.
    fn is_before(&self, other: &Stop) -> bool {
        if self.slides || other.slides {
            return true;
        }
        let same_line = self.top < other.bottom - 1.0 && other.top < self.bottom - 1.0;
        if same_line { self.left < other.right } else { self.top < other.bottom }
    }
}

impl Browser {
    /// Walks through the page by the Tab key alone. Call it where the page is one column: elsewhere no order is the
    /// only right one.
    pub async fn faults_by_keyboard(&self) -> Vec<String> {
        let (stops, presses): (usize, usize) = self.run(WATCH, vec![]).await;
        for _ in 1..presses {
            let key = json!({ "type": "keyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
            self.tell("Input.dispatchKeyEvent", key).await;
        }
        let walk: Vec<Stop> = self.run("return walk", vec![]).await;
        let mut faults = Vec::new();
        if walk.len() < stops {
            faults.push(format!("the key stops {} times, not {stops}", walk.len()));
        }
        for (nth, stop) in walk.iter().enumerate() {
            if stop.place != nth as i64 {
                faults.push(format!("stop {nth} is the {}th of the document: {}", stop.place, stop.html));
                break;
            }
            if !stop.ringed {
                faults.push(format!("no ring around {}", stop.html));
            }
            if !stop.on_screen {
                faults.push(format!("out of sight: {}", stop.html));
            }
        }
        // the first is the link to the content, which appears above everything
        for pair in walk.windows(2).skip(1).filter(|pair| !pair[0].is_before(&pair[1])) {
            faults.push(format!("the eye meets {} after {}", pair[0].html, pair[1].html));
        }
        faults
    }

    /// Reads the accessibility tree: names, roles, states, landmarks, and one title.
    pub async fn faults_by_ear(&self) -> Vec<String> {
        let staff: bool = self.run("return !!document.querySelector('body.staff, .desk')", vec![]).await;
        let tree = self.tell("Accessibility.getFullAXTree", json!({})).await;
        let all: Vec<Node<'_>> = tree["nodes"].as_array().unwrap().iter().map(Node).collect();
        let nodes: Vec<Node<'_>> = all.iter().copied().filter(|node| node.0["ignored"] != true).collect();
        let mut faults = Vec::new();
        for node in &nodes {
            if node.property("focusable") == true
                && node.text("name").is_empty()
                && node.text("role") != "RootWebArea"
            {
                faults.push(format!("a {} without a name: {}", node.text("role"), node.0));
            }
            if node.property("invalid") == "true" && !node.is_described(&all) {
                faults.push(format!("what is wrong with {:?} is not said", node.text("name")));
            }
        }
        let of_role = |role: &'static str| nodes.iter().filter(move |node| node.text("role") == role);
        let titles = of_role("heading").filter(|node| node.property("level") == 1).count();
        if titles != 1 {
            faults.push(format!("{titles} titles"));
        }
        // the desk of staff has no foot
        let landmarks: &[&str] = if staff { &["banner", "main"] } else { &["banner", "main", "contentinfo"] };
        for landmark in landmarks {
            let many = of_role(landmark).count();
            if many != 1 {
                faults.push(format!("{many} of {landmark}"));
            }
        }
        let names: Vec<&str> = of_role("navigation").map(|node| node.text("name")).collect();
        if names.contains(&"") || names.len() != names.iter().collect::<BTreeSet<_>>().len() {
            faults.push(format!("menus called {names:?}"));
        }
        let wrong: usize =
            self.run("return [...document.querySelectorAll('main [aria-invalid=true]')].filter(e => e.checkVisibility()).length", vec![]).await;
        if wrong != nodes.iter().filter(|node| node.property("invalid") == "true").count() {
            faults.push(format!("{wrong} fields are marked as wrong, and not all are told to be"));
        }
        let autosaves: bool = self.run("return !!document.querySelector('[data-autosave]')", vec![]).await;
        if autosaves && !of_role("status").any(|node| node.property("live") == "polite") {
            faults.push("what is saved is not told".to_owned());
        }
        faults
    }
}

/// A node of the accessibility tree, as the DevTools protocol writes it.
#[derive(Clone, Copy)]
struct Node<'t>(&'t Value);

impl<'t> Node<'t> {
    fn text(&self, part: &str) -> &'t str {
        self.0[part]["value"].as_str().unwrap_or_default()
    }

    fn property(&self, name: &str) -> &'t Value {
        let all = self.0["properties"].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().find(|one| one["name"] == name).map_or(&Value::Null, |one| &one["value"]["value"])
    }

    /// By itself, or by the group that it belongs to: a date is one answer in three boxes.
    fn is_described(&self, all: &[Node<'t>]) -> bool {
        let parent = || all.iter().find(|node| node.0["nodeId"] == self.0["parentId"]);
        !self.text("description").is_empty() || parent().is_some_and(|parent| parent.is_described(all))
    }
}
