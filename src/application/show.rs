//! Where my application stands, since when, what comes next, by when and by whom; and everything that happened.

use super::{Mine, mine, offered};
use crate::db::Tx;
use crate::domain::application::{DeclineReason, State};
use crate::domain::placement;
use crate::domain::profile::Section;
use crate::explain;
use crate::offices;
use crate::text::{Lang, texts};
use crate::web::{App, Candidate, Page, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/application", get(show))
}

#[derive(askama::Template)]
#[template(path = "application/show.html")]
struct View {
    page: Page<Text>,
    /// `None`: nothing was ever released.
    standing: Option<Standing>,
}

/// The answer to "where do I stand".
struct Standing {
    reference: String,
    released: NaiveDate,
    latest: i32,
    tag: Tag,
    title: String,
    lead: String,
    /// What Human Resources wrote, where it did.
    message: Option<Message>,
    timeline: Vec<Stop>,
    /// The offer to answer, or what is to be done for the first day: address and words.
    next: Option<(String, String)>,
    can_release_again: bool,
    can_withdraw: bool,
    /// The internship it led to.
    internship: Option<Uuid>,
}

struct Tag {
    tone: &'static str,
    icon: &'static str,
    word: String,
}

struct Message {
    from: String,
    at: DateTime<Utc>,
    text: String,
    /// Sections to change, with their addresses.
    sections: Vec<(String, String)>,
}

struct Stop {
    tone: &'static str,
    icon: &'static str,
    title: String,
    at: Option<DateTime<Utc>>,
    detail: String,
    is_done: bool,
    is_here: bool,
}

async fn show(me: Candidate) -> Result<Response> {
    let mut tx = me.begin().await?;
    let standing = match mine(&mut tx).await? {
        Some(mine) => {
            let events = events(&mut tx, &mine, me.lang).await?;
            let usual_days = usual_days(&mut tx).await?;
            let mut standing = standing(&mine, &events, usual_days, me.lang, tx.today());
            standing.internship = internship(&mut tx, &mine).await?;
            Some(standing)
        }
        None => None,
    };
    html(StatusCode::OK, &View { page: me.page(Text), standing })
}

/// One line of the record, as far as the candidate is concerned.
pub(super) struct Event {
    at: DateTime<Utc>,
    pub of_placement: bool,
    pub action: String,
    actor: String,
    reason: Option<String>,
    pub facts: serde_json::Value,
    /// Id and present state of the placement.
    pub placement: Option<(Uuid, placement::State)>,
    pub office: String,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
}

fn standing(mine: &Mine, events: &[Event], usual_days: i64, lang: Lang, today: NaiveDate) -> Standing {
    let t = Text(lang);
    let state = mine.state();
    let (tone, icon, word) = match state {
        State::Released => ("them", "send", t.released()),
        State::InReview => ("them", "eye", t.in_review()),
        State::ChangesRequested => ("you", "chat", t.question()),
        State::Pooled => ("them", "star", t.pooled()),
        State::NotSelected => ("off", "dash", t.not_selected()),
        State::Withdrawn => ("off", "back", t.withdrawn()),
        State::Expired => ("off", "clock", t.expired()),
        State::Placed => ("ok", "ok", t.placed()),
    };
    let until = mine.pooled_until.map(|day| lang.date(day)).unwrap_or_default();
    let turn = offered::turn(events, lang, today);
    let approved = events.iter().rev().find(|e| e.of_placement);
    let (title, lead) = match (state, approved) {
        (State::Released, _) => {
            let due = mine.waiting_since.date_naive() + Days::new(usual_days.unsigned_abs());
            let lead = if due > today {
                t.released_lead(usual_days, lang.date(due))
            } else {
                t.released_late_lead()
            };
            (t.released_title(), lead)
        }
        (State::InReview, _) => (t.in_review_title(), t.in_review_lead()),
        (State::ChangesRequested, _) => (t.question_title(), t.question_lead()),
        (State::Pooled, Some(e)) if e.action == "approve" => (t.agreed_title(&e.office), t.agreed_lead()),
        (State::Pooled, Some(e)) if e.action == "propose" => (t.proposed_title(&e.office), t.proposed_lead()),
        (State::Pooled, _) => (t.pooled_title(), t.pooled_lead(until)),
        (State::NotSelected, _) => (t.not_selected_title(), t.not_selected_lead()),
        (State::Withdrawn, _) => (t.withdrawn_title(), t.withdrawn_lead()),
        (State::Expired, _) => (t.expired_title(), t.expired_lead()),
        (State::Placed, _) => (t.placed_title(), t.placed_lead()),
    };
    let tag = Tag { tone, icon, word };
    let (tag, title, lead) = match turn.as_ref().and_then(|turn| turn.to_answer.clone()) {
        Some((word, title, lead)) => (Tag { tone: "you", icon: "half", word }, title, lead),
        None => (tag, title, lead),
    };
    Standing {
        reference: mine.reference.clone(),
        released: mine.waiting_since.date_naive(),
        latest: mine.latest,
        tag,
        title,
        lead,
        message: message(state, events, lang),
        timeline: timeline(state, events, lang),
        next: turn.map(|turn| turn.next),
        can_release_again: matches!(
            state,
            State::Released | State::InReview | State::ChangesRequested | State::Pooled
        ),
        can_withdraw: mine.case.withdraw(None).is_ok(),
        internship: None,
    }
}

