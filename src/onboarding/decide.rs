//! A decision on one document, at whoever's desk: it is accepted, or sent back with a reason; a medical certificate
//! may also say that somebody is not fit.

use super::{happened, words};
use crate::cases;
use crate::db::{Note, Tx};
use crate::domain::onboarding::{Kind, OnDocument, State};
use crate::domain::terms::Stay;
use crate::explain;
use crate::papers;
use crate::scan::Scan;
use crate::scan::access::Access;
use crate::text::{Lang, texts};
use crate::web::actor::Role;
use crate::web::{
    Actor, Choice, Error, Filled, Page, Posted, Problem, Result, TypedDate, download, html, see_other,
};
use axum::response::Response;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use uuid::Uuid;

/// Whose desk the document lies on.
pub struct Desk {
    /// Medical documents lie on the medical officer's, all others with Human Resources.
    pub medical: bool,
    /// Of which placement alone; `None`: of all.
    pub placement: Option<Uuid>,
    /// Where the list is.
    pub back: String,
    /// Where this document is.
    pub address: String,
}

/// One document to decide on.
struct Paper {
    id: Uuid,
    access: Access,
    /// What there is to say of that.
    scan: Option<String>,
    placement: Uuid,
    /// It can be decided on: before the first day, or a policy while a longer stay is asked for.
    is_open: bool,
    kind: Kind,
    state: State,
    name: String,
    stay: Stay,
    file_name: String,
    media_type: String,
    bytes: i64,
    submitted_at: DateTime<Utc>,
    valid: (Option<NaiveDate>, Option<NaiveDate>),
    covers: Vec<String>,
    reason: Option<String>,
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    /// The state of the document that was seen.
    seen: String,
    decision: String,
    #[validate(length(max = 1000))]
    reason: String,
    until_day: String,
    until_month: String,
    until_year: String,
}

/// What a complete form decides.
#[derive(Clone)]
struct Decision {
    state: State,
    /// Fit until.
    until: Option<NaiveDate>,
    reason: Option<String>,
}

#[derive(askama::Template)]
#[template(path = "onboarding/decide.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    desk: Desk,
    title: String,
    paper: Paper,
    facts: Vec<(String, String)>,
    look: (&'static str, &'static str, String),
    size: String,
    choices: Vec<Choice>,
}

/// The page to decide on.
pub async fn ask<R: Role>(me: &Actor<R>, desk: Desk, document: Uuid) -> Result<Response> {
    let paper = paper(me, &mut me.begin().await?, &desk, document).await?;
    // usually somebody is fit for the whole stay
    let until = paper.stay.end;
    let form = Form {
        seen: paper.state.code().to_owned(),
        until_day: until.day().to_string(),
        until_month: until.month().to_string(),
        until_year: until.year().to_string(),
        ..Form::default()
    };
    show(me, desk, paper, Filled::fresh(form))
}

/// The file itself. Opening it is recorded.
pub async fn open<R: Role>(me: &Actor<R>, desk: &Desk, document: Uuid) -> Result<Response> {
    let mut tx = me.begin().await?;
    let paper = paper(me, &mut tx, desk, document).await?;
    download::is_open(paper.access)?;
    let note = if desk.medical { Note::MedicalFileOpened } else { Note::DocumentOpened };
    let file = me.files().sealed(&mut tx, paper.id).await?;
    let done = tx.note(note, paper.id, &[]).await?;
    tx.commit(done).await?;
    download::attachment(me.files(), &file, &paper.media_type, &paper.file_name, paper.bytes).await
}

/// Decides, once: pressed twice, or decided the same by a colleague meanwhile, it stays as it is.
pub async fn decide<R: Role>(
    me: &Actor<R>,
    desk: Desk,
    document: Uuid,
    form: Posted<Form>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let seen = paper(me, &mut tx, &desk, document).await?;
    let (form, decision) = match form.judge(|f| f.read(&seen).map(|decision| (f.clone(), decision))) {
        Ok(judged) => judged,
        Err(form) => return show(me, desk, seen, form),
    };
    cases::hold_placement(&mut tx, seen.placement).await?;
    let paper = paper(me, &mut tx, &desk, document).await?;
    if paper.state == decision.state && paper.reason == decision.reason {
        return see_other(&desk.back);
    }
    if paper.state.code() != form.seen || !paper.is_open {
        let again = Form { seen: paper.state.code().to_owned(), ..form };
        let form = match paper.is_open {
            true => Filled::overtaken(again, |l| Text(l).overtaken()),
            false => Filled::overtaken(again, |l| Text(l).closed()),
        };
        return show(me, desk, paper, form);
    }
    let (by, now) = (tx.actor(), tx.now());
    let file = me.files().sealed(&mut tx, document).await?;
    let shut = decision.reason.as_deref().and_then(|reason| file.shut(reason.as_bytes()));
    sqlx::query!(
        "update onboarding_document set state = $2, valid_until = coalesce($3, valid_until), shut_reason = $4,
             reason = $5, decided_by = $6, decided_at = $7
         where id = $1",
        document,
        decision.state.code(),
        decision.until,
        shut,
        decision.reason.filter(|_| shut.is_none()),
        by.0,
        now
    )
    .execute(&mut *tx)
    .await?;
    let what = match decision.state {
        State::Verified | State::Submitted => OnDocument::Verify,
        // somebody who is not fit has to be told, and may bring another certificate
        State::Returned | State::Unfit => OnDocument::Return,
    };
    let done = happened(&mut tx, paper.placement, what, paper.kind).await?;
    tx.commit(done).await?;
    see_other(&desk.back)
}

