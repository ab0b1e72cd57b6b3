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
    /verify | anyone: 200 | -
    /verify/{code} | anyone: 404 | -
    /healthz | anyone: 200 | -
    /readyz | anyone: 200 | -
    /mailbox | anyone: 200 | -
    /mailbox/{id} | anyone: 404 | -
    /api/v1/eligibility | - | anyone
    /api/v1/terms | - | anyone
    /sign-in | anyone: 200 or 303 | anyone
    /sign-in/code | anyone: 303 | anyone
    /sign-in/organisation | anyone: 404 | -
    /sign-in/organisation/answer | anyone: 404 | -
    /sign-in/organisation/end | - | anyone
    /sign-out | - | anyone
    /kept | anyone: 303 | anyone
    /register | anyone: 200 or 303 | anyone
    /register/with-answers | anyone: 303 | anyone
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
    /profile/documents/{id}/view | candidate: 404 | -
    /profile/documents/{id}/thumbnail | candidate: 404 | -
    /profile/documents/{id}/replace | candidate: 303 | candidate
    /profile/documents/{id}/remove | candidate: 303 | candidate
    /profile/openings/{id}/name | candidate: 303 | candidate
    /profile/openings/{id}/remove | candidate: 303 | candidate
    /profile/cv | candidate: 200 | candidate
    /profile/cv/{file} | candidate: 404 | -
    /profile/import | candidate: 200 | candidate
    /profile/import/take-over | candidate: 303 | candidate
    /profile/release | candidate: 200 | candidate
    /application | candidate: 200 | -
    /application/version/{number} | candidate: 200 | -
    /application/withdraw | candidate: 200 | candidate
    /application/withdraw/undo | candidate: 303 | candidate
    /application/renew | candidate: 303 | candidate

    /account | member: 200 | -
    /account/sessions | member: 200 | member
    /account/sessions/{id}/end | member: 303 | member
    /account/password | member: 200 | member
    /account/again | member: 200 | member
    /account/second-factor | member: 200 | member
    /account/second-factor/set-up | member: 303 | member
    /account/second-factor/codes | member: 303 | member
    /account/second-factor/remove | member: 303 | member
    /account/second-factor/passkeys | member: 303 | member
    /account/second-factor/passkeys/add | member: 303 | member
    /account/second-factor/passkeys/{id}/remove | member: 303 | member
    /account/email | member: 200 | member
    /account/email/confirm/{token} | member: 410 | member
    /account/email/undo/{token} | anyone: 410 | anyone
    /account/language | member: 200 | member
    /account/opened | member: 200 | -
    /account/data | member: 200 | member
    /account/consents | candidate: 200 | candidate
    /account/delete | member: 200 | member
    /account/delete/call-off | member: 303 | member
    /account/deputy | supervisor, hr_director: 200 | supervisor, hr_director
    /account/deputy/end | - | supervisor, hr_director
    /account/deleted | anyone: 200 | -

    /openings | anyone: 200 | -
    /openings.atom | anyone: 200 | -
    /openings/{id} | anyone: 404 | -
    /openings/letters | candidate: 200 | candidate
    /unsubscribe/{token} | anyone: 404 | anyone

    /review/openings | hr_reviewer: 200 | -
    /review/openings/new | hr_reviewer: 200 | hr_reviewer
    /review/openings/{id}/edit | hr_reviewer: 404 | hr_reviewer
    /review/openings/{id}/publish | hr_reviewer: 404 | hr_reviewer
    /review/openings/{id}/close | hr_reviewer: 404 | hr_reviewer
    /review/openings/{id}/match | hr_reviewer: 404 | -
    /review/openings/{id}/match/export/{format} | hr_reviewer: 404 | -
    /placements/match | hr_reviewer: 200 | -
    /placements/match/export/{format} | hr_reviewer: 404 | -
    /review/closing | hr_reviewer: 200 | -
    /review/closing/export/{format} | hr_reviewer: 404 | -
    /review/export/{format} | hr_reviewer: 404 | -
    /review/openings/export/{format} | hr_reviewer: 404 | -
    /reports | hr_reviewer, hr_director: 200 | -
    /reports/export/{report}/{format} | hr_reviewer, hr_director: 404 | -
    /reports/insurance | hr_reviewer, hr_director: 200 | -
    /reports/insurance/export/{format} | hr_reviewer, hr_director: 404 | -
    /placements/export/{format} | hr_reviewer: 404 | -
    /placements/under-way/export/{format} | hr_reviewer: 404 | -
    /supervision/interns/export/{format} | supervisor: 404 | -
    /internship/{id} | candidate: 404 | -
    /internship/{id}/absences | candidate: 404 | candidate
    /internship/{id}/calendar.ics | candidate: 404 | -
    /internship/{id}/certificate/{file} | candidate: 404 | -
    /internship/{id}/evaluation/{which} | candidate: 404 | candidate
    /internship/{id}/extension | candidate: 404 | candidate
    /application/messages | candidate: 200 | candidate
    /application/messages/{id} | candidate: 200 | -
    /application/messages/files/{id} | candidate: 404 | -

    /review/duplicates | hr_reviewer: 200 | -
    /review/duplicates/export/{format} | hr_reviewer: 404 | -
    /review/home | hr_reviewer: 200 | -
    /supervision/home | supervisor: 200 | -
    /medical/home | medical_officer: 200 | -
    /administration/home | administrator: 200 | -
    /administration | administrator: 200 | -
    /administration/offices | administrator: 200 | -
    /administration/offices/new | administrator: 200 | administrator
    /administration/offices/{office} | administrator: 404 | administrator
    /administration/offices/{office}/rate | administrator: 404 | administrator
    /administration/offices/{office}/policy | administrator: 404 | administrator
    /administration/policies | administrator: 200 | -
    /administration/policies/new | administrator: 200 | administrator
    /administration/policies/{id} | administrator: 404 | -
    /administration/policies/{id}/try | - | administrator
    /administration/policies/{id}/confirm | - | administrator
    /administration/policies/{id}/drop | - | administrator
    /administration/reasons | administrator: 200 | administrator
    /administration/reasons/{reason}/withdraw | - | administrator
    /administration/reasons/{reason}/offer | - | administrator
    /administration/letters | administrator: 200 | -
    /administration/letters/{letter}/{lang} | administrator: 404 | administrator
    /administration/letters/{letter} | administrator: 404 | -
    /administration/workload | administrator: 200 | administrator
    /administration/retention | administrator: 200 | -
    /administration/retention/{class} | administrator: 404 | administrator
    /administration/people/{id}/hold | administrator: 404 | administrator
    /administration/people/{id}/hold/lift | - | administrator
    /administration/people | administrator: 200 | -
    /administration/export/people/{format} | administrator: 404 | -
    /administration/export/offices/{format} | administrator: 404 | -
    /administration/export/workload/{format} | administrator: 404 | -
    /administration/export/retention/{format} | administrator: 404 | -
    /administration/people/invite | administrator: 200 | administrator
    /administration/people/{id} | administrator: 404 | administrator
    /administration/people/{id}/disable | administrator: 404 | administrator
    /administration/people/{id}/enable | - | administrator
    /administration/people/{id}/end-sessions | - | administrator
    /administration/people/{id}/reset-second-factor | - | administrator
    /administration/people/{id}/invite-again | - | administrator

    /record | administrator: 200 | -
    /record/export/{format} | administrator: 404 | -
    /review/{id}/record | hr_reviewer: 200 | -
    /review/{id}/record/export/{format} | hr_reviewer: 404 | -

    /review | hr_reviewer: 200 | -
    /review/bulk | hr_reviewer: 303 | hr_reviewer
    /review/bulk/changes | hr_reviewer: 303 | hr_reviewer
    /review/{id}/next | hr_reviewer: 303 | -
    /review/{id}/previous | hr_reviewer: 303 | -
    /review/{id}/skip | - | hr_reviewer
    /review/{id}/open | - | hr_reviewer
    /review/{id}/later/drop | - | hr_reviewer
    /review/decisions | hr_reviewer: 200 | hr_reviewer
    /review/decisions/export/{format} | hr_reviewer: 404 | -
    /review/{id}/conflict | hr_reviewer: 200 | hr_reviewer
    /review/views | hr_reviewer: 200 | hr_reviewer
    /review/views/{id}/remove | - | hr_reviewer
    /review/{id} | hr_reviewer: 200 | -
    /review/{id}/documents/{document} | hr_reviewer: 200 | -
    /review/{id}/documents/{document}/view | hr_reviewer: 200 | -
    /review/{id}/duplicate | hr_reviewer: 303 | hr_reviewer
    /review/{id}/duplicates/{other} | hr_reviewer: 404 | -
    /review/{id}/duplicates/{other}/close | hr_reviewer: 404 | hr_reviewer
    /review/{id}/history | hr_reviewer: 200 | -
    /review/{id}/notes | hr_reviewer: 200 | hr_reviewer
    /review/{id}/scores/{sheet} | hr_reviewer: 404 | hr_reviewer
    /review/sheets | hr_reviewer: 200 | -
    /review/sheets/new | hr_reviewer: 303 | -
    /review/sheets/{sheet} | hr_reviewer: 404 | hr_reviewer
    /review/sheets/{sheet}/retire | - | hr_reviewer
    /review/{id}/rules/{rule} | hr_reviewer: 404 | hr_reviewer
    /review/{id}/messages | hr_reviewer: 200 | hr_reviewer
    /review/{id}/messages/files/{document} | hr_reviewer: 404 | -
    /review/{id}/claim | hr_reviewer: 303 | hr_reviewer
    /review/{id}/unclaim | hr_reviewer: 200 or 303 | hr_reviewer
    /review/{id}/changes | hr_reviewer: 303 | hr_reviewer
    /review/{id}/pool | hr_reviewer: 303 | hr_reviewer
    /review/{id}/decline | hr_reviewer: 303 | hr_reviewer
    /review/{id}/reopen | hr_reviewer: 303 | hr_reviewer
    /review/{id}/propose | hr_reviewer: 200 | hr_reviewer

    /placements | hr_reviewer: 200 | -
    /placements/{id} | hr_reviewer: 200 | -
    /placements/under-way | hr_reviewer: 200 | -
    /placements/{id}/offer | hr_reviewer: 303 | hr_reviewer
    /placements/{id}/waiver | hr_reviewer: 303 | hr_reviewer
    /placements/{id}/letter.pdf | hr_reviewer: 404 | -
    /placements/{id}/rescind | hr_reviewer: 303 | hr_reviewer
    /placements/{id}/cancel | hr_reviewer: 200 | hr_reviewer

    /interview/{id} | candidate: 404 | candidate
    /interview/{id}/zone | - | candidate
    /interview/{id}/interview.ics | candidate: 404 | -
    /supervision/{id}/interview | supervisor: 200 | supervisor
    /supervision/{id}/interview/call-off | - | supervisor
    /supervision/{id}/interview/interview.ics | supervisor: 404 | -
    /placements/{id}/interview | hr_reviewer: 200 | hr_reviewer
    /placements/{id}/interview/call-off | - | hr_reviewer
    /placements/{id}/interview/interview.ics | hr_reviewer: 404 | -

    /offer/{id} | candidate: 404 | -
    /offer/{id}/letter.pdf | candidate: 404 | -
    /offer/{id}/accept | candidate: 404 | candidate
    /offer/{id}/refuse | candidate: 404 | candidate
    /offer/{id}/dates | candidate: 404 | candidate

    /onboarding/{id} | candidate: 404 | -
    /onboarding/{id}/{kind} | candidate: 404 | candidate
    /onboarding/{id}/documents/{document} | candidate: 404 | -
    /placements/{id}/documents | hr_reviewer: 404 | -
    /placements/{id}/documents/{document} | hr_reviewer: 404 | hr_reviewer
    /placements/{id}/documents/{document}/file | hr_reviewer: 404 | -
    /medical | medical_officer: 200 | -
    /medical/export/{format} | medical_officer: 404 | -
    /medical/{id} | medical_officer: 404 | medical_officer
    /medical/{id}/file | medical_officer: 404 | -
    /placements/{id}/start | hr_reviewer: 404 | hr_reviewer
    /placements/{id}/extension | hr_reviewer: 404 | hr_reviewer
    /placements/{id}/end-early | hr_reviewer: 404 | hr_reviewer
    /placements/{id}/no-show | hr_reviewer: 404 | hr_reviewer

    /direction | hr_director: 200 | -
    /direction/export/{format} | hr_director: 404 | -
    /direction/decided | hr_director: 200 | -
    /direction/decided/export/{format} | hr_director: 404 | -
    /direction/{id} | hr_director: 404 | hr_director

    /supervision | supervisor: 200 | -
    /supervision/export/{format} | supervisor: 404 | -
    /supervision/decided | supervisor: 200 | -
    /supervision/decided/export/{format} | supervisor: 404 | -
    /supervision/interns | supervisor: 200 | -
    /supervision/{id} | supervisor: 200 | -
    /supervision/{id}/documents/{document} | supervisor: 200 | -
    /supervision/{id}/approve | supervisor: 200 | supervisor
    /supervision/{id}/decline | supervisor: 200 | supervisor
    /supervision/{id}/start | supervisor: 404 | supervisor
    /supervision/{id}/evaluate/{which} | supervisor: 404 | supervisor
    /supervision/{id}/extend | supervisor: 404 | supervisor
    /supervision/{id}/absences | supervisor: 404 | supervisor
    /placements/{id}/absences | hr_reviewer: 404 | -
    /placements/{id}/absences/export/{format} | hr_reviewer: 404 | -
    /supervision/{id}/complete | supervisor: 404 | supervisor
