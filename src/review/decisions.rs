//! The decisions that a reviewer has taken and not told: every letter with its reader is seen before any leaves, and
//! each case is then a step of its own.

use super::bulk::{self, seen};
use super::judge;
use super::later::Decision;
use crate::cases::ApplicationRow;
use crate::db::{self, Done, Tx};
use crate::domain::application::AnyApplication;
use crate::domain::eligibility::{Assessment, Rule};
use crate::domain::judgement::{self, Judgement};
use crate::domain::letter::Letter;
use crate::domain::step::Step;
use crate::foretold::{self, Foretold};
use crate::sheets::{self, Cell, Format};
use crate::text::{Lang, texts};
use crate::web::pager::next_after;
use crate::web::{App, Error, HrReviewer, Page, Path, Posted, Query, Recent, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/review/decisions", get(list).post(tell))
        .route("/review/decisions/export/{format}", get(export))
}

/// So many letters are read at once.
const PER_PAGE: usize = 25;

#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct From {
    /// Where the page before ended.
    after: Option<Uuid>,
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// `id:version` of each case, as it was decided.
    pick: Vec<String>,
}

#[derive(askama::Template)]
#[template(path = "review/decisions.html")]
struct View {
    page: Page<Text>,
    ready: Vec<Ready>,
    /// They have moved on since they were decided.
    left_out: Vec<Untold>,
    is_first: bool,
    next: Option<Uuid>,
}

struct Ready {
    untold: Untold,
    letter: Foretold,
}

/// A decision, and its case as it stands.
struct Untold {
    id: Uuid,
    seen: i32,
    name: String,
    reference: String,
    at: DateTime<Utc>,
    decision: Decision,
    /// From the list of reasons, in the candidate's language.
    why: Option<String>,
    /// Of the candidate: their language, and how letters call them.
    lang: Lang,
    called: String,
    number: i32,
    version: i32,
    case: AnyApplication,
    assessment: Assessment,
    judgements: Vec<Judgement>,
}

#[derive(serde::Deserialize)]
struct Found {
    rule: String,
    met: bool,
    reason: String,
}

impl Untold {
    /// `None`: it has moved on, or what the decision stood on no longer holds.
    fn step(&self, me: &HrReviewer, today: NaiveDate) -> Option<Step> {
        let case = self.case.in_review().ok().filter(|_| self.version == self.seen)?;
        match &self.decision {
            Decision::Decline { why, message } => case.decline(me.id, why, message.clone()).ok(),
            Decision::Pool { reason } => {
                let typed = Some(reason.as_str()).filter(|reason| !reason.is_empty());
                let ground = judgement::ground(&self.assessment.rules, &self.judgements, typed).ok()?;
                case.pool(me.id, &self.assessment.rules, ground, today).ok()
            }
        }
    }

    /// The rules that this very decision judges.
    fn judges(&self) -> Option<(Vec<Rule>, &str)> {
        match &self.decision {
            Decision::Decline { .. } => None,
            Decision::Pool { reason } => {
                let rules = judgement::unjudged(&self.assessment.rules, &self.judgements);
                (!rules.is_empty()).then_some((rules, reason))
            }
        }
    }

    fn words(&self) -> &str {
        match &self.decision {
            Decision::Decline { message, .. } => message,
            Decision::Pool { .. } => "",
        }
    }
}

async fn list(me: HrReviewer, Query(from): Query<From>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let mut untold = load(&mut tx, Which::After(from.after, PER_PAGE + 1)).await?;
    let next = next_after(&mut untold, PER_PAGE, |one| one.id);
    let (ready, left_out): (Vec<_>, Vec<_>) =
        untold.into_iter().partition(|one| one.step(&me, today).is_some());
    let own = foretold::own_words(&mut tx, &[Letter::Pooled, Letter::NotSelected]).await?;
    let ready = ready
        .into_iter()
        .map(|untold| {
            let letter = match untold.decision {
                Decision::Pool { .. } => Letter::Pooled,
                Decision::Decline { .. } => Letter::NotSelected,
            };
            let about = (untold.id, untold.reference.as_str());
            let letter = foretold::letter(me.settings(), letter, untold.lang, &own, &untold.called, about)?;
            Ok(Ready { untold, letter })
        })
        .collect::<Result<_>>()?;
    html(StatusCode::OK, &View { page: me.page(Text), ready, left_out, is_first: from.after.is_none(), next })
}

