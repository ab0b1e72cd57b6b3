//! Requests from somebody who means harm: what they may not see, change or break. One file is one way of trying.
//!
//! The tests read the product's own pages to learn what can be asked of it: whatever form or link a new page brings is
//! attacked, too, and nobody has to remember it.

mod bytes;
mod confusion;
mod forms;
mod letters;
mod logs;
mod others;
mod parsers;
mod passkeys;
mod provider;
mod scene;
mod timing;

use crate::access::lines;
use crate::support::{PASSWORD, Reader, Reply, World};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A form as a page shows it, with what its sender would find in its fields.
#[derive(Clone, Debug)]
pub struct Form {
    pub page: String,
    pub action: String,
    /// Brings a file.
    pub is_upload: bool,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// What makes it another form than those like it: where it goes, and what it asks.
    pub fn kind(&self) -> String {
        let names: BTreeSet<&str> = self.fields.iter().map(|(name, _)| name.as_str()).collect();
        format!("{} {names:?}", route(&self.action))
    }

    /// The form as its sender would fill it in, percent-encoded, each name with its value.
    pub fn filled(&self) -> Vec<(String, String)> {
        self.fields.iter().map(|(name, value)| (name.clone(), encoded(value))).collect()
    }

    /// Sends it with these answers, which are percent-encoded.
    pub async fn send(
        &self,
        who: &Reader<'_>,
        answers: &[(String, String)],
        file_name: &str,
        file: &[u8],
    ) -> Reply {
        if !self.is_upload {
            return who.post(&self.action, &joined(answers)).await;
        }
        let plain: Vec<(String, String)> =
            answers.iter().map(|(name, value)| (decoded(name), decoded(value))).collect();
        let fields: Vec<(&str, &str)> =
            plain.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        who.upload(&self.action, &fields, file_name, file).await
    }
}

pub fn joined(answers: &[(String, String)]) -> String {
    answers.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// An answer that an empty field of this name takes.
fn sensible(action: &str, name: &str) -> &'static str {
    match name {
        "born_day" => "14",
        "to_day" | "to_month" | "to_year" => "",
        "born_month" => "3",
        "born_year" => "2002",
        "from_year" if action.ends_with("/experience") => "2024",
        "started_year" => "2024",
        "degree_year" => "2026",
        "on1_year" | "on2_year" | "on3_year" => "2026",
        "on1_month" | "on2_month" | "on3_month" => "12",
        _ if name.ends_with("_year") => "2027",
        _ if name.ends_with("_month") => "6",
        _ if name.ends_with("_day") => "15",
        "current_password" => PASSWORD,
        "password" => "quite another horse, and a longer staple",
        "email" => "somebody.new@example.org",
        "phone" => "+41 22 555 01 23",
        "at1" => "14:30",
        "at2" => "15:30",
        "at3" => "16:30",
        "time_zone" => "Europe/Zurich",
        "word" => "some-place",
        "days" => "1",
        "minutes" => "30",
        "months" => "6",
        "places" => "2",
        "code" => "000000",
        "monthly" => "500",
        _ => "Some words",
    }
}

/// Boxes that contradict the fields beside them.
const INSTEAD: [&str; 4] = ["stateless", "none", "anywhere", "closed"];
/// Of boxes that are ticked together.
const TICKED: usize = 3;

/// Every form of a page that changes something.
pub fn forms(page: &str, html: &str) -> Vec<Form> {
    let mut found = Vec::new();
    for part in html.split("<form ").skip(1) {
        let whole = part.split("</form>").next().unwrap_or_default();
        let head = whole.split('>').next().unwrap_or_default();
        if attribute(head, "method").as_deref() != Some("post") {
            continue;
        }
        let action = attribute(head, "action").unwrap_or_else(|| page.to_owned());
        let is_upload = attribute(head, "enctype").is_some();
        let fields = fields(&action, whole);
        found.push(Form { page: page.to_owned(), action, is_upload, fields });
    }
    found
}

/// What a form sends once somebody has filled it in.
fn fields(action: &str, form: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let (mut buttons, mut has_plain_button, mut is_list_open) = (Vec::new(), false, false);
    for tag in form.split('<').skip(1) {
        let (head, text) = tag.split_once('>').unwrap_or((tag, ""));
        let element = head.split([' ', '\n']).next().unwrap_or_default();
        let name = attribute(head, "name");
        let value = attribute(head, "value").unwrap_or_default();
        let times = fields.iter().filter(|(other, _)| Some(other) == name.as_ref()).count();
        match (element, name) {
            ("button", Some(name)) => buttons.push((name, value)),
            ("button", None) => has_plain_button = true,
            ("option", _) => {
                // of the list before it: what is chosen, else the first that says something
                if let Some((_, answer)) = fields.last_mut()
                    && (head.contains(" selected") || answer.is_empty() && is_list_open)
                {
                    *answer = value;
                }
            }
            ("input", Some(name)) => match attribute(head, "type").unwrap_or_default().as_str() {
                "file" => {}
                "radio" if times > 0 => {}
                "checkbox" if times >= TICKED || INSTEAD.contains(&name.as_str()) => {}
                "radio" | "checkbox" | "hidden" => fields.push((name, value)),
                _ if value.is_empty() => fields.push((name.clone(), sensible(action, &name).to_owned())),
                _ => fields.push((name, value)),
            },
            ("select", Some(name)) => {
                // a second answer from the same list may stay open
                is_list_open = times == 0;
                fields.push((name, String::new()));
            }
            ("textarea", Some(name)) => {
                // browsers drop the line break it begins with
                let text = unescaped(text.strip_prefix('\n').unwrap_or(text));
                let words = "Words that somebody wrote, and many more of them. ".repeat(6);
                fields.push((name, if text.is_empty() { words } else { text }));
            }
            _ => {}
        }
    }
    if !has_plain_button {
        fields.extend(buttons.into_iter().next());
    }
    fields
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1).or_else(|| {
        // the first attribute of a form has no space before it
        tag.strip_prefix(&format!("{name}=\""))
    })?;
    Some(unescaped(value.split('"').next()?))
}

