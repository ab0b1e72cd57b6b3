//! Several cases at once: taken, put back, given to a colleague, given out in turn (`bulk_spread`), or (`bulk_changes`)
//! with the same changes asked for.
//! Each is a step of its own, and the page tells of each what came of it.

use crate::cases::{self, ApplicationRow};
use crate::db::{self, Done, Tx};
use crate::domain::PersonId;
use crate::domain::application::AnyApplication;
use crate::domain::step::{Step, Subject};
use crate::text::{Lang, texts};
use crate::web::{App, Error, HrReviewer, Page, Posted, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// As many as a page of the queue shows.
const MOST: usize = super::queue_rows::PAGE;

pub fn routes() -> Router<App> {
    Router::new().route("/review/bulk", get(read).post(act))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// `id:version` of each case, as it was seen; a whole page is one, with commas between.
    pick: Vec<String>,
    /// `claim`, `return`, `changes`, `spread`, or the id of a colleague.
    r#do: String,
}

#[derive(askama::Template)]
#[template(path = "review/bulk.html")]
struct View {
    page: Page<Text>,
    done: usize,
    lines: Vec<Line>,
}

/// What came of a case that was picked, in words.
pub struct Line {
    pub id: Uuid,
    pub name: String,
    pub reference: String,
    pub is_done: bool,
    pub outcome: String,
}

#[derive(Clone, Copy)]
pub enum Act<'a> {
    Claim,
    Return,
    Assign(PersonId),
    /// Of the candidate, in these sections and these words.
    Ask(&'a [&'static str], &'a str),
}

/// What came of one case.
pub enum Outcome {
    Done,
    /// It is not where this can be done, or somebody was faster.
    Overtaken,
    /// The colleague has as many as one may be given.
    Full,
    /// Not for the colleague: their own, or closed to them.
    Closed,
}

pub struct Picked {
    pub id: Uuid,
    pub seen: i32,
    pub name: String,
    pub reference: String,
    pub version: i32,
    pub candidate: Uuid,
    pub waiting_since: DateTime<Utc>,
    case: AnyApplication,
    is_closed_to_them: bool,
}

impl Picked {
    pub fn is_released(&self) -> bool {
        matches!(self.case, AnyApplication::Released(_))
    }

    /// Whether it still stands as it was seen, where this can be done.
    pub fn allows(&self, act: Act, me: PersonId) -> bool {
        !self.is_closed_to_them && step(self, act, me).is_some_and(|step| step.seen == self.seen)
    }
}

/// Whoever reloads the answer reads the queue.
async fn read(_: HrReviewer) -> Result<Response> {
    see_other("/review")
}

async fn act(me: HrReviewer, form: Posted<Form>) -> Result<Response> {
    let Ok(form) = form.judge(|f| Ok(f.clone())) else { return Err(Error::Unreadable) };
    if form.r#do == "changes" {
        return see_other(&super::bulk_changes::address(&seen(&form.pick)));
    }
    let mut tx = me.begin().await?;
    if form.r#do == "spread" {
        return super::bulk_spread::spread(&me, tx, &seen(&form.pick)).await;
    }
    let act = match form.r#do.as_str() {
        "claim" => Act::Claim,
        "return" => Act::Return,
        to => match colleagues(&mut tx).await?.iter().find(|(id, _)| id.to_string() == to) {
            Some((id, _)) => Act::Assign((*id).into()),
            None => return Err(Error::Unreadable),
        },
    };
    carry_out(&me, tx, &seen(&form.pick), act).await
}