/// What Human Resources wrote with its last decision, if the state is still the one it led to.
fn message(state: State, events: &[Event], lang: Lang) -> Option<Message> {
    let action = match state {
        State::ChangesRequested => "request_changes",
        State::NotSelected => "decline",
        _ => return None,
    };
    let event = events.iter().rev().find(|e| e.action == action && !e.of_placement)?;
    let reason = event.facts["reason"].as_str().and_then(DeclineReason::from_code);
    let sections = event.facts["sections"].as_array().into_iter().flatten();
    let sections = sections.filter_map(|code| Section::from_code(code.as_str()?)).map(|section| {
        (format!("/profile/{}", section.code()), explain::profile::section_name(section, lang))
    });
    let written = event.reason.clone().unwrap_or_default();
    Some(Message {
        from: event.actor.clone(),
        at: event.at,
        text: match reason {
            Some(reason) => format!("{}\n{written}", explain::application::decline_reason(reason, lang)),
            None => written,
        },
        sections: sections.collect(),
    })
}

fn timeline(state: State, events: &[Event], lang: Lang) -> Vec<Stop> {
    let t = Text(lang);
    let done = |title: String, at, detail: String| Stop {
        tone: "ok",
        icon: "ok",
        title,
        at: Some(at),
        detail,
        is_done: true,
        is_here: false,
    };
    let mut stops: Vec<Stop> = events
        .iter()
        .filter_map(|e| {
            let number = e.facts["number"].as_i64().unwrap_or(1);
            let dates = match (e.starts_on, e.ends_on) {
                (Some(from), Some(to)) => t.from_to(lang.date(from), lang.date(to)),
                _ => String::new(),
            };
            let (title, detail) = match (e.of_placement, e.action.as_str()) {
                (false, "release") => (t.step_released(), String::new()),
                (false, "re_release") => (t.step_re_released(number), String::new()),
                (false, "claim") => (t.step_claimed(), t.with_person(&e.actor)),
                (false, "unclaim") => (t.step_unclaimed(), String::new()),
                (false, "request_changes") => (t.step_asked(), t.with_person(&e.actor)),
                (false, "pool" | "return_to_pool") => (t.step_pooled(), String::new()),
                (false, "decline") => (t.step_declined(), String::new()),
                (false, "reopen") => (t.step_reopened(), t.with_person(&e.actor)),
                (false, "renew") => (t.step_renewed(), String::new()),
                (false, "expire") => (t.step_expired(), String::new()),
                (false, "withdraw") => (t.step_withdrawn(), String::new()),
                (false, "place") => (t.step_placed(), String::new()),
                (true, "propose") => (t.step_proposed(&e.office), dates),
                (true, "approve") => (t.step_approved(&e.office), dates),
                (true, "decline") => (t.step_place_declined(&e.office), String::new()),
                (true, "cancel") => (t.step_place_cancelled(&e.office), String::new()),
                (true, action) => (offered::step(action, &e.office, lang)?, dates),
                _ => return None,
            };
            Some(done(title, e.at, detail))
        })
        .collect();
    let next: &[fn(&Text) -> String] = match state {
        State::Released => &[Text::next_review, Text::next_matching, Text::next_offer],
        State::InReview => &[Text::next_decision, Text::next_matching, Text::next_offer],
        State::ChangesRequested => &[Text::next_answer, Text::next_matching, Text::next_offer],
        State::Pooled => &[Text::next_matching, Text::next_offer],
        State::NotSelected | State::Withdrawn | State::Expired | State::Placed => &[],
    };
    for (i, words) in next.iter().enumerate() {
        let (tone, icon) = match (i, state) {
            (0, State::ChangesRequested) => ("you", "here"),
            (0, _) => ("them", "here"),
            _ => ("off", "todo"),
        };
        let is_here = i == 0;
        stops.push(Stop {
            tone,
            icon,
            title: words(&t),
            at: None,
            detail: String::new(),
            is_done: false,
            is_here,
        });
    }
    stops
}