impl Form {
    fn read(&self, paper: &Paper) -> Result<Decision, Vec<Problem>> {
        let Some(state) =
            State::from_code(&self.decision).filter(|state| decisions(paper.kind).contains(state))
        else {
            return Err(vec![Problem::missing("decision", |l| Text(l).choose())]);
        };
        let plain = Decision { state, until: None, reason: None };
        match state {
            State::Returned if self.reason.is_empty() => {
                Err(vec![Problem::missing("reason", |l| Text(l).say_why())])
            }
            State::Returned => Ok(Decision { reason: Some(self.reason.clone()), ..plain }),
            State::Verified if paper.kind == Kind::MedicalCertificate => {
                let typed =
                    TypedDate { day: &self.until_day, month: &self.until_month, year: &self.until_year };
                let mut problems = Vec::new();
                match typed.wanted("until", |l| Text(l).until(), |l| Text(l).enter_until(), &mut problems) {
                    Some(day) => Ok(Decision { until: Some(day), ..plain }),
                    None => Err(problems),
                }
            }
            _ => Ok(plain),
        }
    }
}

/// What there is to decide about a kind of document.
fn decisions(kind: Kind) -> &'static [State] {
    match kind {
        Kind::MedicalCertificate => &[State::Verified, State::Unfit, State::Returned],
        _ => &[State::Verified, State::Returned],
    }
}

fn show<R: Role>(me: &Actor<R>, desk: Desk, paper: Paper, form: Filled<Form>) -> Result<Response> {
    let (lang, t) = (me.lang, Text(me.lang));
    let choice = |state: State| {
        let (label, hint) = match (state, paper.kind) {
            (State::Verified, Kind::MedicalCertificate) => (t.fit(), t.fit_hint()),
            (State::Unfit, _) => (t.unfit(), t.unfit_hint()),
            (State::Returned, _) => (t.send_back(), t.send_back_hint()),
            _ => (t.accept(), t.accept_hint()),
        };
        Choice::new(state.code(), label, form.values.decision == state.code()).hint(hint)
    };
    let may_become = |state: &State| paper.is_open && *state != paper.state;
    let open = decisions(paper.kind).iter().copied().filter(may_become);
    let view = View {
        page: me.page(Text),
        title: words::kind(paper.kind, lang),
        facts: facts(&paper, lang),
        look: words::look_to_staff(Some(paper.state), lang),
        size: lang.file_size(paper.bytes),
        choices: open.map(choice).collect(),
        paper,
        desk,
        form,
    };
    html(view.form.status(), &view)
}

fn facts(paper: &Paper, lang: Lang) -> Vec<(String, String)> {
    let t = Text(lang);
    let days = |from, to| t.from_to(lang.date(from), lang.date(to));
    let mut facts =
        vec![(t.intern(), paper.name.clone()), (t.stay(), days(paper.stay.start, paper.stay.end))];
    match paper.valid {
        (Some(from), Some(until)) => facts.push((t.valid(), days(from, until))),
        (None, Some(until)) => facts.push((t.until(), lang.date(until))),
        _ => {}
    }
    let covers = paper.covers.iter().filter_map(|code| crate::domain::terms::Cover::from_code(code));
    let covers: Vec<String> = covers.map(|cover| explain::cover(cover, lang)).collect();
    facts.extend((!covers.is_empty()).then(|| (t.covers(), lang.list(&covers))));
    facts.extend(paper.reason.clone().map(|reason| (t.why(), reason)));
    facts
}