/// Does it with each case that was picked, and shows what came of each.
pub async fn carry_out(
    me: &HrReviewer,
    mut tx: Tx<HrReviewer>,
    picks: &[(Uuid, i32)],
    act: Act<'_>,
) -> Result<Response> {
    let mut room = match act {
        Act::Assign(to) => most_open(&mut tx).await? - open_cases(&mut tx, to).await?,
        Act::Claim | Act::Return | Act::Ask(..) => i64::MAX,
    };
    let picked = picked(&mut tx, picks, act).await?;
    let (mut all, mut outcomes): (Option<Done>, Vec<Outcome>) = (None, Vec::new());
    for one in &picked {
        let (outcome, done) = take(&mut tx, one, act, me.id, &mut room).await?;
        all = Done::either(all, done);
        outcomes.push(outcome);
    }
    finish(me, tx, all, act, picked, outcomes).await
}

/// Commits what was done, and shows what came of each.
pub async fn finish(
    me: &HrReviewer,
    mut tx: Tx<HrReviewer>,
    all: Option<Done>,
    act: Act<'_>,
    picked: Vec<Picked>,
    outcomes: Vec<Outcome>,
) -> Result<Response> {
    let holders = holders(&mut tx, &picked).await?;
    if let Some(done) = all {
        tx.commit(done).await?;
    }
    show(me, act, picked, outcomes, &holders)
}

/// One case's step. A step taken before by the very same press counts as done.
pub async fn take(
    tx: &mut Tx<HrReviewer>,
    one: &Picked,
    act: Act<'_>,
    me: PersonId,
    room: &mut i64,
) -> Result<(Outcome, Option<Done>)> {
    if one.is_closed_to_them {
        return Ok((Outcome::Closed, None));
    }
    let Some(step) = step(one, act, me).filter(|step| step.seen == one.seen) else {
        return Ok((before(tx, one, act).await?, None));
    };
    if *room <= 0 {
        return Ok((Outcome::Full, None));
    }
    match tx.take(&step).await {
        Ok(done) => {
            *room -= 1;
            Ok((Outcome::Done, Some(done)))
        }
        Err(db::Error::Conflict) => Ok((Outcome::Overtaken, None)),
        Err(error) => Err(error.into()),
    }
}

/// Of a case that has moved on: whether by the very same press.
pub async fn before(tx: &mut Tx<HrReviewer>, one: &Picked, act: Act<'_>) -> Result<Outcome> {
    let (said, facts) = act.said();
    let subject = Subject::Application(one.case.id());
    let was_so = tx.was_taken(subject, one.seen, act.action(), said, &facts).await?;
    Ok(if was_so { Outcome::Done } else { Outcome::Overtaken })
}

fn step(one: &Picked, act: Act, me: PersonId) -> Option<Step> {
    match (act, one.case) {
        (Act::Claim, AnyApplication::Released(case)) => case.claim(me).ok(),
        (Act::Return, AnyApplication::InReview(case)) => case.unclaim(me, None).ok(),
        (Act::Assign(to), AnyApplication::Released(case)) => case.assign(me, to).ok(),
        (Act::Assign(to), AnyApplication::InReview(case)) => case.assign(me, to).ok(),
        (Act::Ask(sections, message), AnyApplication::InReview(case)) => {
            case.request_changes(me, sections, message.to_owned()).ok()
        }
        _ => None,
    }
}

impl Act<'_> {
    /// As the record names it.
    fn action(self) -> &'static str {
        match self {
            Act::Claim => "claim",
            Act::Return => "unclaim",
            Act::Assign(_) => "assign",
            Act::Ask(..) => "request_changes",
        }
    }

    /// The words and facts that the record keeps of it.
    fn said(&self) -> (Option<&str>, serde_json::Value) {
        match self {
            Act::Ask(sections, message) => (Some(message), serde_json::json!({ "sections": sections })),
            Act::Claim | Act::Return | Act::Assign(_) => (None, serde_json::json!({})),
        }
    }

    /// Who has the case afterwards.
    fn leads_to(self, me: PersonId) -> Option<PersonId> {
        match self {
            Act::Claim | Act::Ask(..) => Some(me),
            Act::Return => None,
            Act::Assign(to) => Some(to),
        }
    }
}