/// Everything recorded about my application and its placements, oldest first.
async fn events(tx: &mut Tx<Candidate>, mine: &Mine, lang: Lang) -> Result<Vec<Event>> {
    let rows = sqlx::query!(
        r#"select e.at, e.subject, e.action, e.reason, e.facts,
                  coalesce(trim(p.given_names || ' ' || p.family_names), '') as "actor!",
                  pl.id as "placement_id?", pl.state as "placement_state?", pl.office_id as "office_id?", pl.starts_on as "starts_on?", pl.ends_on as "ends_on?"
           from audit_event e
           left join person p on p.id = e.actor_id
           left join placement pl on e.subject = 'placement' and pl.id = e.subject_id
           where (e.subject = 'application' and e.subject_id = $1)
              or (e.subject = 'placement' and e.subject_id in (select id from placement where application_id = $1))
           order by e.id"#,
        mine.id()
    )
    .fetch_all(&mut **tx)
    .await?;
    let names = offices::names(tx, lang).await?;
    Ok(rows
        .into_iter()
        .map(|row| Event {
            at: row.at,
            of_placement: row.subject == "placement",
            action: row.action,
            actor: row.actor,
            reason: row.reason,
            facts: row.facts,
            placement: row
                .placement_id
                .zip(row.placement_state.as_deref().and_then(placement::State::from_code)),
            office: row.office_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
        })
        .collect())
}

/// The newest placement that was agreed.
async fn internship(tx: &mut Tx<Candidate>, mine: &Mine) -> Result<Option<Uuid>> {
    let id = sqlx::query_scalar!(
        "select id from placement where application_id = $1
             and state in ('accepted', 'ready', 'started', 'completed', 'ended_early') order by id desc limit 1",
        mine.id()
    );
    Ok(id.fetch_optional(&mut **tx).await?)
}

