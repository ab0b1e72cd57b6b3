//! Other people's cases, by their identifiers: whoever knows every one of them sees and changes nothing.
//!
//! Victoria Zuzulich is the other person. What she and those who work on her case can open and send is collected from
//! their own pages, and then tried by everybody it is not for.

use super::scene::{Staff, Until, at_work, case, interview, messages, papers};
use super::{Form, crawl, forms};
use crate::access::{EVERYTHING, ROLES, everything, lines};
use crate::support::{Reply, World, world_on};
use sqlx::PgPool;
use uuid::Uuid;

/// Stands in her name, in her messages, and in the names of her files.
const HERS: &str = "Zuzulich";

/// Gives everybody with a case so far the name, also where it was written down.
const NAMED: &str = "
update person set given_names = 'Victoria', family_names = 'Zuzulich'
    where id in (select candidate_id from application);
update application set name = 'Victoria Zuzulich';
alter table snapshot disable trigger never_changes;
update snapshot set profile = jsonb_set(jsonb_set(profile, '{about,family_names}', '\"Zuzulich\"'),
    '{documents,0,file_name}', '\"CV Zuzulich.pdf\"');
alter table snapshot enable trigger never_changes;
update document set file_name = 'CV Zuzulich.pdf';
update onboarding_document set file_name = 'Zuzulich ' || kind || '.pdf';";

/// What somebody works on, whosever it is: every medical paper, and everybody's account.
const WORK: &str = "
select 'medical_officer', '/medical/' || id from onboarding_document where medical
union select 'administrator', '/administration/people/' || candidate_id from application";

/// Everything of hers that has an identifier, and so might stand in an address.
const IDENTIFIERS: &str = "
select id from application union select id from placement union select id from document
union select id from onboarding_document union select id from message union select id from message_document
union select candidate_id from application";

/// Not for this role, no such thing, sent elsewhere, no longer, or too often.
fn is_no(status: u16) -> bool {
    matches!(status, 303 | 403 | 404 | 410 | 429)
}

/// Whether an answer gives nothing away: it is not there, or not for this role, or leads back to one's own.
fn is_refused(reply: &Reply) -> bool {
    is_no(reply.status) && !reply.has(HERS) && !reply.location.as_ref().is_some_and(|to| to.contains(HERS))
}

/// Her cases, one before and one after its first day, with messages, an interview and papers; the whole way that her
/// own side can go, and what it can send.
struct Hers<'w> {
    reads: Vec<(&'static str, Vec<(String, Reply)>)>,
    sends: Vec<(&'static str, Vec<Form>)>,
    ids: Vec<Uuid>,
    /// A role, and where the addresses of its work begin.
    work: Vec<(String, String)>,
    staff: Staff<'w>,
}

impl Hers<'_> {
    /// It is hers, and no work of this role.
    fn is_none_of(&self, role: &str, path: &str) -> bool {
        let is_work = self.work.iter().any(|(whose, begin)| whose == role && path.starts_with(begin));
        !is_work && self.ids.iter().any(|id| path.contains(&id.to_string()))
    }
}

async fn hers(world: &World) -> Hers<'_> {
    let staff = Staff::of(world).await;
    let before = case(world, &staff, Until::Accepted).await;
    messages(&staff, &before, HERS).await;
    papers(&before).await;
    let talking = case(world, &staff, Until::Approved).await;
    interview(&staff, &talking).await;
    let (intern, _) = at_work(world, &staff).await;
    sqlx::raw_sql(NAMED).execute(&world.db).await.unwrap();
    let ids = sqlx::query_scalar(IDENTIFIERS).fetch_all(&world.db).await.unwrap();
    let work = sqlx::query_as(WORK).fetch_all(&world.db).await.unwrap();
    let (mut reads, mut sends) = (Vec::new(), Vec::new());
    let own = ["/profile", "/application", "/profile/documents"];
    for (role, who, from) in [
        ("candidate", &before.candidate, own.as_slice()),
        ("candidate", &talking.candidate, &own),
        ("candidate", &intern, &own),
        ("supervisor", &staff.supervisor, &["/supervision", "/supervision/home", "/supervision/interns"]),
        ("medical_officer", &staff.officer, &["/medical/home", "/medical"]),
        ("hr_reviewer", &staff.reviewer, &["/review", "/placements", "/placements/under-way"]),
    ] {
        let pages = crawl(who, from, 12).await;
        sends.push((role, pages.iter().flat_map(|(path, page)| forms(path, &page.body)).collect()));
        reads.push((role, pages));
    }
    Hers { reads, sends, ids, work, staff }
}

/// A route with each of her identifiers in each of its places.
fn addresses(route: &'static str, ids: &[Uuid]) -> Vec<String> {
    // an empty sheet under whatever identifier: it begins to be somebody's when it is saved
    if route == "/review/sheets/{sheet}" {
        return Vec::new();
    }
    const WORDS: [(&str, &str); 9] = [
        ("{kind}", "passport"),
        ("{which}", "mid_term"),
        ("{format}", "csv"),
        ("{number}", "1"),
        ("{rule}", "track"),
        ("{file}", "cv.pdf"),
        ("{class}", "withdrawn"),
        ("{report}", "offices"),
        ("{office}", "geneva"),
    ];
    let mut all = vec![WORDS.iter().fold(route.to_owned(), |path, (name, word)| path.replace(name, word))];
    while let Some(open) = all[0].find('{') {
        let end = all[0][open..].find('}').unwrap() + open + 1;
        let name = all[0][open..end].to_owned();
        all = all.iter().flat_map(|path| ids.iter().map(|id| path.replace(&name, &id.to_string()))).collect();
    }
    all
}