fn show(
    me: &HrReviewer,
    act: Act<'_>,
    picked: Vec<Picked>,
    outcomes: Vec<Outcome>,
    holders: &HashMap<Uuid, String>,
) -> Result<Response> {
    let t = Text(me.lang);
    let lines = picked.into_iter().zip(outcomes).map(|(one, outcome)| Line {
        id: one.id,
        is_done: matches!(outcome, Outcome::Done),
        outcome: match (outcome, holders.get(&one.id)) {
            (Outcome::Done, _) if matches!(act, Act::Ask(..)) => t.asked(),
            (Outcome::Done, Some(who)) => t.now_with(who),
            (Outcome::Done, None) => t.in_queue(),
            (Outcome::Full, _) if matches!(act, Act::Claim) => t.nobody_has_room(),
            (Outcome::Full, _) => t.full(),
            (Outcome::Closed, _) => t.closed(),
            (Outcome::Overtaken, Some(who)) => t.with(who),
            (Outcome::Overtaken, None) => t.moved_on(),
        },
        name: one.name,
        reference: one.reference,
    });
    told(me, lines.collect())
}

/// The page that tells what came of each.
pub fn told(me: &HrReviewer, lines: Vec<Line>) -> Result<Response> {
    let done = lines.iter().filter(|line| line.is_done).count();
    let status = if done > 0 { StatusCode::OK } else { StatusCode::CONFLICT };
    html(status, &View { page: me.page(Text), done, lines })
}

/// The cases that were picked, each with the version that was seen.
pub fn seen(picks: &[String]) -> Vec<(Uuid, i32)> {
    let read = |pick: &str| {
        let (id, version) = pick.split_once(':')?;
        Some((id.parse().ok()?, version.parse().ok()?))
    };
    let mut known = HashSet::new();
    let each = picks.iter().flat_map(|picks| picks.split(',')).filter_map(read);
    // once, though its page is picked as well
    each.filter(|(id, _)| known.insert(*id)).take(MOST).collect()
}