";

/// Slices whose `{id}` is a placement.
const OF_PLACEMENTS: [&str; 7] =
    ["/placements", "/supervision", "/direction", "/offer", "/onboarding", "/internship", "/interview"];

pub const ROLES: [&str; 6] =
    ["candidate", "hr_reviewer", "supervisor", "hr_director", "medical_officer", "administrator"];

pub struct Line {
    pub route: &'static str,
    pub get: Option<(Who, Vec<u16>)>,
    pub post: Option<Who>,
}

/// `None`: anyone. `member` is anybody signed in.
#[derive(Clone)]
pub struct Who(Option<Vec<&'static str>>);

impl Who {
    fn read(text: &'static str) -> Who {
        let roles: Vec<&str> = text.split(',').map(str::trim).collect();
        if roles == ["anyone"] {
            return Who(None);
        }
        if roles == ["member"] {
            return Who(Some(ROLES.to_vec()));
        }
        assert!(roles.iter().all(|role| ROLES.contains(role)), "who is \"{text}\"?");
        Who(Some(roles))
    }

    /// `role` is empty for a stranger.
    pub fn includes(&self, role: &str) -> bool {
        self.0.as_ref().is_none_or(|roles| roles.contains(&role))
    }
}

pub fn lines() -> Vec<Line> {
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
pub const EVERYTHING: &str = "
create function everything() returns text language plpgsql as $$
declare name text; one text; whole text := '';
begin
    for name in select table_name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('session', 'throttle', 'review_presence')
        order by 1
    loop
        execute format('select md5(coalesce(string_agg(t::text, '','' order by t::text), '''')) from %I t', name) into one;
        whole := whole || name || ' ' || one || E'\\n';
    end loop;
    return whole;
end $$;";

pub async fn everything(world: &World) -> String {
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
    let ids = Ids::of(&world, &people[1].1, &world.reviewer("en").await, &people[3].1).await;
    let mut faults = Vec::new();
    for line in lines() {
        let path = ids.address(line.route);
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

/// What the addresses of a case are made of: pooled, with one document, and proposed to a supervisor.
struct Ids {
    application: Uuid,
    placement: Uuid,
    document: Uuid,
}

impl Ids {
    async fn of(
        world: &World,
        candidate: &Reader<'_>,
        reviewer: &Reader<'_>,
        supervisor: &Reader<'_>,
    ) -> Ids {
        let application = world.application(candidate).await;
        reviewer.pool(application).await;
        let placement = reviewer.propose(application, supervisor).await;
        let document = sqlx::query_scalar("select document_id from snapshot_document");
        Ids { application, placement, document: document.fetch_one(&world.db).await.unwrap() }
    }

    fn address(&self, route: &str) -> String {
        let of_placement = OF_PLACEMENTS.iter().any(|slice| route.starts_with(slice));
        let id = if of_placement { self.placement } else { self.application };
        let filled = route
            .replace("{id}", &id.to_string())
            .replace("{document}", &self.document.to_string())
            .replace("{number}", "1");
        let parts = filled.split('/').map(|part| if part.starts_with('{') { "none" } else { part });
        parts.collect::<Vec<_>>().join("/")
    }
}

/// Every field of every form: whoever sends nonsense sends it to all of them.
const FIELDS: &str = "case why verdict reason message sections terms_of_reference tasks learning_goals supervisor area areas
    offices anywhere start_day start_month start_year end_day end_month end_year given_names family_names born_day
    born_month born_year nationality residence phone level state institution country subject started_day
    started_month started_year final_year_day final_year_month final_year_year degree_day degree_month degree_year
    language mother listening reading speaking writing scholarship scholarship_from compulsory sponsor sponsor_name
    sponsor_kind letter role organisation from_month from_year to_month to_year description remove email password
    lang next path kept kind first_agreement current_password agree give withdraw sure id office months places title_en
    description_en title_fr description_fr title_es description_es letters agreement sponsor_from_day allowance_mode answer_day answer_month answer_year
    words agreed decision until_day until_month until_year decided first_day first_month first_year work strengths
    improve goals advice comment wish answer code last_day last_month last_year
    both_agree form body carried found sections seen_about
    on1_day on1_month on1_year at1 on2_day on2_month on2_year at2 minutes meeting zone time corrects days
    role office letters act from to before person case
    pick query shared do place place_of to
    note finding about mark take weight name_en
    name_fr name_es marks_en marks_fr marks_es name passkey logout_token";

#[sqlx::test]
async fn nonsense_is_never_our_fault(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (candidate, supervisor) = (world.candidate("en").await, world.supervisor("en", "geneva").await);
    let reviewer = world.reviewer("en").await;
    let ids = Ids::of(&world, &candidate, &reviewer, &supervisor).await;
    let all = |value: &str| FIELDS.split_whitespace().map(|f| format!("&{f}={value}")).collect::<String>();
    let bodies = [
        format!("seen=%FF%FE{}", all("%FF%C0%00")),
        format!(
            "seen=-2147483648{}",
            all("%00%27%22%3C%25_%5C%F0%9F%98%80%E2%80%AE%0D%0ABcc%3A+a%40b.example")
        ),
        format!("seen=2147483647{}{}", all("2147483648"), all("-1")),
        format!("seen=3&later=true&add=true{}", all(&"9".repeat(2000))),
        format!("seen=3&check=true&no_conflict=true{}", all("29")),
        "seen=99999999999999999999".to_owned(),
        "seen=1&seen=2&%=%&=&&&;".to_owned(),
        format!("seen=1&message={}", "x".repeat(300 * 1024)),
    ];
    let hex = "%32%30".repeat(60);
    let queries = [
        "?version=-1&state=%00&q=%25%5C_%FF&sort=%27&after=zz&before=0&waiting=-1&assignee=x&lang=xx"
            .to_owned(),
        "?version=99999999999&q=ST-&after=%C3%A9%C3%A9&state=a&state=b".to_owned(),
        format!("?q=99999999999&sort=start&after={hex}&before={hex}"),
        format!("?q={}", "%E2%80%AE%F0%9F%98%80+".repeat(500)),
    ];
    let mut faults = Vec::new();
    for line in lines() {
        let path = ids.address(line.route);
        for (role, person) in
            [("candidate", &candidate), ("hr_reviewer", &reviewer), ("supervisor", &supervisor)]
        {
            if line.get.as_ref().is_some_and(|(who, _)| who.includes(role)) {
                for query in &queries {
                    let status = person.get(&format!("{path}{query}")).await.status;
                    faults.extend((status >= 500).then(|| format!("GET {path}{query} as {role}: {status}")));
                }
            }
            // signing out would end the attack
            if line.post.as_ref().is_some_and(|who| who.includes(role)) && path != "/sign-out" {
                for body in &bodies {
                    let reply = person.post(&path, body).await;
                    let fault = || format!("POST {path} {:.60} as {role}: {}", body, reply.status);
                    faults.extend((reply.status >= 500).then(fault));
                }
            }
        }
    }
    for path in ["/review/%FF", "/review/x", "/application/version/99999999999", "/confirm/%00%FF", "/%00"] {
        for person in [&candidate, &reviewer] {
            let status = person.get(path).await.status;
            faults.extend((status >= 500).then(|| format!("GET {path}: {status}")));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[sqlx::test]
async fn no_form_is_taken_from_another_site(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    sqlx::raw_sql(EVERYTHING).execute(&world.db).await.unwrap();
    let (candidate, supervisor) = (world.candidate("en").await, world.supervisor("en", "geneva").await);
    let reviewer = world.reviewer("en").await;
    let ids = Ids::of(&world, &candidate, &reviewer, &supervisor).await;
    // whoever may do everything, in one browser
    let all = world.sign_in("en", &ROLES).await;
    let before = everything(&world).await;
    let (mut faults, mut paths) = (Vec::new(), Vec::new());
    for line in lines().into_iter().filter(|line| line.post.is_some() && !line.route.starts_with("/api/")) {
        let path = ids.address(line.route);
        paths.push(path.clone());
        for foreign in [
            &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")][..],
            &[("origin", "null"), ("sec-fetch-site", "cross-site")],
            &[("origin", "https://evil.example"), ("x-forwarded-host", "evil.example")],
            &[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "navigate")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site")],
        ] {
            let reply = all.send("POST", &path, "seen=1&sure=true", foreign).await;
            // RFC 8058: the mail program of a reader is no browser, and its token is all the proof there is
            let is_one_click = line.route.starts_with("/unsubscribe/");
            if reply.status != 403 && !is_one_click || reply.status >= 500 {
                faults.push(format!("POST {} with {foreign:?}: {}", line.route, reply.status));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert_eq!(everything(&world).await, before, "nothing was written");
    // it was for the other site alone: most are taken, or come back with their faults, from our own; the rest are 403
    // because the very person acted on the case before
    let mut taken = 0;
    for path in paths.iter().filter(|path| *path != "/sign-out") {
        let own =
            [("origin", world.url.as_str()), ("sec-fetch-site", "same-origin"), ("host", "127.0.0.1:3000")];
        taken += usize::from(all.send("POST", path, "seen=1&sure=true", &own).await.status != 403);
    }
    assert!(taken * 5 > paths.len() * 4, "{taken} of {}", paths.len());
}

#[sqlx::test]
async fn no_other_method_does_anything(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    sqlx::raw_sql(EVERYTHING).execute(&world.db).await.unwrap();
    let (candidate, supervisor) = (world.candidate("en").await, world.supervisor("en", "geneva").await);
    let ids = Ids::of(&world, &candidate, &world.reviewer("en").await, &supervisor).await;
    let all = world.sign_in("en", &ROLES).await;
    let before = everything(&world).await;
    let mut faults = Vec::new();
    for line in lines() {
        let path = ids.address(line.route);
        let mut methods = vec!["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "BREW"];
        methods.extend(line.post.is_none().then_some("POST"));
        for method in methods {
            for overruled in
                [&[][..], &[("x-http-method-override", "POST"), ("x-method-override", "DELETE")][..]]
            {
                let reply = all.send(method, &path, "_method=POST&seen=1", overruled).await;
                if reply.status != 405 {
                    faults.push(format!("{method} {}: {}", line.route, reply.status));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert_eq!(everything(&world).await, before, "nothing was written");
}