/// A document that lies on this desk.
///
/// # Errors
/// [`Error::NotFound`] if there is none, or it is the reader's own.
async fn paper<R: Role>(me: &Actor<R>, tx: &mut Tx<Actor<R>>, desk: &Desk, id: Uuid) -> Result<Paper> {
    let row = sqlx::query!(
        r#"select d.placement_id, d.kind, d.state, d.file_name, d.media_type, d.bytes, d.submitted_at, d.valid_from,
             d.valid_until, d.covers, d.scan, d.removed_at is not null as "is_past!", p.starts_on, p.ends_on, a.name,
             p.state in ('accepted', 'ready') or p.state = 'started' and d.kind = 'insurance'
                 and exists (select from extension x where x.placement_id = p.id and x.is_open) as "is_open!"
         from onboarding_document d join placement p on p.id = d.placement_id
         join application a on a.id = p.application_id
         where d.id = $1 and d.medical = $2 and d.state <> 'replaced' and a.candidate_id <> $3
             and ($4::uuid is null or d.placement_id = $4)"#,
        id,
        desk.medical,
        me.id.0,
        desk.placement
    )
    .fetch_one(&mut **tx)
    .await?;
    let access = Access::of_paper(Scan::from_code(&row.scan), row.is_past, me.scanner());
    let reason = papers::reasons(tx, me.files(), row.placement_id).await?.remove(&id);
    Ok(Paper {
        id,
        access,
        scan: access.words(me.lang),
        placement: row.placement_id,
        // what is gone cannot be accepted any more
        is_open: row.is_open && !matches!(access, Access::Gone | Access::Past),
        kind: Kind::from_code(&row.kind).ok_or(Error::Missing("a known kind"))?,
        state: State::from_code(&row.state).ok_or(Error::Missing("a known state"))?,
        name: row.name,
        stay: Stay { start: row.starts_on, end: row.ends_on },
        file_name: row.file_name,
        media_type: row.media_type,
        bytes: row.bytes,
        submitted_at: row.submitted_at,
        valid: (row.valid_from, row.valid_until),
        covers: row.covers,
        reason,
    })
}

texts!(Text {
    back: "Back to the list", "Retour à la liste", "Volver a la lista";
    intern: "Intern", "Stagiaire", "Persona en pasantía";
    stay: "Internship", "Stage", "Pasantía";
    valid: "Valid", "Validité", "Validez";
    covers: "Covers", "Couvre", "Cubre";
    why: "Sent back because", "Motif du renvoi", "Motivo de la devolución";
    from_to(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    sent(size, at): "{size}, sent on {at}", "{size}, envoyé le {at}", "{size}, enviado el {at}";
    medical_note: "Opening the file is recorded. Human Resources only sees your decision, and until when it holds.",
        "L’ouverture du fichier est enregistrée. Les Ressources humaines ne voient que votre décision et sa durée.",
        "La apertura del archivo queda registrada. Recursos Humanos solo ve su decisión y hasta cuándo vale.";
    decision: "Your decision", "Votre décision", "Su decisión";
    accept: "Accept", "Accepter", "Aceptar";
    accept_hint: "It can be read, is genuine and says what is stated here.", "Il est lisible, authentique et dit ce qui est indiqué ici.",
        "Es legible, auténtico y dice lo que aquí se indica.";
    fit: "Fit", "Apte", "Apto";
    fit_hint: "Human Resources sees: fit, and until when.", "Les Ressources humaines voient : apte, et jusqu’à quand.", "Recursos Humanos ve: apto, y hasta cuándo.";
    unfit: "Not fit", "Inapte", "No apto";
    unfit_hint: "The intern is told and may bring another certificate. Human Resources sees: not fit.",
        "La personne en est avertie et peut fournir un autre certificat. Les Ressources humaines voient : inapte.",
        "Se avisa a la persona, que puede traer otro certificado. Recursos Humanos ve: no apto.";
    send_back: "Send back", "Renvoyer", "Devolver";
    send_back_hint: "The intern reads the reason and sends another.", "La personne lit le motif et en envoie un autre.", "La persona lee el motivo y envía otro.";
    until: "Fit until", "Aptitude jusqu’au", "Apto hasta";
    until_hint: "Only where you choose “Fit”. The last day on which the certificate holds.", "Seulement si vous choisissez « Apte ». Le dernier jour de validité du certificat.",
        "Solo si elige «Apto». El último día en que vale el certificado.";
    enter_until: "Enter the last day on which the certificate holds", "Indiquez le dernier jour de validité du certificat", "Indique el último día en que vale el certificado";
    reason: "What is missing? (to send back)", "Que manque-t-il ? (pour renvoyer)", "¿Qué falta? (para devolver)";
    reason_hint: "The intern reads this, and nobody else but whoever checks.", "La personne en stage lira ce texte, ainsi que celles qui vérifient, et personne d’autre.",
        "Lo lee la persona en pasantía, y nadie más que quien verifica.";
    say_why: "Say what is missing", "Indiquez ce qui manque", "Indique qué falta";
    choose: "Choose a decision", "Choisissez une décision", "Elija una decisión";
    overtaken: "This document has changed meanwhile. Look at it again, then decide. What you typed is still here.",
        "Ce document a changé entre-temps. Regardez-le à nouveau, puis décidez. Ce que vous avez saisi est toujours là.",
        "Este documento ha cambiado entretanto. Mírelo de nuevo y decida. Lo que escribió sigue aquí.";
    closed: "There is nothing to decide here any more: the internship has begun, or was called off. What you typed is still here.",
        "Il n’y a plus rien à décider ici : le stage a commencé, ou a été annulé. Ce que vous avez saisi est toujours là.",
        "Aquí ya no hay nada que decidir: la pasantía ha empezado o se ha anulado. Lo que escribió sigue aquí.";
    typed: "What you had written", "Ce que vous aviez écrit", "Lo que había escrito";
    confirm: "Confirm", "Confirmer", "Confirmar";
});