/// The reviewers there are, by name: whom a case can be given to.
pub async fn colleagues(tx: &mut Tx<HrReviewer>) -> Result<Vec<(Uuid, String)>> {
    let rows = sqlx::query!(
        r#"select p.id, trim(p.given_names || ' ' || p.family_names) as "name!"
           from person_role r join person p on p.id = r.person_id
           where r.role = 'hr_reviewer' and p.disabled_at is null
           order by lower(p.family_names), p.id limit 200"#
    );
    Ok(rows.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The picked cases that the reviewer may see, in the order of their ids, held: to whom each is closed stays as it is.
pub async fn picked(tx: &mut Tx<HrReviewer>, picks: &[(Uuid, i32)], act: Act<'_>) -> Result<Vec<Picked>> {
    let ids: Vec<Uuid> = picks.iter().map(|(id, _)| *id).collect();
    cases::hold(tx, &ids).await?;
    let them = act.leads_to(tx.actor()).unwrap_or(tx.actor());
    let rows = sqlx::query!(
        r#"select a.id as "id!", a.candidate_id as "candidate_id!", a.version as "version!", a.state as "state!",
               a.state_since as "state_since!", a.waiting_since as "waiting_since!", a.reviewer_id, a.pooled_until, a.name as "name!",
               a.reference as "reference!",
               not exists (select from cases_open_to($3) o where o.id = a.id) as "closed!"
           from cases_open_to($1) a where a.id = any($2) order by a.id"#,
        tx.actor().0,
        &ids,
        them.0
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    let seen: HashMap<Uuid, i32> = picks.iter().copied().collect();
    rows.into_iter()
        .map(|row| {
            let standing = ApplicationRow {
                id: row.id,
                candidate_id: row.candidate_id,
                version: row.version,
                state: row.state,
                state_since: row.state_since,
                reviewer_id: row.reviewer_id,
                pooled_until: row.pooled_until,
            };
            Ok(Picked {
                id: row.id,
                seen: seen.get(&row.id).copied().unwrap_or_default(),
                name: row.name,
                reference: row.reference,
                version: row.version,
                candidate: row.candidate_id,
                waiting_since: row.waiting_since,
                case: standing.typed(tx.zone())?,
                is_closed_to_them: row.closed,
            })
        })
        .collect()
}

/// How many open cases one may be given; the row is held, so that two who give do not give too many.
pub async fn most_open(tx: &mut Tx<HrReviewer>) -> Result<i64> {
    let most = sqlx::query_scalar!("select most_open from review_setting for update");
    Ok(i64::from(most.fetch_one(&mut **tx).await?))
}

async fn open_cases(tx: &mut Tx<HrReviewer>, of: PersonId) -> Result<i64> {
    let open = sqlx::query_scalar!(
        r#"select count(*) as "n!" from application where reviewer_id = $1 and state = 'in_review'"#,
        of.0
    );
    Ok(open.fetch_one(&mut **tx).await?)
}

/// Who has each case now.
async fn holders(tx: &mut Tx<HrReviewer>, picked: &[Picked]) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<Uuid> = picked.iter().map(|one| one.id).collect();
    let rows = sqlx::query!(
        r#"select a.id as "id!", trim(r.given_names || ' ' || r.family_names) as "name!"
           from cases_open_to($1) a join person r on r.id = a.reviewer_id
           where a.id = any($2) and a.state = 'in_review'"#,
        tx.actor().0,
        &ids
    );
    Ok(rows.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Words of the queue about it.
pub fn assign_to(who: &str, lang: Lang) -> String {
    Text(lang).assign_to(who)
}

texts!(Text {
    back: "Released profiles", "Dossiers transmis", "Perfiles enviados";
    assign_to(who): "Assign to {who}", "Attribuer à {who}", "Asignar a {who}";
    none: "Nothing was changed", "Rien n’a été modifié", "No se ha cambiado nada";
    one: "One case was changed", "Un dossier a été modifié", "Se ha cambiado un caso";
    many(n): "{n} cases were changed", "{n} dossiers ont été modifiés", "Se han cambiado {n} casos";
    nobody: "Select cases in the queue first.", "Sélectionnez d’abord des dossiers dans la liste.", "Primero seleccione casos en la lista.";
    each: "What came of each", "Ce qu’il en est de chacun", "Qué ha pasado con cada uno";
    now_with(who): "Done: {who} has it now.", "Fait : le dossier est maintenant entre les mains de {who}.", "Hecho: ahora lo tiene {who}.";
    asked: "Done: the candidate is asked for the changes.", "Fait : les modifications sont demandées à la personne candidate.", "Hecho: se piden los cambios a la persona candidata.";
    in_queue: "Done: it waits in the queue.", "Fait : il attend dans la liste.", "Hecho: espera en la lista.";
    with(who): "Not changed: {who} has it.", "Pas modifié : {who} s’en occupe.", "Sin cambios: lo tiene {who}.";
    moved_on: "Not changed: it has moved on since you saw it.", "Pas modifié : il a évolué depuis que vous l’avez vu.", "Sin cambios: ha cambiado desde que lo vio.";
    nobody_has_room: "Not changed: everybody has as many open cases as one may be given, or it is closed to them.",
        "Pas modifié : chaque personne a déjà autant de dossiers ouverts que l’on peut en attribuer, ou ce dossier lui est fermé.",
        "Sin cambios: todas las personas tienen ya tantos casos abiertos como se pueden asignar, o el caso les está cerrado.";
    full: "Not changed: this colleague has as many open cases as one may be given.", "Pas modifié : cette personne a déjà autant de dossiers ouverts que l’on peut en attribuer.",
        "Sin cambios: esta persona ya tiene tantos casos abiertos como se pueden asignar.";
    closed: "Not changed: this case is not for this colleague.", "Pas modifié : ce dossier n’est pas pour cette personne.", "Sin cambios: este caso no es para esta persona.";
});
