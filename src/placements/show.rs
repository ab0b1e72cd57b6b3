//! One placement as Human Resources sees it: where it stands, on which terms, what happened.

use crate::db::Tx;
use crate::domain::placement::{Standing, State};
use crate::domain::profile::Profile;
use crate::domain::step::Approval;
use crate::domain::terms::Stay;
use crate::explain::profile::Row;
use crate::explain::terms::{Line, Stated};
use crate::text::{Lang, texts};
use crate::underway::evaluations::{self, Comment};
use crate::underway::{extensions, periods};
use crate::web::{App, Error, HrReviewer, Page, Path, Result, html};
use crate::{deputies, explain, offices, policies, waivers};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}", get(show))
}

#[derive(askama::Template)]
#[template(path = "placements/show.html")]
struct View {
    page: Page<Text>,
    application: Uuid,
    name: String,
    place: String,
    reference: String,
    supervisor: String,
    tone: &'static str,
    icon: &'static str,
    state: String,
    since: DateTime<Utc>,
    terms: Vec<Line>,
    writing: Vec<Row>,
    periods: Vec<Row>,
    history: Vec<Event>,
    /// What Human Resources can do now: address and words, the main thing first.
    steps: Vec<(String, String)>,
    answer_by: Option<NaiveDate>,
    /// Of the letter of offer, once there is one.
    letter: Option<String>,
    asked: Option<DatesAsked>,
    evaluations: Vec<Written>,
    comment: String,
}

/// Other dates that the candidate asks for.
struct DatesAsked {
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    words: String,
}

/// An evaluation to read.
struct Written {
    code: &'static str,
    title: String,
    rows: Vec<Row>,
    comment: Option<Comment>,
}

struct Event {
    at: DateTime<Utc>,
    what: String,
    who: String,
    reason: Option<String>,
}

async fn show(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let row = sqlx::query!(
        r#"select p.application_id, p.reference, p.office_id, p.starts_on, p.ends_on, p.state, p.state_since,
               coalesce(p.current_terms, o.terms, p.terms) as "terms!", o.answer_by as "answer_by?",
               p.terms_of_reference, p.tasks, p.learning_goals, a.name, s.profile,
               trim(v.given_names || ' ' || v.family_names) as "supervisor!",
               exists (select from person c where c.id = a.candidate_id and c.erased_at is not null) as "erased!"
           from placement p join application a on a.id = p.application_id
           join snapshot s on s.application_id = a.id and s.number = a.latest
           join person v on v.id = p.supervisor_id
           left join offer o on o.placement_id = p.id
           where p.id = $1 and a.state <> 'withdrawn' and a.candidate_id <> $2"#,
        id,
        me.id.0
    )
    .fetch_one(&mut *tx)
    .await?;
    if row.erased {
        return Err(Error::Erased);
    }
    let profile: Profile = serde_json::from_value(row.profile)?;
    let stated: Stated = serde_json::from_value(row.terms)?;
    let policy = policies::at(&mut tx, today, &row.office_id).await?;
    let places = offices::names(&mut tx, me.lang).await?;
    let place = places.get(&row.office_id).cloned().unwrap_or(row.office_id);
    let known = State::from_code(&row.state).ok_or(Error::Missing("a known state"))?;
    let (tone, icon, state) = explain::placement::look(known, me.lang);
    let stay = Stay { start: row.starts_on, end: row.ends_on };
    let approval = row.terms_of_reference.zip(row.tasks).zip(row.learning_goals).map(
        |((terms_of_reference, tasks), learning_goals)| Approval {
            terms_of_reference,
            tasks,
            learning_goals,
        },
    );
    let longer_asked = extensions::latest(&mut tx, id).await?.is_some_and(|asked| asked.is_open());
    let waiver = waivers::last(&mut tx, id).await?;
    let may_waive = stated.terms.local
        && !waiver.as_ref().is_some_and(|w| matches!(w.standing, Standing::Open | Standing::Granted));
    let waits = waiver.as_ref().is_some_and(|w| w.standing == Standing::Open);
    let now = Now { longer_asked, was_to_begin: stay.start < today, may_waive, waits };
    let mut terms = explain::terms::lines(&stated, stay, &policy.terms, &profile.funding, &place, me.lang);
    terms.extend(waiver.map(|waiver| waiver.line(me.lang)));
    let agreed = periods::all(&mut tx, id).await?;
    let view = View {
        page: me.page(Text),
        application: row.application_id,
        name: row.name,
        terms,
        place,
        reference: row.reference,
        supervisor: row.supervisor,
        tone,
        icon,
        state,
        since: row.state_since,
        steps: steps(id, known, &now, me.lang),
        letter: row.answer_by.map(|_| format!("/placements/{id}/letter.pdf")),
        answer_by: row.answer_by.filter(|_| known == State::Offered),
        asked: asked(&mut tx, id).await?.filter(|_| known == State::Offered),
        writing: approval.map_or(Vec::new(), |approval| explain::placement::writing(&approval, me.lang)),
        periods: periods::rows(&agreed, periods::Reader::Staff, me.zone(), me.lang),
        history: history(&mut tx, id, me.lang).await?,
        evaluations: evaluations(&mut tx, id, me.lang).await?,
        comment: evaluations::Text(me.lang).comment(),
    };
    html(StatusCode::OK, &view)
}

