//! Who may open what: every route, every role. A new route needs one line in [`TABLE`].

use crate::house;
use crate::support::{Reader, World, world_on};
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// `route | who may GET it: what they get | who may POST to it`.
///
/// Who: `anyone`, or roles with commas between them; `-` where there is no such method. Somebody else who is not
/// signed in is sent to the sign-in page, and somebody signed in gets 403; neither changes anything. `{id}`,
/// `{document}` and `{number}` are those of the candidate's released application, below `/placements` and
/// `/supervision` those of the placement proposed for it; another parameter is `none`.
const TABLE: &str = "
    / | anyone: 200 or 303 | -
    /rules | anyone: 200 | -
    /privacy | anyone: 200 | -
    /accessibility | anyone: 200 | -
    /help | anyone: 200 | -
    /check | anyone: 200 | anyone
    /favicon.svg | anyone: 200 | -
    /healthz | anyone: 200 | -
    /readyz | anyone: 200 | -
    /mailbox | anyone: 200 | -
    /mailbox/{id} | anyone: 404 | -
    /api/v1/eligibility | - | anyone
    /api/v1/terms | - | anyone
    /sign-in | anyone: 200 or 303 | anyone
    /sign-out | - | anyone
    /register | anyone: 200 or 303 | anyone
    /register/sent | anyone: 200 | -
    /forgot-password | anyone: 200 | anyone
    /forgot-password/sent | anyone: 200 | -
    /reset-password/{token} | anyone: 404 or 410 | anyone
    /invitation/{token} | anyone: 404 or 410 | anyone
    /confirm/{token} | anyone: 404 or 410 | anyone

    /profile | candidate: 200 | -
    /profile/about | candidate: 200 | candidate
    /profile/education | candidate: 200 | candidate
    /profile/languages | candidate: 200 | candidate
    /profile/funding | candidate: 200 | candidate
    /profile/wishes | candidate: 200 | candidate
    /profile/dates | candidate: 200 | candidate
    /profile/experience | candidate: 200 | candidate
    /profile/letter | candidate: 200 | candidate
    /profile/documents | candidate: 200 | candidate
    /profile/documents/{id} | candidate: 404 | -
    /profile/documents/{id}/remove | candidate: 303 | candidate
    /profile/release | candidate: 200 | candidate
    /application | candidate: 200 | -
    /application/version/{number} | candidate: 200 | -
    /application/withdraw | candidate: 200 | candidate

    /review | hr_reviewer: 200 | -
    /review/{id} | hr_reviewer: 200 | -
    /review/{id}/documents/{document} | hr_reviewer: 200 | -
    /review/{id}/claim | hr_reviewer: 303 | hr_reviewer
    /review/{id}/unclaim | hr_reviewer: 200 or 303 | hr_reviewer
    /review/{id}/changes | hr_reviewer: 303 | hr_reviewer
    /review/{id}/pool | hr_reviewer: 303 | hr_reviewer
    /review/{id}/decline | hr_reviewer: 303 | hr_reviewer
    /review/{id}/reopen | hr_reviewer: 303 | hr_reviewer
    /review/{id}/propose | hr_reviewer: 200 | hr_reviewer

    /placements | hr_reviewer: 200 | -
    /placements/{id} | hr_reviewer: 200 | -

    /supervision | supervisor: 200 | -
    /supervision/decided | supervisor: 200 | -
    /supervision/{id} | supervisor: 200 | -
    /supervision/{id}/documents/{document} | supervisor: 200 | -
    /supervision/{id}/approve | supervisor: 200 | supervisor
    /supervision/{id}/decline | supervisor: 200 | supervisor
";

const ROLES: [&str; 6] =
    ["candidate", "hr_reviewer", "supervisor", "hr_director", "medical_officer", "administrator"];

struct Line {
    route: &'static str,
    get: Option<(Who, Vec<u16>)>,
    post: Option<Who>,
}

/// `None`: anyone.
#[derive(Clone)]
struct Who(Option<Vec<&'static str>>);

impl Who {
    fn read(text: &'static str) -> Who {
        let roles: Vec<&str> = text.split(',').map(str::trim).collect();
        if roles == ["anyone"] {
            return Who(None);
        }
        assert!(roles.iter().all(|role| ROLES.contains(role)), "who is \"{text}\"?");
        Who(Some(roles))
    }

    /// `role` is empty for a stranger.
    fn includes(&self, role: &str) -> bool {
        self.0.as_ref().is_none_or(|roles| roles.contains(&role))
    }
}

fn lines() -> Vec<Line> {
    let read = |line: &'static str| {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let [route, get, post] = columns[..] else { panic!("three columns, not: {line}") };
        let get = (get != "-").then(|| {
            let (who, outcome) = get.split_once(':').unwrap_or_else(|| panic!("no outcome: {line}"));
            (Who::read(who), outcome.split(" or ").map(|code| code.trim().parse().unwrap()).collect())
        });
        Line { route, get, post: (post != "-").then(|| Who::read(post)) }
    };
    TABLE.lines().map(str::trim).filter(|line| !line.is_empty()).map(read).collect()
}