/// As templates escape.
pub fn unescaped(text: &str) -> String {
    let marks = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
    marks.iter().fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}

pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// What is no percent-encoding stays, and what is no text becomes a mark for it.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            (byte, _) => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The route that an address belongs to: of those that fit, the one that names most of its parts.
pub fn route(address: &str) -> &'static str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |route: &&'static str| {
        let named: Vec<&str> = route.split('/').collect();
        named.len() == parts.len()
            && named.iter().zip(&parts).all(|(n, part)| n == part || n.starts_with('{'))
    };
    let open = |route: &&'static str| route.matches('{').count();
    lines().into_iter().map(|line| line.route).filter(fits).min_by_key(open).unwrap_or("")
}

/// Every page that links lead to, from these on; of many that are alike, the first `alike`.
pub async fn crawl(who: &Reader<'_>, from: &[&str], alike: usize) -> Vec<(String, Reply)> {
    let mut waiting: VecDeque<String> = from.iter().map(|&path| path.to_owned()).collect();
    let (mut seen, mut times) = (BTreeSet::new(), BTreeMap::<&str, usize>::new());
    let mut pages = Vec::new();
    while let Some(path) = waiting.pop_front() {
        let times = times.entry(route(&path)).or_default();
        if *times >= alike || !seen.insert(path.clone()) {
            continue;
        }
        *times += 1;
        let reply = who.get(&path).await;
        assert!(reply.status < 500, "{path}: {}", reply.body);
        waiting.extend(reply.location.clone().filter(|to| is_page(to)));
        for link in reply.body.split(" href=\"").skip(1) {
            let link = unescaped(link.split(['"', '#']).next().unwrap_or_default());
            if is_page(&link) {
                waiting.push_back(link);
            }
        }
        let is_html =
            reply.headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        if reply.status == 200 && is_html {
            pages.push((path, reply));
        }
    }
    pages
}

/// Of ours, and neither a file of the frame nor the same page in another language.
fn is_page(link: &str) -> bool {
    let frame = ["/static", "/mailbox", "/favicon", "/openings.atom"];
    link.starts_with('/') && !frame.iter().any(|start| link.starts_with(start)) && !link.contains("lang=")
}

/// Keeps a copy of every table, and a function that brings all of them back.
const MEMORY: &str = "
create schema memory;
do $$ declare name text; begin
    for name in select table_name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE'
    loop
        execute format('create table memory.%1$I as table public.%1$I', name);
    end loop;
end $$;
create function rewind() returns void language plpgsql as $$
declare name text; columns text;
begin
    -- neither triggers nor foreign keys
    set local session_replication_role = replica;
    for name in select table_name from information_schema.tables
        where table_schema = 'memory' and table_name <> '_sqlx_migrations'
    loop
        select string_agg(quote_ident(column_name), ', ') into columns from information_schema.columns
        where table_schema = 'public' and table_name = name and is_generated = 'NEVER';
        execute format('delete from public.%I', name);
        execute format('insert into public.%1$I (%2$s) overriding system value select %2$s from memory.%1$I',
            name, columns);
    end loop;
end $$;";

/// From now on, [`rewind`] brings back what there is at this moment.
pub async fn remember(world: &World) {
    sqlx::raw_sql(MEMORY).execute(&world.db).await.unwrap();
}

pub async fn rewind(world: &World) {
    sqlx::query("select rewind()").execute(&world.db).await.unwrap();
}

#[test]
fn a_form_is_read_as_a_browser_reads_it() {
    let html = r#"<form class="form" method="post" action="/a?b=1&#38;c=2"><input type="hidden" name="seen" value="3">
        <input type="radio" name="way" value="one"><input type="radio" name="way" value="two">
        <select name="list"><option value="">Choose<option value="x"><option value="y" selected></select>
        <input name="born_day" value=""><textarea name="words">
&#60;b&#62;</textarea><input type="file" name="file"><button name="later" value="true">
        </button><button>Save</button></form><form method="get" action="/c"><input name="q"></form>"#;
    let [form] = &forms("/page", html)[..] else { panic!("one form changes something") };
    assert_eq!(form.action, "/a?b=1&c=2");
    let fields = form.fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
    assert_eq!(fields, ["seen=3", "way=one", "list=y", "born_day=14", "words=<b>"]);
    assert_eq!(decoded("a%0Db%FFc%zz"), "a\rb\u{fffd}c%zz");
}