/// What there is to know of a placement beside its state, to say what can be done with it.
struct Now {
    longer_asked: bool,
    /// The first day has passed.
    was_to_begin: bool,
    /// A waiver of the allowance can be asked for …
    may_waive: bool,
    /// … or waits for its decision.
    waits: bool,
}

fn steps(id: Uuid, state: State, now: &Now, lang: Lang) -> Vec<(String, String)> {
    let t = Text(lang);
    let to = |verb: &str, words: String| Some((format!("/placements/{id}/{verb}"), words));
    let cancel = || to("cancel", t.cancel());
    let absences = || to("absences", t.absences());
    let interview = || to("interview", t.interview());
    let documents = || to("documents", t.documents());
    let no_show = || now.was_to_begin.then(|| to("no-show", t.no_show())).flatten();
    let ways = match state {
        State::Proposed => vec![interview(), cancel()],
        State::Approved => {
            let offer = (!now.waits).then(|| to("offer", t.offer())).flatten();
            vec![offer, now.may_waive.then(|| to("waiver", t.waiver())).flatten(), interview(), cancel()]
        }
        State::Offered => vec![to("rescind", t.rescind())],
        State::Accepted => vec![documents(), no_show(), cancel()],
        State::Ready => vec![to("start", t.start()), documents(), no_show(), cancel()],
        State::Started => {
            let extension = now.longer_asked.then(|| to("extension", t.extension())).flatten();
            vec![extension, absences(), to("end-early", t.end_early())]
        }
        State::Completed | State::EndedEarly => vec![absences()],
        _ => Vec::new(),
    };
    ways.into_iter().flatten().collect()
}

async fn asked(tx: &mut Tx<HrReviewer>, id: Uuid) -> Result<Option<DatesAsked>> {
    let asked = sqlx::query_as!(
        DatesAsked,
        "select starts_on, ends_on, words from date_request where placement_id = $1",
        id
    );
    Ok(asked.fetch_optional(&mut **tx).await?)
}

/// What the supervisor wrote about the internship, and what the intern answered.
async fn evaluations(tx: &mut Tx<HrReviewer>, id: Uuid, lang: Lang) -> Result<Vec<Written>> {
    let all = evaluations::all(tx, id).await?.into_iter().map(|evaluation| Written {
        code: evaluation.which.code(),
        title: evaluations::Text(lang).title(evaluation.which),
        rows: evaluations::rows(&evaluation.words, lang),
        comment: evaluation.comment,
    });
    Ok(all.collect())
}

