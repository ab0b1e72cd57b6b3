//! The rules of the house, read from the source tree: what the compiler cannot see.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const SLICES: &[&str] = &[
    "absences",
    "account",
    "accounts",
    "administration",
    "application",
    "direction",
    "home",
    "internship",
    "interviews",
    "matching",
    "messages",
    "offer",
    "onboarding",
    "openings",
    "placements",
    "profile",
    "public",
    "record",
    "reports",
    "review",
    "supervision",
    "api",
    "post",
];
const LONGEST_FILE: usize = 420;

/// A file, named from the root of the repository.
struct File {
    name: String,
    text: String,
}

impl File {
    /// Without comments, and without the unit tests at its end.
    fn code(&self) -> String {
        let product = self.text.split("#[cfg(test)]").next().unwrap();
        product.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    }

    fn within(&self, folder: &str) -> bool {
        self.name.starts_with(&format!("{folder}/")) || self.name == format!("{folder}.rs")
    }
}

fn files(folder: &str) -> Vec<File> {
    fn collect(root: &Path, folder: PathBuf, into: &mut Vec<File>) {
        let mut entries: Vec<PathBuf> =
            std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                collect(root, path, into);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                into.push(File { name, text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(root, root.join(folder), &mut found);
    found
}

/// The product without comments and tests, file by file.
pub fn code() -> Vec<(String, String)> {
    files("src").into_iter().map(|file| (file.name.clone(), file.code())).collect()
}

/// All that the product itself says, in lower case: its source.
pub fn product() -> String {
    let all = ["src", "templates", "migrations"].into_iter().flat_map(files);
    all.map(|file| file.text.to_lowercase()).collect()
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Whether `word` stands in `text` as a word of its own.
fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(part)
            && !text[at + word.len()..].chars().next().is_some_and(part)
    })
}

/// Every literal that follows `mark`, as in `.route("…"`.
fn literals_after(text: &str, mark: &str) -> Vec<String> {
    text.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// The modules named at the top of every `use crate::{…}`.
fn in_braces(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in code.split("crate::{").skip(1) {
        let (mut depth, mut flat) = (1, String::new());
        for c in rest.chars() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            if depth == 0 {
                break;
            }
            if depth == 1 {
                flat.push(c);
            }
        }
        names.extend(
            flat.split(',').filter_map(|name| name.trim().split([':', ' ']).next()).map(str::to_owned),
        );
    }
    names
}

#[test]
fn slices_do_not_import_each_other() {
    let mut faults = Vec::new();
    for file in files("src") {
        for slice in SLICES.iter().filter(|slice| file.within(&format!("src/{slice}"))) {
            for other in SLICES.iter().filter(|other| *other != slice) {
                if has_word(&file.code(), &format!("crate::{other}"))
                    || in_braces(&file.code()).iter().any(|name| name == other)
                {
                    faults.push(format!(
                        "{} imports crate::{other}: move what both need to a shared module",
                        file.name
                    ));
                }
            }
        }
    }
    none(faults);
    assert_eq!(in_braces("use crate::{domain::{a, post}, offices, api::x};"), ["domain", "offices", "api"]);
}

#[test]
fn the_domain_is_pure() {
    let allowed =
        ["chrono", "rust_decimal", "serde", "serde_json", "uuid", "unicode_normalization", "deunicode"];
    let manifest = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let dependencies: Vec<String> = manifest
        .split("[dependencies]")
        .nth(1)
        .unwrap()
        .split("\n[")
        .next()
        .unwrap()
        .lines()
        .filter_map(|line| line.split_once(" = ").map(|(name, _)| name.replace('-', "_")))
        .filter(|name| !allowed.contains(&name.as_str()))
        .collect();
    assert!(dependencies.contains(&"sqlx".to_owned()));
    let mut faults = Vec::new();
    for file in files("src").into_iter().filter(|file| file.within("src/domain")) {
        let code = file.code();
        for name in &dependencies {
            if has_word(&code, name)
                && (code.contains(&format!("{name}::")) || code.contains(&format!("use {name};")))
            {
                faults.push(format!("{} uses {name}: the domain knows values only", file.name));
            }
        }
        for rest in code.split("crate::").skip(1).filter(|rest| !rest.starts_with("domain")) {
            let what = rest.split([';', '\n']).next().unwrap();
            faults
                .push(format!("{} imports crate::{what}: the domain imports nothing but itself", file.name));
        }
        for outside in ["std::fs", "std::env", "std::net", "std::time", "std::process", "std::io"] {
            if has_word(&code, outside) {
                faults.push(format!("{} uses {outside}: no I/O, no clock in the domain", file.name));
            }
        }
    }
    none(faults);
}

#[test]
fn the_pool_is_held_in_three_places_that_say_why() {
    let mut faults = Vec::new();
    for file in files("src").into_iter().filter(|file| has_word(&file.code(), "PgPool")) {
        if !["src/db", "src/database", "src/seed"].iter().any(|place| file.within(place)) {
            faults.push(format!("{} holds a PgPool: a role's begin() opens transactions", file.name));
        } else if !file.text.contains("expect(clippy::disallowed_types") || !file.text.contains("reason = ") {
            faults.push(format!("{} holds a PgPool and does not say why", file.name));
        }
    }
    none(faults);
}

#[test]
fn only_the_clock_asks_what_time_it_is() {
    let asks = ["Utc::now", "Local::now", "SystemTime::now"];
    let faults = files("src").into_iter().filter(|file| file.name != "src/clock.rs").filter_map(|file| {
        let code = file.code();
        let ask = asks.iter().find(|ask| has_word(&code, ask))?;
        Some(format!("{} asks {ask}: use tx.now() or the Clock", file.name))
    });
    none(faults.collect());
}

#[test]
fn every_template_is_used() {
    let templates = files("templates");
    let mut used: Vec<String> = Vec::new();
    for file in files("src") {
        used.extend(literals_after(&file.text, "path = \""));
    }
    for file in &templates {
        for mark in ["include \"", "import \"", "extends \""] {
            used.extend(literals_after(&file.text, mark));
        }
    }
    let faults = templates.iter().map(|file| file.name.trim_start_matches("templates/"));
    let faults = faults.filter(|name| !used.iter().any(|u| u == name));
    none(faults.map(|name| format!("templates/{name} is used by nothing")).collect());
}

#[test]
fn no_translation_is_empty() {
    let mut faults = Vec::new();
    for file in files("src").into_iter().filter(|file| file.name != "src/text.rs") {
        for block in file.code().split("texts! {").skip(1) {
            let block = block.split("\n}").next().unwrap();
            let mut rest = block;
            while let Some(open) = rest.find('"') {
                let (mut end, bytes) = (open + 1, rest.as_bytes());
                while end < bytes.len() && bytes[end] != b'"' {
                    end += if bytes[end] == b'\\' { 2 } else { 1 };
                }
                if rest[open + 1..end.min(rest.len())].trim().is_empty() {
                    let key = rest[..open].lines().last().unwrap_or_default().trim();
                    faults.push(format!("{} has an empty sentence: {key}", file.name));
                }
                rest = rest.get(end + 1..).unwrap_or_default();
            }
        }
    }
    none(faults);
}

#[test]
fn no_file_is_too_long_to_read() {
    let lengths = files("src").into_iter().map(|file| (file.text.lines().count(), file.name));
    let faults = lengths.filter(|(lines, _)| *lines > LONGEST_FILE);
    none(faults.map(|(lines, name)| format!("{name} has {lines} lines: split it by what it says")).collect());
}

#[test]
fn no_route_is_declared_twice() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files("src") {
        for route in literals_after(&file.code(), ".route(\"") {
            places.entry(route).or_default().push(file.name.clone());
        }
    }
    let twice = places.into_iter().filter(|(_, files)| files.len() > 1);
    none(twice.map(|(route, files)| format!("{route} is declared in {}", files.join(" and "))).collect());
}

/// Every route of the product with its methods, such as `("/check", ["get", "post"])`.
pub fn routes() -> BTreeMap<String, Vec<&'static str>> {
    let mut routes: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for file in files("src") {
        for rest in file.code().split(".route(\"").skip(1) {
            let (route, rest) = rest.split_once('"').unwrap();
            let mut depth = 1;
            let handlers: String = rest
                .chars()
                .take_while(|c| {
                    depth += i32::from(*c == '(') - i32::from(*c == ')');
                    depth > 0
                })
                .collect();
            let methods = ["get", "post", "put", "patch", "delete", "any"];
            let methods = methods
                .into_iter()
                .filter(|method| has_word(&handlers, method) && handlers.contains(&format!("{method}(")));
            routes.entry(route.to_owned()).or_default().extend(methods);
        }
    }
    routes
}
