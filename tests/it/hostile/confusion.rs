//! Requests that two programs could read differently: another host, another spelling of an address, another method,
//! and an address to return to that is somebody else's.

use super::scene::{Staff, Until, case, messages, papers};
use super::{crawl, encoded};
use crate::access::{EVERYTHING, ROLES, everything, lines};
use crate::support::{PASSWORD, Reader, Reply, World, world_on};
use sqlx::PgPool;
use uuid::Uuid;

/// The routes of one page each that need no identifier.
fn plain_routes() -> Vec<(&'static str, bool)> {
    let plain = |line: &crate::access::Line| line.get.is_some() && !line.route.contains('{');
    let is_open = |line: &crate::access::Line| line.get.as_ref().is_some_and(|(who, _)| who.includes(""));
    lines().iter().filter(|line| plain(line)).map(|line| (line.route, is_open(line))).collect()
}

/// Somebody who may do everything, in one browser, with a password.
async fn all_roles(world: &World) -> Reader<'_> {
    world.with_password(world.sign_in("en", &ROLES).await).await
}

#[sqlx::test]
async fn no_foreign_host_gets_into_an_answer_or_a_letter(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let all = all_roles(&world).await;
    let foreign: [&[(&str, &str)]; 6] = [
        &[("host", "evil.example")],
        &[("host", "127.0.0.1:3000"), ("host", "evil.example")],
        &[("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "https"), ("x-forwarded-port", "1")],
        &[("forwarded", "host=evil.example;proto=https"), ("x-host", "evil.example")],
        &[("x-original-url", "/administration"), ("x-rewrite-url", "/administration")],
        &[("referer", "https://evil.example/"), ("origin", "https://evil.example")],
    ];
    let mut faults = Vec::new();
    let mut fault = |what: &str, reply: &Reply| {
        let is_told =
            reply.headers.values().any(|value| String::from_utf8_lossy(value.as_bytes()).contains("evil"));
        if reply.status >= 500 || reply.has("evil.example") || is_told {
            faults.push(format!("{what}: {}", reply.status));
        }
    };
    for (path, _) in plain_routes() {
        for (who, reader) in [("a stranger", &world.stranger()), ("somebody", &all)] {
            let as_asked = reader.get(path).await;
            for headers in foreign {
                let reply = reader.get_with(path, headers).await;
                fault(&format!("{path} as {who} with {headers:?}"), &reply);
                assert_eq!(reply.status, as_asked.status, "{path} as {who} with {headers:?}");
            }
            fault(
                &format!("absolute {path} as {who}"),
                &reader.get(&format!("http://evil.example{path}")).await,
            );
        }
    }
    let register =
        "family_names=Ana&email=ana%40example.org&lang=en&privacy=true&password=correct+horse+battery";
    for (path, form) in [("/register", register), ("/forgot-password", "email=ana%40example.org")] {
        for headers in &foreign[..4] {
            fault(path, &world.stranger().send("POST", path, form, headers).await);
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    let letters = world.deliver().await;
    assert!(letters.len() > 1);
    for (_, plain) in letters {
        assert!(plain.contains(&world.url) && !plain.contains("evil.example"), "{plain}");
    }
}

/// Ways to write an address that some programs take for the same.
fn spellings(path: &str) -> Vec<String> {
    let bare = path.trim_start_matches('/');
    let first = bare.chars().next().map(|c| format!("%{:02x}", u32::from(c))).unwrap_or_default();
    let rest = bare.get(1..).unwrap_or_default();
    vec![
        format!("//{bare}"),
        format!("//evil.example/{bare}"),
        format!("///{bare}"),
        format!("/./{bare}"),
        format!("/openings/../{bare}"),
        format!("/%2e%2e/{bare}"),
        format!("/openings/%2e%2e/{bare}"),
        format!("/openings/..;/{bare}"),
        format!("/..;/{bare}"),
        format!("/;/{bare}"),
        format!("/openings%2f..%2f{bare}"),
        format!("/%2f{bare}"),
        format!("/{first}{rest}"),
        format!("/{}", bare.to_uppercase()),
        format!("/{bare}/"),
        format!("/{bare}/."),
        format!("/{bare}/./"),
        format!("/{bare}."),
        format!("/{bare}.."),
        format!("/{bare}%20"),
        format!("/{bare}%00"),
        format!("/{bare}%00.css"),
        format!("/{bare}%2f"),
        format!("/{bare};a=b"),
        format!("/{bare}.json"),
        format!("/{bare}%0d%0aSet-Cookie:a=b"),
        format!("/static/../{bare}"),
        format!("/static/%2e%2e/{bare}"),
        format!("/%C0%AF{bare}"),
        format!("http://127.0.0.1:3000/{bare}"),
        format!("http://evil.example//{bare}"),
        format!("/{bare}?_method=GET&x-original-url=/"),
    ]
}

#[sqlx::test]
async fn no_spelling_of_an_address_gets_past_its_role(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (nobody, all, member) = (world.stranger(), all_roles(&world).await, world.sign_in("en", &[]).await);
    let (mut faults, mut pages) = (Vec::new(), 0);
    for (path, _) in plain_routes().into_iter().filter(|(_, is_open)| !is_open) {
        pages += usize::from(all.get(path).await.status == 200);
        let is_members = path.starts_with("/account");
        for spelling in spellings(path) {
            let reply = nobody.get(&spelling).await;
            let to_sign_in = reply.location.as_ref().is_some_and(|to| to.starts_with("/sign-in"));
            if !(matches!(reply.status, 400..=499) || reply.status == 303 && to_sign_in) {
                faults.push(format!("{spelling} as a stranger: {} {:?}", reply.status, reply.location));
            }
            let reply = member.get(&spelling).await;
            if !is_members && !matches!(reply.status, 400..=499) {
                faults.push(format!("{spelling} as somebody without a role: {}", reply.status));
            }
            if all.get(&spelling).await.status >= 500 {
                faults.push(format!("{spelling} as somebody who may: 5xx"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(pages > 50, "whoever may does get these pages: {pages}");
}

#[sqlx::test]
async fn head_is_get_without_a_body_and_no_parameter_is_a_method(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    sqlx::raw_sql(EVERYTHING).execute(&world.db).await.unwrap();
    let (candidate, hr) = (world.ready_candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let pooled = world.candidate("en").await;
    let application = world.application(&pooled).await;
    hr.pool(application).await;
    hr.propose(application, &supervisor).await;
    let (mut faults, mut pages) = (Vec::new(), 0);
    for (who, from) in [
        (&world.stranger(), ["/", "/sign-in", "/register"]),
        (&candidate, ["/profile", "/account", "/application"]),
        (&pooled, ["/application", "/application/messages", "/account/opened"]),
        (&hr, ["/review", "/placements", "/account"]),
        (&supervisor, ["/supervision", "/supervision/home", "/account"]),
    ] {
        let paths: Vec<String> = crawl(who, &from, 3).await.into_iter().map(|(path, _)| path).collect();
        for path in paths {
            let get = who.get(&path).await;
            let before = everything(&world).await;
            let head = who.send("HEAD", &path, "", &[]).await;
            if head.status != get.status || !head.body.is_empty() {
                faults.push(format!(
                    "HEAD {path}: {}, not {}; {} bytes",
                    head.status,
                    get.status,
                    head.body.len()
                ));
            }
            let separator = if path.contains('?') { '&' } else { '?' };
            for method in ["DELETE", "POST", "PUT"] {
                let overruled = [
                    ("x-http-method-override", method),
                    ("x-method-override", method),
                    ("x-http-method", method),
                ];
                let reply = who.get_with(&format!("{path}{separator}_method={method}"), &overruled).await;
                if reply.status != get.status {
                    faults.push(format!("{path} with {method} overruled: {}", reply.status));
                }
            }
            if everything(&world).await != before {
                faults.push(format!("HEAD {path}, or GET with a method in it, wrote something"));
            }
            pages += 1;
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(pages > 60, "{pages}");
    let before = everything(&world).await;
    assert_eq!(candidate.post("/account/language", "lang=fr").await.status, 303);
    assert_ne!(everything(&world).await, before, "what is written is seen");
}

/// What is written down when it is opened or taken out: a file of each kind, by whom it is for, and two lists.
async fn recorded<'s, 'w>(world: &World, staff: &'s Staff<'w>) -> Vec<(&'s Reader<'w>, String)> {
    let case = case(world, staff, Until::Accepted).await;
    messages(staff, &case, "Hello").await;
    papers(&case).await;
    let (application, placement) = (case.application, case.placement.unwrap());
    let id = async |sql: &'static str| sqlx::query_scalar::<_, Uuid>(sql).fetch_one(&world.db).await.unwrap();
    let cv = id("select document_id from snapshot_document").await;
    let passport = id("select id from onboarding_document where kind = 'passport'").await;
    let medical = id("select id from onboarding_document where medical limit 1").await;
    let sent =
        id("select d.id from message_document d join message m on m.id = d.message_id where not from_staff");
    let sent = sent.await;
    vec![
        (&staff.reviewer, format!("/review/{application}/documents/{cv}")),
        (&staff.reviewer, format!("/review/{application}/documents/{cv}/view")),
        (&staff.reviewer, format!("/review/{application}/messages/files/{sent}")),
        (&staff.reviewer, format!("/placements/{placement}/documents/{passport}/file")),
        (&staff.supervisor, format!("/supervision/{placement}/documents/{cv}")),
        (&staff.officer, format!("/medical/{medical}/file")),
        (&staff.reviewer, "/review/export/csv".to_owned()),
        (&staff.administrator, "/record/export/csv".to_owned()),
    ]
}

#[sqlx::test]
async fn whoever_asks_for_the_head_of_a_file_has_not_opened_it(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    sqlx::raw_sql(EVERYTHING).execute(&world.db).await.unwrap();
    let staff = Staff::of(&world).await;
    for (who, path) in recorded(&world, &staff).await {
        let before = everything(&world).await;
        let head = who.send("HEAD", &path, "", &[]).await;
        assert_eq!((head.status, &*head.body), (200, ""), "HEAD {path}");
        assert_eq!(everything(&world).await, before, "HEAD {path} wrote something");
        let get = who.get(&path).await;
        assert_eq!((get.status, get.body.is_empty()), (200, false), "{path}");
        assert_ne!(everything(&world).await, before, "{path} is written down when it is opened");
        for said in ["content-type", "content-disposition", "content-length"] {
            assert_eq!(head.headers.get(said), get.headers.get(said), "{said} of {path}");
        }
    }
}

/// Where somebody should be sent who trusts our address.
const ELSEWHERE: [&str; 18] = [
    "https://evil.example",
    "https:evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\n/evil.example",
    "/\u{2028}/evil.example",
    "//evil.example@127.0.0.1:3000/",
    "https://127.0.0.1:3000.evil.example",
    "https://127.0.0.1:3000@evil.example",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "/account\r\nLocation: https://evil.example",
    "%2F%2Fevil.example",
];

/// Whether a browser stays with us: it drops tabs and line breaks, and takes `\` for `/`.
fn stays(location: &str) -> bool {
    let read: String = location.chars().filter(|c| !matches!(c, '\t' | '\r' | '\n')).collect();
    let read = read.trim().replace('\\', "/");
    read.starts_with('/') && !read.starts_with("//") || read.starts_with('?')
}

#[sqlx::test]
async fn nobody_is_sent_to_another_site(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let all = all_roles(&world).await;
    let mut faults = Vec::new();
    let mut fault = |what: &str, reply: &Reply| {
        let is_linked = [" href=\"", " action=\"", " formaction=\"", " src=\""]
            .iter()
            .flat_map(|name| reply.body.split(name).skip(1))
            .any(|link| {
                link.split('"').next().unwrap_or_default().replace("&#38;", "&").starts_with("https://evil")
            });
        if reply.status >= 500 || is_linked || reply.location.as_ref().is_some_and(|to| !stays(to)) {
            faults.push(format!("{what}: {} {:?}", reply.status, reply.location));
        }
    };
    let names =
        ["next", "back", "path", "to", "from", "url", "return", "return_to", "redirect", "place", "then"];
    let email = format!("{}%40example.org", all.id);
    let password = PASSWORD.replace(' ', "+");
    for elsewhere in ELSEWHERE.map(encoded) {
        let query = names.map(|name| format!("{name}={elsewhere}")).join("&");
        for (path, _) in plain_routes() {
            fault(&format!("{path}?{elsewhere}"), &all.get(&format!("{path}?{query}")).await);
            fault(&format!("{path}?lang&{elsewhere}"), &all.get(&format!("{path}?lang=fr&{query}")).await);
        }
        for (path, form) in [
            ("/sign-in", format!("email={email}&password={password}&next={elsewhere}")),
            ("/account/again", format!("current_password={password}&next={elsewhere}")),
            ("/kept", format!("path={elsewhere}")),
        ] {
            sqlx::query("delete from throttle").execute(&world.db).await.unwrap();
            let who = if path == "/sign-in" { &world.stranger() } else { &all };
            let reply = who.post(path, &form).await;
            assert_eq!(reply.status, 303, "{path} {elsewhere}: {}", reply.body);
            fault(&format!("POST {path} {elsewhere}"), &reply);
        }
    }
    for path in [
        "//evil.example/",
        "//evil.example",
        "/%5Cevil.example",
        "/%09/evil.example",
        "//evil.example/%2e%2e",
    ] {
        for query in ["", "?lang=fr", "?lang=fr&a=b", "?lang=xx"] {
            for reader in [&world.stranger(), &all] {
                fault(&format!("{path}{query}"), &reader.get(&format!("{path}{query}")).await);
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    let own = format!("current_password={password}&next=%2Faccount%2Fsessions");
    assert_eq!(
        all.post("/account/again", &own).await.location.as_deref(),
        Some("/account/sessions"),
        "our own are followed"
    );
    for away in ["//e", "/\\e", "\\/e", "https://e", "/\t/e", " //e", "e"] {
        assert!(!stays(away), "{away:?}");
    }
}