async fn export(Recent(me): Recent<HrReviewer>, Path(format): Path<Format>) -> Result<Response> {
    let tx = me.begin().await?;
    let t = Text(me.lang);
    let heads =
        vec![t.reference(), t.candidate(), t.decision(), t.why(), t.reads(), t.decided(), t.left_out()];
    let me = Arc::new(me);
    let pages = sheets::pages(None, move |after| {
        let me = me.clone();
        async move {
            let mut tx = me.begin().await?;
            let (untold, today) = (load(&mut tx, Which::After(after, sheets::PAGE)).await?, tx.today());
            let row = |one: Untold| {
                vec![
                    one.reference.as_str().into(),
                    one.name.as_str().into(),
                    one.decision.word(me.lang).into(),
                    one.why.clone().into(),
                    one.words().into(),
                    Cell::moment(one.at, me.zone()),
                    one.step(&me, today).is_none().then(|| Text(me.lang).moved_on()).into(),
                ]
            };
            Ok(sheets::page(untold, |last| Some(last.id), row))
        }
    });
    sheets::download(tx, format, "decisions", heads, pages).await
}

async fn tell(me: HrReviewer, form: Posted<Form>) -> Result<Response> {
    let Ok(form) = form.judge(|form| Ok(form.clone())) else { return Err(Error::Unreadable) };
    let picks = seen(&form.pick);
    let mut tx = me.begin().await?;
    let today = tx.today();
    let ids: Vec<Uuid> = picks.iter().map(|(id, _)| *id).collect();
    let untold = load(&mut tx, Which::Picked(&ids)).await?;
    let mut lines = told_before(&mut tx, &picks, &untold, me.lang).await?;
    let mut all: Option<Done> = None;
    let mut told = Vec::new();
    for one in untold {
        let step = one.step(&me, today).filter(|step| picks.contains(&(one.id, step.seen)));
        let done = match step {
            Some(step) => take(&mut tx, &one, &step).await?,
            None => None,
        };
        let t = Text(me.lang);
        let outcome = if done.is_some() { t.told(one.decision.word(me.lang)) } else { t.moved_on() };
        let is_done = done.is_some();
        told.extend(is_done.then_some(one.id));
        lines.push(bulk::Line { id: one.id, name: one.name, reference: one.reference, is_done, outcome });
        all = Done::either(all, done);
    }
    sqlx::query!("delete from drafted_decision where application_id = any($1)", &told)
        .execute(&mut *tx)
        .await?;
    if let Some(done) = all {
        tx.commit(done).await?;
    }
    bulk::told(&me, lines)
}

/// The step of one case, with its letter. `None`: somebody was faster.
async fn take(tx: &mut Tx<HrReviewer>, one: &Untold, step: &Step) -> Result<Option<Done>> {
    let done = match tx.take(step).await {
        Ok(done) => done,
        Err(db::Error::Conflict) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if let (true, Some((rules, reason))) = (done.is_fresh(), one.judges()) {
        judge::keep(tx, (one.id, one.number), &rules, true, reason).await?;
    }
    Ok(Some(done))
}

/// Of the reviewer's own decisions.
#[derive(Clone, Copy)]
enum Which<'a> {
    /// So many of all, from where the page before ended.
    After(Option<Uuid>, usize),
    /// Those of the named cases.
    Picked(&'a [Uuid]),
}

/// The oldest case first, as for all who take several at once: nobody waits in a circle.
async fn load(tx: &mut Tx<HrReviewer>, which: Which<'_>) -> Result<Vec<Untold>> {
    let me = tx.actor();
    let (after, only, limit) = match which {
        Which::After(case, limit) => (case, None, limit),
        Which::Picked(cases) => (None, Some(cases), PER_PAGE),
    };
    let rows = sqlx::query!(
        r#"select a.id as "id!", a.candidate_id as "candidate_id!", a.version as "version!", a.state as "state!",
               a.state_since as "state_since!", a.reviewer_id, a.pooled_until, a.name as "name!",
               a.reference as "reference!", a.latest as "latest!", d.decision, d.seen, d.why, d.words, d.drafted_at,
               p.lang, trim(p.given_names || ' ' || p.family_names) as "called!", s.assessment,
               coalesce((select jsonb_agg(jsonb_build_object('rule', j.rule, 'met', j.met, 'reason', j.reason))
                   from (select distinct on (rule) rule, met, reason from rule_judgement
                         where application_id = a.id and number = a.latest order by rule, id desc) j), '[]')
                   as "judgements!",
               (select case p.lang when 'fr' then r.text_fr when 'es' then r.text_es else r.text_en end
                from decline_reason r where r.code = d.why) as why_words
           from drafted_decision d
           join cases_open_to($1) a on a.id = d.application_id
           join person p on p.id = a.candidate_id
           join snapshot s on s.application_id = a.id and s.number = a.latest
           where d.reviewer_id = $1 and ($2::uuid[] is null or d.application_id = any($2))
               and ($3::uuid is null or d.application_id > $3)
           order by d.application_id limit $4"#,
        me.0,
        only,
        after,
        i64::try_from(limit).unwrap_or(i64::MAX)
    );
    let rows = rows.fetch_all(&mut **tx).await?;
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
            let found: Vec<Found> = serde_json::from_value(row.judgements)?;
            let judgement = |one: Found| {
                let rule = Rule::from_code(&one.rule).ok_or(Error::Missing("a known rule"))?;
                Ok(Judgement { rule, met: one.met, reason: one.reason })
            };
            Ok(Untold {
                id: row.id,
                seen: row.seen,
                name: row.name,
                reference: row.reference,
                at: row.drafted_at,
                decision: Decision::from_columns(&row.decision, &row.why, row.words)?,
                why: row.why_words,
                lang: Lang::from(row.lang),
                called: row.called,
                number: row.latest,
                version: row.version,
                case: standing.typed(tx.zone())?,
                assessment: serde_json::from_value(row.assessment)?,
                judgements: found.into_iter().map(judgement).collect::<Result<_>>()?,
            })
        })
        .collect()
}