#[sqlx::test]
async fn nobody_sees_or_changes_what_belongs_to_another(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    sqlx::raw_sql(EVERYTHING).execute(&world.db).await.unwrap();
    let hers = hers(&world).await;
    for role in ["candidate", "supervisor", "hr_reviewer", "medical_officer"] {
        let pages = hers.reads.iter().filter(|(whose, _)| *whose == role).flat_map(|(_, pages)| pages);
        let seen = pages.filter(|(_, page)| page.has(HERS)).count();
        assert!(seen > 2, "a {role} sees her on {seen} pages");
    }
    let mallory = case(&world, &hers.staff, Until::Accepted).await;
    papers(&mallory).await;
    let partial = world.reviewer("en").await;
    for case in sqlx::query_scalar::<_, Uuid>("select id from application where name like '%Zuzulich'")
        .fetch_all(&world.db)
        .await
        .unwrap()
    {
        assert_eq!(partial.post(&format!("/review/{case}/conflict"), "sure=true").await.status, 303);
    }
    let others = [
        ("candidate", mallory.candidate),
        ("candidate", world.ready_candidate("en").await),
        ("supervisor", world.supervisor("en", "geneva").await),
        ("supervisor", world.supervisor("en", "lima").await),
        ("hr_reviewer", partial),
        ("hr_director", world.director("en").await),
        ("medical_officer", world.sign_in("en", &["medical_officer"]).await),
        ("administrator", world.sign_in("en", &["administrator"]).await),
        // an account and no role
        ("", world.sign_in("en", &[]).await),
    ];
    assert!(ROLES.iter().all(|role| others.iter().any(|(other, _)| other == role)), "every role tries");
    let before = everything(&world).await;
    let mut faults = Vec::new();
    for (role, who) in &others {
        let mut paths: Vec<String> =
            hers.reads.iter().flat_map(|(_, pages)| pages).map(|(path, _)| path.clone()).collect();
        for line in lines().iter().filter(|line| line.route.contains('{')) {
            if line.get.as_ref().is_some_and(|(who, _)| who.includes(role)) {
                paths.extend(addresses(line.route, &hers.ids));
            }
        }
        paths.retain(|path| hers.is_none_of(role, path));
        paths.sort();
        paths.dedup();
        for path in paths {
            let reply = who.get(&path).await;
            if !is_refused(&reply) {
                faults.push(format!(
                    "GET {path} as {role}: {}{}",
                    reply.status,
                    if reply.has(HERS) { ", with her name" } else { "" }
                ));
            }
        }
        let forms = hers.sends.iter().flat_map(|(_, forms)| forms);
        for form in forms.filter(|form| hers.is_none_of(role, &form.action)) {
            let reply = form.send(who, &form.filled(), "Paper.pdf", crate::support::PDF).await;
            if !is_refused(&reply) {
                faults.push(format!("POST {} as {role}: {}", form.action, reply.status));
            }
        }
        if everything(&world).await != before {
            faults.push(format!("somebody else, a {role}, changed something"));
            break;
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[sqlx::test]
async fn a_medical_paper_opens_for_its_owner_and_the_medical_officer_alone(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let hers = hers(&world).await;
    let medical: Vec<Uuid> = sqlx::query_scalar("select id from onboarding_document where medical")
        .fetch_all(&world.db)
        .await
        .unwrap();
    assert_eq!(medical.len(), 2);
    for id in &medical {
        assert!(hers.staff.officer.get(&format!("/medical/{id}/file")).await.has("%PDF"));
    }
    let Staff { reviewer, supervisor, director, administrator, .. } = &hers.staff;
    let mut faults = Vec::new();
    for (role, who) in [
        ("hr_reviewer", reviewer),
        ("supervisor", supervisor),
        ("hr_director", director),
        ("administrator", administrator),
    ] {
        let ids: Vec<Uuid> = hers.ids.iter().filter(|id| !medical.contains(id)).copied().collect();
        for line in lines().iter().filter(|line| line.route.contains('{') && line.get.is_some()) {
            // hers where the address begins, the paper where it ends
            for path in
                addresses(line.route, &ids[..]).iter().flat_map(|path| with_last(path, &ids, &medical))
            {
                let reply = who.get(&path).await;
                if reply.has("%PDF") || !is_no(reply.status) {
                    faults.push(format!("GET {path} as {role}: {}", reply.status));
                }
            }
        }
    }
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The address with its last identifier changed into each of these.
fn with_last(path: &str, ids: &[Uuid], into: &[Uuid]) -> Vec<String> {
    let last =
        ids.iter().map(|id| id.to_string()).max_by_key(|id| path.rfind(id.as_str()).map_or(0, |at| at + 1));
    last.filter(|id| path.contains(id.as_str()))
        .map(|last| into.iter().map(|id| path.replace(&last, &id.to_string())).collect())
        .unwrap_or_default()
}