#[test]
fn every_route_has_a_line() {
    let written: BTreeMap<String, Vec<&str>> = lines()
        .into_iter()
        .map(|line| {
            let methods = [line.get.map(|_| "get"), line.post.map(|_| "post")];
            (line.route.to_owned(), methods.into_iter().flatten().collect())
        })
        .collect();
    assert_eq!(written.len(), lines().len(), "a route has two lines");
    let declared = house::routes();
    assert!(declared.len() > 30, "routes are no longer found in the source: {declared:?}");
    let mut faults = Vec::new();
    for route in declared.keys().chain(written.keys()).collect::<BTreeSet<_>>() {
        let (in_source, in_table) = (declared.get(route), written.get(route));
        if in_source != in_table {
            faults.push(format!("{route}: the source has {in_source:?}, the table {in_table:?}"));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A fingerprint of all that is stored, but for when somebody was last seen and what was counted.
const EVERYTHING: &str = "
create function everything() returns text language plpgsql as $$
declare name text; one text; whole text := '';
begin
    for name in select table_name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('session', 'throttle')
        order by 1
    loop
        execute format('select md5(coalesce(string_agg(t::text, '','' order by t::text), '''')) from %I t', name) into one;
        whole := whole || name || ' ' || one || E'\\n';
    end loop;
    return whole;
end $$;";

async fn everything(world: &World) -> String {
    sqlx::query_scalar("select everything()").fetch_one(&world.db).await.unwrap()
}

#[sqlx::test]
async fn every_role_gets_what_the_table_says(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    sqlx::raw_sql(EVERYTHING).execute(&world.db).await.unwrap();
    let mut people: Vec<(&str, Reader<'_>)> = vec![("", world.stranger())];
    for role in ROLES {
        people.push((
            role,
            match role {
                "supervisor" => world.supervisor("en", "geneva").await,
                _ => world.sign_in("en", &[role]).await,
            },
        ));
    }
    let id = world.application(&people[1].1).await;
    let reviewer = world.reviewer("en").await;
    reviewer.pool(id).await;
    let placement = reviewer.propose(id, &people[3].1).await;
    let document: Uuid =
        sqlx::query_scalar("select document_id from snapshot_document").fetch_one(&world.db).await.unwrap();
    let mut faults = Vec::new();
    for line in lines() {
        let of_placement = ["/placements", "/supervision"].iter().any(|slice| line.route.starts_with(slice));
        let path = address(line.route, if of_placement { placement } else { id }, document);
        for (role, person) in &people {
            let whose = if role.is_empty() { "a stranger" } else { role };
            if let Some((who, outcome)) = &line.get {
                let reply = person.get(&path).await;
                let fault = match who.includes(role) {
                    true if outcome.contains(&reply.status) => None,
                    true => Some(format!("gets {}, not {outcome:?}", reply.status)),
                    false => not_refused(role, reply.status, reply.location.as_deref()),
                };
                faults.extend(fault.map(|fault| format!("GET {} as {whose}: {fault}", line.route)));
            }
            if let Some(who) = line.post.as_ref().filter(|who| !who.includes(role)) {
                let before = everything(&world).await;
                let reply = person.post(&path, "").await;
                let fault = not_refused(role, reply.status, reply.location.as_deref());
                faults.extend(fault.map(|fault| format!("POST {} as {whose}: {fault}", line.route)));
                if who.0.is_some() && everything(&world).await != before {
                    faults.push(format!("POST {} as {whose}: changed something", line.route));
                    break;
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A stranger is asked who they are; somebody else is told no.
fn not_refused(role: &str, status: u16, location: Option<&str>) -> Option<String> {
    let refused = match role {
        "" => status == 303 && location.is_some_and(|to| to.starts_with("/sign-in")),
        _ => status == 403,
    };
    (!refused).then(|| format!("is not refused, but gets {status} {}", location.unwrap_or_default()))
}

fn address(route: &str, id: Uuid, document: Uuid) -> String {
    let filled = route
        .replace("{id}", &id.to_string())
        .replace("{document}", &document.to_string())
        .replace("{number}", "1");
    let parts = filled.split('/').map(|part| if part.starts_with('{') { "none" } else { part });
    parts.collect::<Vec<_>>().join("/")
}