/// Everything that happened to the placement, the newest first.
async fn history(tx: &mut Tx<HrReviewer>, id: Uuid, lang: Lang) -> Result<Vec<Event>> {
    let rows = sqlx::query!(
        r#"select e.at, e.action, e.reason,
               case when p.id is not null then trim(p.given_names || ' ' || p.family_names) end as who,
               case when f.id is not null then trim(f.given_names || ' ' || f.family_names) end as instead_of
           from audit_event e left join person p on p.id = e.actor_id
           left join person f on f.id = (e.facts ->> 'for')::uuid
           where e.subject = 'placement' and e.subject_id = $1 order by e.id desc limit 200"#,
        id
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    Ok(rows
        .into_iter()
        .map(|row| Event {
            at: row.at,
            what: explain::placement::happened(&row.action, lang),
            who: match (row.who, row.instead_of) {
                (Some(who), Some(principal)) => deputies::both(&who, &principal, lang),
                (who, _) => who.unwrap_or_else(|| Text(lang).system()),
            },
            reason: row.reason,
        })
        .collect())
}

texts!(Text {
    back: "Placements", "Affectations", "Plazas";
    facts(reference, supervisor): "{reference}, supervisor: {supervisor}", "{reference}, responsable : {supervisor}", "{reference}, persona supervisora: {supervisor}";
    since(at): "since {at}", "depuis le {at}", "desde el {at}";
    terms: "Terms", "Conditions", "Condiciones";
    profile: "The profile", "Le dossier", "El perfil";
    in_writing: "What the supervisor wrote", "Ce que la personne responsable a écrit", "Lo que escribió la persona supervisora";
    periods: "Periods agreed", "Périodes convenues", "Periodos acordados";
    steps: "What you can do", "Ce que vous pouvez faire", "Lo que puede hacer";
    offer: "Make the offer", "Faire l’offre", "Hacer la oferta";
    waiver: "Ask for a waiver of the allowance", "Demander une dispense d’allocation", "Pedir una exención de la asignación";
    letter: "The letter of offer, as a PDF", "La lettre d’offre, en PDF", "La carta de oferta, en PDF";
    absences: "Absences", "Absences", "Ausencias";
    interview: "Arrange an interview", "Organiser un entretien", "Organizar una entrevista";
    rescind: "Take the offer back", "Retirer l’offre", "Retirar la oferta";
    documents: "Documents for the first day", "Documents pour le premier jour", "Documentos para el primer día";
    cancel: "Call it off", "L’annuler", "Cancelarla";
    answer_by(day): "The candidate has until {day} to answer.", "La personne candidate a jusqu’au {day} pour répondre.",
        "La persona candidata tiene hasta el {day} para responder.";
    asked: "Other dates asked for", "Autres dates demandées", "Se han pedido otras fechas";
    asked_dates(from, to): "The candidate would rather come from {from} to {to}.", "La personne candidate préférerait venir du {from} au {to}.",
        "La persona candidata preferiría venir del {from} al {to}.";
    asked_next: "To agree, take this offer back and propose the new dates. Otherwise the offer stands as it is.",
        "Pour accepter, retirez cette offre et proposez les nouvelles dates. Sinon, l’offre reste telle quelle.",
        "Para aceptarlas, retire esta oferta y proponga las nuevas fechas. De lo contrario, la oferta sigue como está.";
    start: "Confirm the first day", "Confirmer le premier jour", "Confirmar el primer día";
    end_early: "End the internship early", "Mettre fin au stage avant terme", "Terminar la pasantía antes";
    no_show: "Record that the intern did not come", "Enregistrer l’absence", "Registrar la ausencia";
    extension: "Decide on the longer stay", "Décider de la prolongation", "Decidir sobre la prórroga";
    history: "What happened", "Ce qui s’est passé", "Lo que ha ocurrido";
    system: "The system", "Le système", "El sistema";
});