/// Of what was picked and is no decision to tell any more: what the same press told a moment ago, and what was taken
/// back.
async fn told_before(
    tx: &mut Tx<HrReviewer>,
    picks: &[(Uuid, i32)],
    untold: &[Untold],
    lang: Lang,
) -> Result<Vec<bulk::Line>> {
    let is_gone = |id: &Uuid| !untold.iter().any(|one| one.id == *id);
    let (ids, versions): (Vec<Uuid>, Vec<i32>) = picks.iter().filter(|(id, _)| is_gone(id)).copied().unzip();
    let rows = sqlx::query!(
        r#"select a.id as "id!", a.name as "name!", a.reference as "reference!",
               exists (select from audit_event e where e.subject = 'application' and e.subject_id = a.id
                   and e.version = k.seen + 1 and e.actor_id = $1 and e.action in ('pool', 'decline')) as "told!"
           from unnest($2::uuid[], $3::int[]) as k (id, seen) join cases_open_to($1) a on a.id = k.id
           order by a.id"#,
        tx.actor().0,
        &ids,
        &versions
    );
    let t = Text(lang);
    let line = |told: bool| if told { t.told_already() } else { t.moved_on() };
    let rows = rows.fetch_all(&mut **tx).await?.into_iter();
    Ok(rows
        .map(|row| bulk::Line {
            id: row.id,
            name: row.name,
            reference: row.reference,
            is_done: row.told,
            outcome: line(row.told),
        })
        .collect())
}

texts!(Text {
    title: "Decided, not told yet", "Décidé, pas encore annoncé", "Decidido, sin comunicar";
    lead: "Nothing has happened to these cases, and no letter has left. Read what each candidate will get, then tell those you have selected.",
        "Rien n’est arrivé à ces dossiers et aucun courriel n’est parti. Lisez ce que recevra chaque personne, puis prévenez celles que vous avez sélectionnées.",
        "Nada ha cambiado en estos casos y no ha salido ningún mensaje. Lea lo que recibirá cada persona y avise a las que haya seleccionado.";
    none: "You have told every decision", "Toutes vos décisions ont été annoncées", "Ha comunicado todas sus decisiones";
    none_lead: "When you decide on a profile, you can choose to tell the candidate later. Such decisions wait here.",
        "Quand vous décidez d’un dossier, vous pouvez choisir de prévenir la personne plus tard. Ces décisions attendent ici.",
        "Al decidir sobre un perfil puede elegir avisar a la persona más tarde. Esas decisiones esperan aquí.";
    back: "Released profiles", "Dossiers transmis", "Perfiles enviados";
    tell(who): "Tell {who}", "Prévenir {who}", "Avisar a {who}";
    reference: "Reference", "Référence", "Referencia";
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    decision: "Decision", "Décision", "Decisión";
    why: "Reason", "Motif", "Motivo";
    decided: "Decided", "Décidé", "Decidido";
    letter: "The letter", "Le courriel", "El mensaje";
    reads: "What they read after signing in", "Ce qui se lit après connexion", "Lo que lee tras iniciar sesión";
    change: "Decide again", "Décider à nouveau", "Decidir de nuevo";
    take_back: "Take the decision back", "Annuler la décision", "Retirar la decisión";
    send: "Tell those selected", "Prévenir les personnes sélectionnées", "Avisar a las personas seleccionadas";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
    left_out: "Overtaken", "Dépassées", "Superadas";
    left_out_why: "These cases have moved on since you decided. Nothing is sent about them: read what is new and decide again.",
        "Ces dossiers ont évolué depuis votre décision. Rien n’est envoyé à leur sujet : lisez ce qui est nouveau et décidez à nouveau.",
        "Estos casos han cambiado desde que usted decidió. No se envía nada sobre ellos: lea las novedades y decida de nuevo.";
    told(what): "Done: {what}, and the candidate is told.", "Fait : {what}, et la personne candidate est prévenue.", "Hecho: {what}, y se ha avisado a la persona candidata.";
    told_already: "Done: the candidate is told.", "Fait : la personne candidate est prévenue.", "Hecho: se ha avisado a la persona candidata.";
    moved_on: "Not told: it has moved on since you decided.", "Pas annoncé : le dossier a évolué depuis votre décision.", "Sin comunicar: ha cambiado desde que usted decidió.";
});
