//! One reviewer proposes to close an application as a duplicate; another confirms it, or finds that they are two people.
//! Nothing is merged or lost: the application is not selected, for that reason, and can be reopened like any other.

use super::{Case, Shared, case};
use crate::cases;
use crate::db::{Done, Note, Tx};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};
use crate::web::{
    App, Choice, Error, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/review/{id}/duplicates/{other}/close", get(ask).post(propose))
        .route("/review/{id}/duplicate", get(ask_decision).post(decide))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// Of the proposal, chosen with the form: sent twice, it is made once.
    form: Uuid,
    #[validate(length(max = 2000))]
    why: String,
    #[validate(length(max = 4000))]
    message: String,
}

#[derive(askama::Template)]
#[template(path = "review/close.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    other: Uuid,
    reference: String,
    kept: String,
}

async fn ask(me: HrReviewer, Path((id, other)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let (it, kept) = pair(&mut tx, id, other).await?;
    if !can_be_closed(&it, &kept) {
        return see_other(&format!("/review/{id}/duplicates/{other}"));
    }
    let lang = sqlx::query_scalar!("select lang from person where id = $1", it.candidate.0);
    let lang = Lang::from_code(&lang.fetch_one(&mut *tx).await?).unwrap_or_default();
    let message = Text(lang).to_candidate(&it.reference, &kept.reference);
    show(&me, &it, &kept, Filled::fresh(Form { form: Uuid::now_v7(), message, ..Form::default() }))
}

async fn propose(
    me: HrReviewer,
    Path((id, other)): Path<(Uuid, Uuid)>,
    form: Posted<Form>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    cases::hold(&mut tx, &[id]).await?;
    let (it, kept) = pair(&mut tx, id, other).await?;
    let form = match form.judge(written) {
        Ok(form) if form.form.is_nil() => return Err(Error::Unreadable),
        Ok(form) => form,
        Err(form) => return show(&me, &it, &kept, form),
    };
    let known = sqlx::query_scalar!("select proposed_by from duplicate_proposal where id = $1", form.form);
    if known.fetch_optional(&mut *tx).await? == Some(me.id.0) {
        return see_other(&format!("/review/{id}")); // a double click
    }
    let at = tx.now();
    let made = sqlx::query!(
        "insert into duplicate_proposal (id, application_id, kept_id, proposed_by, proposed_at, why, message)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
        form.form,
        id,
        other,
        me.id.0,
        at,
        form.why,
        form.message
    );
    if !can_be_closed(&it, &kept) || made.execute(&mut *tx).await?.rows_affected() == 0 {
        return show(&me, &it, &kept, Filled::overtaken(form, |l| Text(l).moved()));
    }
    let mut told: Vec<PersonId> = [it.reviewer, kept.reviewer].into_iter().flatten().collect();
    told.dedup();
    let others = told.into_iter().filter(|person| *person != me.id);
    let letters: Vec<_> = others.map(|person| (person, Letter::DuplicateProposed)).collect();
    let done = tx.note(Note::DuplicateProposed, id, &letters).await?;
    tx.commit(done).await?;
    see_other(&format!("/review/{id}"))
}

fn written(form: &Form) -> Result<Form, Vec<Problem>> {
    let mut problems = Vec::new();
    if form.why.is_empty() {
        problems.push(Problem::missing("why", |l| Text(l).write_why()));
    }
    if form.message.is_empty() {
        problems.push(Problem::missing("message", |l| Text(l).write_message()));
    }
    if problems.is_empty() { Ok(form.clone()) } else { Err(problems) }
}

fn show(me: &HrReviewer, it: &Case, kept: &Case, form: Filled<Form>) -> Result<Response> {
    let view = View {
        page: me.page(Text),
        id: it.id(),
        other: kept.id(),
        reference: it.reference.clone(),
        kept: kept.reference.clone(),
        form,
    };
    html(view.form.status(), &view)
}

/// Both applications, as the reader may see them.
///
/// # Errors
/// As [`case`], and [`Error::NotFound`] if they are one person's by account.
async fn pair(tx: &mut Tx<HrReviewer>, id: Uuid, other: Uuid) -> Result<(Case, Case)> {
    let (it, kept) = (case(tx, id).await?, case(tx, other).await?);
    if it.candidate == kept.candidate { Err(Error::NotFound) } else { Ok((it, kept)) }
}

fn can_be_closed(it: &Case, kept: &Case) -> bool {
    it.case.can_be_duplicate() && kept.state().is_open()
}

/// A proposal that nobody has decided on.
struct Proposal {
    id: Uuid,
    kept: Uuid,
    by: PersonId,
    who: String,
    at: DateTime<Utc>,
    why: String,
    message: String,
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Decision {
    seen: i32,
    /// The proposal that was read.
    about: Uuid,
    decision: String,
    #[validate(length(max = 2000))]
    answer: String,
}

#[derive(askama::Template)]
#[template(path = "review/duplicate.html")]
struct DecisionView {
    page: Page<Text>,
    form: Filled<Decision>,
    proposal: Proposal,
    id: Uuid,
    name: String,
    reference: String,
    kept: String,
    decisions: Vec<Choice>,
    /// Why the reader cannot confirm it now.
    blocked: Option<String>,
    is_mine: bool,
}

async fn ask_decision(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let it = case(&mut tx, id).await?;
    let Some(proposal) = proposal(&mut tx, id).await? else { return see_other(&format!("/review/{id}")) };
    let kept = case(&mut tx, proposal.kept).await?;
    let form = Decision { seen: it.version, about: proposal.id, ..Decision::default() };
    show_decision(&me, &it, &kept, proposal, Filled::fresh(form))
}

async fn decide(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Decision>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let decided_already = || see_other(&format!("/review/{id}")); // and the page says how
    // both: the one that goes on may not end this very moment, as a duplicate of the other perhaps
    let Some(seen) = proposal(&mut tx, id).await? else { return decided_already() };
    cases::hold(&mut tx, &[id, seen.kept]).await?;
    let it = case(&mut tx, id).await?;
    let Some(proposal) = proposal(&mut tx, id).await? else { return decided_already() };
    if proposal.by == me.id {
        return Err(Error::Forbidden);
    }
    let kept = case(&mut tx, proposal.kept).await?;
    let (form, confirmed) = match form.judge(|form| decided(form, can_be_closed(&it, &kept))) {
        Ok(judged) => judged,
        Err(form) => return show_decision(&me, &it, &kept, proposal, form),
    };
    if form.seen != it.version || form.about != proposal.id {
        let again = Decision { seen: it.version, about: proposal.id, ..form };
        return show_decision(&me, &it, &kept, proposal, Filled::overtaken(again, |l| Shared(l).overtaken()));
    }
    let at = tx.now();
    sqlx::query!(
        "update duplicate_proposal set decided_by = $2, decided_at = $3, confirmed = $4, answer = nullif($5, '')
         where id = $1",
        proposal.id,
        me.id.0,
        at,
        confirmed,
        form.answer
    )
    .execute(&mut *tx)
    .await?;
    let told = [(proposal.by, Letter::DuplicateDecided)];
    let done = match confirmed {
        false => tx.note(Note::DuplicateRefused, id, &told).await?,
        true => {
            close(&mut tx, &it, &proposal).await?.and(tx.note(Note::DuplicateConfirmed, id, &told).await?)
        }
    };
    tx.commit(done).await?;
    see_other(&format!("/review/{id}"))
}

/// A handful of steps, all by the reviewer who confirms.
async fn close(tx: &mut Tx<HrReviewer>, it: &Case, proposal: &Proposal) -> Result<Done> {
    let by = tx.actor();
    let steps =
        it.case.close_as_duplicate(by, &proposal.why, &proposal.message).map_err(|_| Error::Conflict)?;
    let mut done: Option<Done> = None;
    for step in &steps {
        let taken = tx.take(step).await?;
        done = Some(match done {
            Some(before) => before.and(taken),
            None => taken,
        });
    }
    done.ok_or(Error::Conflict)
}

fn decided(form: &Decision, can_be_closed: bool) -> Result<(Decision, bool), Vec<Problem>> {
    match form.decision.as_str() {
        "confirm" if can_be_closed => Ok((form.clone(), true)),
        "confirm" => Err(vec![Problem::at("decision", |l| Text(l).cannot_close())]),
        "refuse" if form.answer.is_empty() => {
            Err(vec![Problem::missing("answer", |l| Text(l).write_answer())])
        }
        "refuse" => Ok((form.clone(), false)),
        _ => Err(vec![Problem::missing("decision", |l| Text(l).choose_decision())]),
    }
}

fn show_decision(
    me: &HrReviewer,
    it: &Case,
    kept: &Case,
    proposal: Proposal,
    form: Filled<Decision>,
) -> Result<Response> {
    let t = Text(me.lang);
    let choice = |code: &str, words| Choice::new(code, words, form.values.decision == code);
    let view = DecisionView {
        page: me.page(Text),
        id: it.id(),
        name: it.name.clone(),
        reference: it.reference.clone(),
        kept: kept.reference.clone(),
        decisions: vec![choice("confirm", t.confirm()), choice("refuse", t.refuse())],
        blocked: (!can_be_closed(it, kept)).then(|| t.cannot_close()),
        is_mine: proposal.by == me.id,
        proposal,
        form,
    };
    html(view.form.status(), &view)
}

async fn proposal(tx: &mut Tx<HrReviewer>, id: Uuid) -> Result<Option<Proposal>> {
    let row = sqlx::query!(
        r#"select d.id, d.kept_id, d.proposed_by, d.proposed_at, d.why, d.message,
               trim(p.given_names || ' ' || p.family_names) as "who!"
           from duplicate_proposal d join person p on p.id = d.proposed_by
           where d.application_id = $1 and d.decided_at is null"#,
        id
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Proposal {
        id: row.id,
        kept: row.kept_id,
        by: row.proposed_by.into(),
        who: row.who,
        at: row.proposed_at,
        why: row.why,
        message: row.message,
    }))
}

texts!(Text {
    title(reference): "Propose to close {reference} as a duplicate", "Proposer de clore {reference} comme doublon", "Proponer cerrar {reference} como duplicada";
    lead(kept): "Another reviewer confirms it first. Then this application is not selected, {kept} stays as it is, and the decision can be taken back within 12 months.",
        "Une autre personne chargée de l’examen doit d’abord confirmer. Cette candidature ne sera alors pas retenue, {kept} reste telle quelle, et la décision peut être annulée pendant 12 mois.",
        "Primero lo confirma otra persona que revisa. Entonces esta candidatura no se selecciona, {kept} queda como está y la decisión puede revocarse durante 12 meses.";
    why: "Why they are the same person", "Pourquoi il s’agit de la même personne", "Por qué se trata de la misma persona";
    why_hint: "For colleagues.", "Pour l’équipe.", "Para el equipo.";
    write_why: "Write why they are the same person", "Écrivez pourquoi il s’agit de la même personne", "Escriba por qué se trata de la misma persona";
    message: "Message to the candidate", "Message à la personne candidate", "Mensaje a la persona candidata";
    message_hint: "Read word for word once it is confirmed, after signing in.", "Lu mot pour mot une fois la proposition confirmée, après connexion.",
        "Se lee tal cual una vez confirmada la propuesta, tras iniciar sesión.";
    write_message: "Write a message to the candidate", "Écrivez un message à la personne candidate", "Escriba un mensaje a la persona candidata";
    to_candidate(reference, kept): "You have two applications with us. We have closed {reference} and go on with {kept}, so that nothing has to be done twice. If both are not yours, write to us.",
        "Vous avez deux candidatures chez nous. Nous avons clos {reference} et poursuivons avec {kept}, pour que rien ne soit à faire deux fois. Si les deux ne sont pas les vôtres, écrivez-nous.",
        "Usted tiene dos candidaturas con nosotros. Hemos cerrado {reference} y seguimos con {kept}, para que no haya que hacer nada dos veces. Si ambas no son suyas, escríbanos.";
    send: "Propose it", "Proposer", "Proponer";
    keep: "Leave both as they are", "Les laisser telles quelles", "Dejarlas como están";
    moved: "One of the two has moved on, or a colleague has proposed something meanwhile. What you typed is still here.",
        "L’une des deux a évolué, ou une personne de votre équipe a fait une proposition entre-temps. Ce que vous avez saisi est toujours là.",
        "Una de las dos ha cambiado, o alguien de su equipo ha propuesto algo entretanto. Lo que escribió sigue aquí.";

    decide_title(reference): "Is {reference} a duplicate?", "{reference} est-elle un doublon ?", "¿Es {reference} una duplicada?";
    decide_lead(who, kept): "{who} proposes to close it because {kept} is the same person’s.", "{who} propose de la clore, car {kept} est de la même personne.",
        "{who} propone cerrarla porque {kept} es de la misma persona.";
    side_by_side: "See both side by side", "Voir les deux côte à côte", "Ver las dos lado a lado";
    is_mine: "You proposed it: a colleague decides.", "Vous l’avez proposé : la décision revient à une autre personne.", "Usted lo propuso: decide otra persona.";
    decision: "Your decision", "Votre décision", "Su decisión";
    confirm: "The same person: close it and tell the candidate", "La même personne : clore et prévenir la personne candidate", "La misma persona: cerrarla y avisar a la persona candidata";
    refuse: "Two people: leave both", "Deux personnes : laisser les deux", "Dos personas: dejar ambas";
    choose_decision: "Choose what you decide", "Choisissez votre décision", "Elija su decisión";
    answer: "Why they are two people", "Pourquoi il s’agit de deux personnes", "Por qué se trata de dos personas";
    answer_hint: "Only if you leave both. For colleagues.", "Seulement si vous laissez les deux. Pour l’équipe.", "Solo si deja ambas. Para el equipo.";
    write_answer: "Write why they are two people", "Écrivez pourquoi il s’agit de deux personnes", "Escriba por qué se trata de dos personas";
    cannot_close: "It cannot be closed now: it is no longer under review, or the other one is closed. Leave both, and say so",
        "Elle ne peut pas être close maintenant : elle n’est plus en cours d’examen, ou l’autre est close. Laissez les deux et dites-le",
        "No puede cerrarse ahora: ya no está en revisión, o la otra está cerrada. Deje ambas y dígalo";
    decide: "Decide", "Décider", "Decidir";
});