/// The median of days between release and claim over the last 90 days, of the newest 1,000 claims; a week until
/// there is one.
async fn usual_days(tx: &mut Tx<Candidate>) -> Result<i64> {
    let now = tx.now();
    let days = sqlx::query_scalar!(
        "select percentile_cont(0.5) within group (order by extract(epoch from e.at - a.waiting_since) / 86400)
         from (select at, subject_id from audit_event
               where action = 'claim' and at > $1::timestamptz - interval '90 days'
               order by at desc limit 1000) e
         join application a on a.id = e.subject_id",
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    #[expect(clippy::cast_possible_truncation, reason = "a number of days")]
    Ok(days.map_or(7, |days| days.ceil().clamp(1.0, 365.0) as i64))
}

texts!(Text {
    title: "Your application", "Votre candidature", "Su candidatura";
    profile_released(reference, day): "Profile {reference}, released on {day}", "Dossier {reference}, transmis le {day}",
        "Perfil {reference}, enviado el {day}";
    where_it_is: "Where your profile is", "Où en est votre dossier", "Dónde está su perfil";
    open_internship: "Open your internship", "Ouvrir votre stage", "Abrir su pasantía";
    your_profile: "Your profile", "Votre dossier", "Su perfil";
    read_released(n): "Read or print what you released (version {n})", "Lire ou imprimer ce que vous avez transmis (version {n})",
        "Leer o imprimir lo que envió (versión {n})";
    change_and_release: "Change it and release a new version", "Le modifier et transmettre une nouvelle version",
        "Cambiarlo y enviar una nueva versión";
    take_back: "Take my profile back", "Reprendre mon dossier", "Retirar mi perfil";
    sections_to_change: "Change these sections, then release your profile again:",
        "Modifiez ces sections, puis transmettez à nouveau votre dossier :",
        "Cambie estas secciones y envíe de nuevo su perfil:";
    release_again: "Check and release again", "Vérifier et transmettre à nouveau", "Revisar y enviar de nuevo";
    message: "Message from Human Resources", "Message des Ressources humaines", "Mensaje de Recursos Humanos";
    nothing_title: "Nobody can see your profile yet", "Personne ne voit encore votre dossier", "Nadie puede ver aún su perfil";
    nothing_lead: "It is yours alone until you release it. Releasing is not final: you can change it or take it back.",
        "Il n’appartient qu’à vous tant que vous ne l’avez pas transmis. Rien n’est définitif : vous pourrez le modifier ou le reprendre.",
        "Es solo suyo hasta que lo envíe. Enviar no es definitivo: podrá cambiarlo o retirarlo.";
    go_on: "Go on with my profile", "Continuer mon dossier", "Continuar mi perfil";

    released: "Released", "Transmis", "Enviado";
    in_review: "In review", "En cours d’examen", "En revisión";
    question: "Question for you", "Question pour vous", "Pregunta para usted";
    pooled: "In the pool", "Dans le vivier", "En la bolsa";
    not_selected: "Not selected", "Non retenu", "No seleccionado";
    withdrawn: "Taken back", "Repris", "Retirado";
    expired: "Expired", "Expiré", "Caducado";
    placed: "Placed", "Affectation obtenue", "Con plaza";

    released_title: "Your profile is waiting for a reviewer", "Votre dossier attend d’être examiné", "Su perfil espera a que lo revisen";
    released_lead(days, due): "Human Resources usually opens profiles within {days} days, so by {due}. You do not need to do anything until we write to you.",
        "Les Ressources humaines ouvrent d’habitude les dossiers dans les {days} jours, donc d’ici au {due}. Vous n’avez rien à faire avant notre message.",
        "Recursos Humanos suele abrir los perfiles en {days} días, es decir, a más tardar el {due}. No tiene que hacer nada hasta que le escribamos.";
    released_late_lead: "This is taking longer than usual. Your profile keeps its place in the list. You do not need to do anything until we write to you.",
        "C’est plus long que d’habitude. Votre dossier garde sa place dans la liste. Vous n’avez rien à faire avant notre message.",
        "Tarda más de lo habitual. Su perfil conserva su lugar en la lista. No tiene que hacer nada hasta que le escribamos.";
    in_review_title: "A reviewer is reading your profile", "Une personne lit votre dossier", "Una persona está leyendo su perfil";
    in_review_lead: "Human Resources decides next, and will write to you then. You can still change your profile and release a new version: the reviewer will be told.",
        "Les Ressources humaines décident ensuite et vous écriront. Vous pouvez encore modifier votre dossier et transmettre une nouvelle version : la personne qui l’examine en est avertie.",
        "Recursos Humanos decide a continuación y le escribirá. Aún puede cambiar su perfil y enviar una nueva versión: se avisa a quien lo revisa.";
    question_title: "Human Resources needs something from you", "Les Ressources humaines attendent quelque chose de vous",
        "Recursos Humanos necesita algo de usted";
    question_lead: "Your profile keeps its place in the list while we wait. Change what is asked, then release it again.",
        "Votre dossier garde sa place dans la liste pendant ce temps. Modifiez ce qui est demandé, puis transmettez-le à nouveau.",
        "Su perfil conserva su lugar en la lista mientras esperamos. Cambie lo que se pide y envíelo de nuevo.";
    pooled_title: "You are in the pool", "Vous êtes dans le vivier", "Está en la bolsa";
    pooled_lead(until): "Human Resources is now looking for an office that needs you, until {until}. We will write to you as soon as there is one, and before that day in any case.",
        "Les Ressources humaines cherchent maintenant un bureau qui a besoin de vous, jusqu’au {until}. Nous vous écrivons dès qu’il y en a un, et dans tous les cas avant cette date.",
        "Recursos Humanos busca ahora una oficina que le necesite, hasta el {until}. Le escribiremos en cuanto haya una y, en todo caso, antes de ese día.";
    proposed_title(office): "You have been proposed to {office}", "Votre dossier est proposé au bureau : {office}", "Su perfil se ha propuesto a la oficina: {office}";
    proposed_lead: "A supervisor there reads your profile and decides next. You stay in the pool meanwhile.",
        "Une personne responsable y lit votre dossier, puis décide. Vous restez dans le vivier entre-temps.",
        "Allí, una persona supervisora lee su perfil y decide. Mientras tanto, usted sigue en la bolsa.";
    agreed_title(office): "{office} would like to have you", "Le bureau souhaite vous accueillir : {office}", "La oficina desea recibirle: {office}";
    agreed_lead: "The supervisor has approved the placement. Human Resources is now preparing the offer: you will see the dates, the monthly allowance and the insurance you need before you decide.",
        "La personne responsable a approuvé l’affectation. Les Ressources humaines préparent l’offre : vous verrez les dates, l’allocation mensuelle et l’assurance nécessaire avant de décider.",
        "La persona supervisora ha aprobado la plaza. Recursos Humanos prepara la oferta: verá las fechas, la asignación mensual y el seguro necesario antes de decidir.";
    not_selected_title: "Your profile was not selected", "Votre dossier n’a pas été retenu", "Su perfil no ha sido seleccionado";
    not_selected_lead: "A person read it and decided. The reason is below. You may release a profile again when something has changed.",
        "Une personne l’a lu et a décidé. Le motif figure ci-dessous. Vous pourrez transmettre à nouveau un dossier lorsque votre situation aura changé.",
        "Una persona lo leyó y decidió. El motivo figura más abajo. Podrá enviar de nuevo un perfil cuando algo haya cambiado.";
    withdrawn_title: "You have taken your profile back", "Vous avez repris votre dossier", "Ha retirado su perfil";
    withdrawn_lead: "Nobody can see it any more. Your answers and documents are still here, and you can release them again.",
        "Plus personne ne le voit. Vos réponses et documents sont toujours là, et vous pouvez les transmettre à nouveau.",
        "Ya nadie puede verlo. Sus respuestas y documentos siguen aquí y puede enviarlos de nuevo.";
    expired_title: "Your time in the pool has ended", "Votre temps dans le vivier est écoulé", "Su tiempo en la bolsa ha terminado";
    expired_lead: "No office had a place for you in this time. You can release your profile again.",
        "Aucun bureau n’a eu de place pour vous pendant cette période. Vous pouvez transmettre à nouveau votre dossier.",
        "Ninguna oficina ha tenido plaza para usted en este tiempo. Puede enviar de nuevo su perfil.";
    placed_title: "You have a placement", "Vous avez une affectation", "Tiene una plaza";
    placed_lead: "Human Resources will write to you about the next steps.", "Les Ressources humaines vous écriront pour la suite.",
        "Recursos Humanos le escribirá sobre los próximos pasos.";

    from_to(from, to): "{from} to {to}", "du {from} au {to}", "del {from} al {to}";
    with_person(name): "by {name}", "par {name}", "por {name}";
    step_released: "Released for review", "Transmis pour examen", "Enviado para revisión";
    step_re_released(n): "Version {n} released", "Version {n} transmise", "Versión {n} enviada";
    step_claimed: "Review started", "Examen commencé", "Revisión iniciada";
    step_unclaimed: "Back in the list, at its old place", "De retour dans la liste, à la même place", "De vuelta en la lista, en el mismo lugar";
    step_asked: "Changes requested", "Modifications demandées", "Cambios pedidos";
    step_pooled: "Added to the pool", "Ajouté au vivier", "Añadido a la bolsa";
    step_declined: "Not selected", "Non retenu", "No seleccionado";
    step_reopened: "Review taken up again", "Examen repris", "Revisión retomada";
    step_renewed: "Six more months in the pool", "Six mois de plus dans le vivier", "Seis meses más en la bolsa";
    step_expired: "Time in the pool ended", "Fin du temps dans le vivier", "Fin del tiempo en la bolsa";
    step_withdrawn: "Taken back by you", "Repris par vous", "Retirado por usted";
    step_placed: "Placed", "Affectation obtenue", "Con plaza";
    step_proposed(office): "Proposed to {office}", "Proposé au bureau : {office}", "Propuesto a la oficina: {office}";
    step_approved(office): "Approved by {office}", "Approuvé par le bureau : {office}", "Aprobado por la oficina: {office}";
    step_place_declined(office): "{office} could not take you. You stay in the pool", "Le bureau n’a pas pu vous accueillir : {office}. Vous restez dans le vivier",
        "La oficina no pudo recibirle: {office}. Sigue en la bolsa";
    step_place_cancelled(office): "Placement called off: {office}", "Affectation annulée : {office}", "Plaza cancelada: {office}";
    next_review: "Review by Human Resources", "Examen par les Ressources humaines", "Revisión de Recursos Humanos";
    next_decision: "Decision by Human Resources", "Décision des Ressources humaines", "Decisión de Recursos Humanos";
    next_answer: "Your changes", "Vos modifications", "Sus cambios";
    next_matching: "Matching with an office", "Recherche d’un bureau", "Búsqueda de una oficina";
    next_offer: "Placement offer", "Offre d’affectation", "Oferta de plaza";
});
