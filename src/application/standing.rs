//! Where my application stands, since when, what comes next, by when and by whom, and what I can do now.

use super::placed::{Placed, Told, told};
use super::timeline::Event;
use super::{Mine, offered};
use crate::domain::application::{RENEWABLE_DAYS, State};
use crate::domain::eligibility::Verdict;
use crate::domain::placement;
use crate::text::{Lang, texts};
use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

/// The answer to "where do I stand".
pub struct Standing {
    pub tag: Tag,
    pub title: String,
    pub lead: String,
    /// Since when, what is next, by when, by whom.
    pub facts: Vec<(String, String)>,
    /// Where an offer or a placement waits, the main thing first: address and words.
    pub turn: Vec<(String, String)>,
    /// What can be done now, each with its reason.
    pub doors: Vec<Door>,
    /// What else can be done: address and words.
    pub links: Vec<(&'static str, String)>,
}

pub struct Tag {
    pub tone: &'static str,
    pub icon: &'static str,
    pub word: String,
}

/// Something that the candidate can do here and now.
pub struct Door {
    pub id: &'static str,
    pub title: String,
    pub lead: String,
    pub address: &'static str,
    pub label: String,
    /// A button that does it at once to this version of the case, else a link to a page that explains it.
    pub seen: Option<i32>,
}

/// Who looks, and when.
pub struct Viewed {
    pub lang: Lang,
    pub now: DateTime<Utc>,
    pub today: NaiveDate,
    pub zone: Tz,
    pub usual: Usual,
}

/// How many days what others do next usually takes; `None`: nobody did it lately.
#[derive(Clone, Copy)]
pub struct Usual {
    /// Until somebody opens a released profile.
    pub claim: Option<u64>,
    /// From then to the decision.
    pub decide: Option<u64>,
    /// The supervisor's decision on a placement.
    pub approve: Option<u64>,
    /// The offer that follows it.
    pub offer: Option<u64>,
}

/// What comes next.
pub struct Next {
    pub what: String,
    pub by: String,
    pub who: String,
}

/// `placed`: what became of an accepted offer.
pub fn standing(mine: &Mine, placed: Option<&Placed>, events: &[Event], at: &Viewed) -> Standing {
    let (t, state) = (Text(at.lang), mine.state());
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
    let mut since = mine.since;
    let told = match (offered::to_answer(events, at.lang, at.today), placed) {
        (Some(offer), _) => Told {
            tag: Tag { tone: "you", icon: "half", word: offer.word },
            title: offer.title,
            lead: offer.lead,
            next: Some(Next { what: offer.what, by: offer.by, who: t.you() }),
            doors: vec![offer.door],
        },
        (None, Some(placed)) => {
            since = placed.since;
            told(placed, at)
        }
        (None, None) => {
            let (title, lead, next) = situation(mine, events, at);
            let off = called_off(mine, events).map(|(id, _)| (format!("/offer/{id}"), t.read_why()));
            Told { tag: Tag { tone, icon, word }, title, lead, next, doors: off.into_iter().collect() }
        }
    };
    let mut facts = vec![(t.since(), at.lang.date(at.day_of(since)))];
    let Told { tag, title, lead, next, doors: turn } = told;
    if let Some(next) = next {
        facts.extend([(t.next(), next.what), (t.by_when(), next.by), (t.who_acts(), next.who)]);
    }
    let is_active = state.is_open() && state != State::Placed;
    let links = [
        is_active.then(|| ("/profile", t.change_and_release())),
        mine.case.withdraw(None).is_ok().then(|| ("/application/withdraw", t.take_back())),
    ];
    Standing {
        tag,
        title,
        lead,
        facts,
        turn,
        doors: [undo(mine, at), renew(mine, at)].into_iter().flatten().collect(),
        links: links.into_iter().flatten().collect(),
    }
}

impl Viewed {
    fn day_of(&self, moment: DateTime<Utc>) -> NaiveDate {
        moment.with_timezone(&self.zone).date_naive()
    }
}

/// Title, sentence, and what comes next unless it is over.
fn situation(mine: &Mine, events: &[Event], at: &Viewed) -> (String, String, Option<Next>) {
    let (t, lang) = (Text(at.lang), at.lang);
    let until = mine.case.last_day().map(|day| lang.date(day)).unwrap_or_default();
    let next = |what: String, by: String, who: String| Some(Next { what, by, who });
    let placement = under_decision(events);
    match (mine.state(), placement) {
        (State::Released, _) => {
            let due = |days| (days, at.day_of(came(mine, events)) + Days::new(days));
            let (lead, by) = match at.usual.claim.map(due) {
                Some((days, due)) if due > at.today => {
                    (released_lead(days, lang.date(due), lang), t.usually_by(lang.date(due)))
                }
                Some(_) => (t.released_late_lead(), t.later_than_usual()),
                None => (t.released_unmeasured_lead(), t.no_day_to_open()),
            };
            (t.released_title(), lead, next(t.review(), by, t.human_resources()))
        }
        (State::InReview, _) => {
            let by = usually(mine.since, at.usual.decide, at);
            let next = next(t.decision(), by, t.human_resources());
            (t.in_review_title(), t.in_review_lead(), next)
        }
        (State::ChangesRequested, _) => {
            (t.question_title(), t.question_lead(&until), next(t.your_changes(), until, t.you()))
        }
        (State::Pooled, Some((placement::State::Approved, e))) => {
            let next = next(t.offer(), usually(e.at, at.usual.offer, at), t.human_resources());
            (t.agreed_title(&e.office), t.agreed_lead(), next)
        }
        (State::Pooled, Some((_, e))) => {
            let by = usually(e.at, at.usual.approve, at);
            let next = next(t.supervisor_decides(), by, t.supervisor(&e.office));
            (t.proposed_title(&e.office), t.proposed_lead(), next)
        }
        (State::Pooled, None) => {
            let (title, lead) = match called_off(mine, events) {
                Some((_, office)) => (t.called_off_title(office), t.called_off_lead(&until)),
                None => (t.pooled_title(), t.pooled_lead(&until)),
            };
            (title, lead, next(t.matching(), until, t.human_resources()))
        }
        (State::NotSelected, _) => (t.not_selected_title(), t.not_selected_lead(), None),
        (State::Withdrawn, _) => (t.withdrawn_title(), t.withdrawn_lead(), None),
        (State::Expired, _) if mine.pooled_until.is_some() => (t.expired_title(), t.expired_lead(), None),
        (State::Expired, _) => (t.unanswered_title(), t.unanswered_lead(), None),
        (State::Placed, _) => (t.placed_title(), t.placed_lead(), None),
    }
}

/// The placement that a supervisor or Human Resources decides on next, and the step that led there: the newest that is
/// open, whatever else is on record since, such as a reminder or an interview.
fn under_decision(events: &[Event]) -> Option<(placement::State, &Event)> {
    events.iter().rev().find_map(|event| {
        let (_, state) = event.placement?;
        match (state, event.action.as_str()) {
            (placement::State::Proposed, "propose") | (placement::State::Approved, "approve") => {
                Some((state, event))
            }
            _ => None,
        }
    })
}

/// The placement that was accepted and called off last, with its office, if nothing has come of another one since.
fn called_off<'a>(mine: &Mine, events: &'a [Event]) -> Option<(Uuid, &'a str)> {
    let last = events.iter().rev().find(|e| e.of_placement && e.from.is_some())?;
    let was_agreed = matches!(last.from.as_deref(), Some("accepted" | "ready"));
    let (id, _) = last.placement?;
    (mine.state() == State::Pooled && last.action == "cancel" && was_agreed)
        .then_some((id, last.office.as_str()))
}

/// Since when a released profile waits for somebody to open it: the time in which the candidate changed it counts for
/// nobody.
fn came(mine: &Mine, events: &[Event]) -> DateTime<Utc> {
    let back = |event: &&Event| !event.of_placement && event.from.as_deref() == Some("changes_requested");
    events.iter().rev().find(back).map_or(mine.waiting_since, |event| event.at)
}

/// In so many days, or in one, by that day.
fn released_lead(days: u64, due: String, lang: Lang) -> String {
    match days {
        1 => Text(lang).released_lead_one(due),
        _ => Text(lang).released_lead(days, due),
    }
}

/// By when what is decided next usually is.
fn usually(since: DateTime<Utc>, days: Option<u64>, at: &Viewed) -> String {
    let t = Text(at.lang);
    match days.map(|days| at.day_of(since) + Days::new(days)) {
        Some(due) if due > at.today => t.usually_by(at.lang.date(due)),
        Some(_) => t.decided_later_than_usual(),
        None => t.no_fixed_day(),
    }
}

/// A withdrawal that can still be taken back.
fn undo(mine: &Mine, at: &Viewed) -> Option<Door> {
    let t = Text(at.lang);
    let withdrawal = mine.withdrawal();
    mine.case.withdrawn().ok()?.undo_withdraw(withdrawal, at.now).ok()?;
    Some(Door {
        id: "undo",
        title: t.undo_title(),
        lead: t.undo_lead(at.lang.moment(withdrawal.undoable_until(), at.zone)),
        address: "/application/withdraw/undo",
        label: t.undo(),
        seen: Some(mine.version),
    })
}

/// Six more months, around the end of the time in the pool.
fn renew(mine: &Mine, at: &Viewed) -> Option<Door> {
    let t = Text(at.lang);
    mine.case.renew(at.today, Verdict::Eligible).ok()?;
    let until = mine.pooled_until? + Days::new(RENEWABLE_DAYS.unsigned_abs());
    Some(Door {
        id: "renew",
        title: t.renew_title(),
        lead: t.renew_lead(at.lang.date(until)),
        address: "/application/renew",
        label: t.renew(),
        seen: None,
    })
}

texts!(Text {
    change_and_release: "Change it and release a new version", "Le modifier et transmettre une nouvelle version",
        "Cambiarlo y enviar una nueva versión";
    take_back: "Take my profile back", "Reprendre mon dossier", "Retirar mi perfil";
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
    released_lead_one(due): "Human Resources usually opens profiles within a day, so by {due}. You do not need to do anything until we write to you.",
        "Les Ressources humaines ouvrent d’habitude les dossiers en un jour, donc d’ici au {due}. Vous n’avez rien à faire avant notre message.",
        "Recursos Humanos suele abrir los perfiles en un día, es decir, a más tardar el {due}. No tiene que hacer nada hasta que le escribamos.";
    released_unmeasured_lead: "Human Resources opens your profile next. You do not need to do anything until we write to you.",
        "Les Ressources humaines vont ouvrir votre dossier. Vous n’avez rien à faire avant que nous vous écrivions.",
        "Recursos Humanos abrirá su perfil. No tiene que hacer nada hasta que le escribamos.";
    no_day_to_open: "There is no fixed day. We write to you as soon as it is opened", "Il n’y a pas de date fixe. Nous vous écrivons dès qu’il est ouvert",
        "No hay una fecha fija. Le escribiremos en cuanto se abra";
    released_late_lead: "This is taking longer than usual. Your profile keeps its place in the list. You do not need to do anything until we write to you.",
        "C’est plus long que d’habitude. Votre dossier garde sa place dans la liste. Vous n’avez rien à faire avant notre message.",
        "Tarda más de lo habitual. Su perfil conserva su lugar en la lista. No tiene que hacer nada hasta que le escribamos.";
    in_review_title: "A reviewer is reading your profile", "Une personne lit votre dossier", "Una persona está leyendo su perfil";
    in_review_lead: "Human Resources decides next, and will write to you then. You can still change your profile and release a new version: the reviewer will be told.",
        "Les Ressources humaines décident ensuite et vous écriront. Vous pouvez encore modifier votre dossier et transmettre une nouvelle version : la personne qui l’examine en est avertie.",
        "Recursos Humanos decide a continuación y le escribirá. Aún puede cambiar su perfil y enviar una nueva versión: se avisa a quien lo revisa.";
    question_title: "Human Resources needs something from you", "Les Ressources humaines attendent quelque chose de vous",
        "Recursos Humanos necesita algo de usted";
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
    called_off_title(office): "Your placement was called off: {office}", "Votre affectation a été annulée : {office}", "Su plaza se ha cancelado: {office}";
    called_off_lead(until): "We are sorry. Nothing else changes for you: you are back in the pool until {until}, and Human Resources looks for another office. What it wrote about the reason is on the page of the offer.",
        "Nous en sommes désolés. Rien d’autre ne change pour vous : vous êtes de nouveau dans le vivier jusqu’au {until}, et les Ressources humaines cherchent un autre bureau. Le motif figure sur la page de l’offre.",
        "Lo sentimos. Nada más cambia para usted: está de nuevo en la bolsa hasta el {until}, y Recursos Humanos busca otra oficina. El motivo figura en la página de la oferta.";
    read_why: "Read why", "Lire le motif", "Leer el motivo";
    not_selected_title: "Your profile was not selected", "Votre dossier n’a pas été retenu", "Su perfil no ha sido seleccionado";
    not_selected_lead: "A person read it and decided. The reason is below. You may release a profile again when something has changed.",
        "Une personne l’a lu et a décidé. Le motif figure ci-dessous. Vous pourrez transmettre à nouveau un dossier lorsque votre situation aura changé.",
        "Una persona lo leyó y decidió. El motivo figura más abajo. Podrá enviar de nuevo un perfil cuando algo haya cambiado.";
    withdrawn_title: "You have taken your profile back", "Vous avez repris votre dossier", "Ha retirado su perfil";
    expired_title: "Your time in the pool has ended", "Votre temps dans le vivier est écoulé", "Su tiempo en la bolsa ha terminado";
    placed_title: "You have a placement", "Vous avez une affectation", "Tiene una plaza";
    placed_lead: "Write to Human Resources if you have a question.", "Écrivez aux Ressources humaines si vous avez une question.", "Escriba a Recursos Humanos si tiene alguna pregunta.";
    question_lead(until): "Change what is asked, then release your profile again by {until}. It keeps its place in the list while we wait; after that day it expires.",
        "Modifiez ce qui est demandé, puis transmettez à nouveau votre dossier d’ici au {until}. Il garde sa place dans la liste pendant ce temps ; après cette date, il expire.",
        "Cambie lo que se pide y envíe de nuevo su perfil a más tardar el {until}. Conserva su lugar en la lista mientras esperamos; después de ese día caduca.";
    withdrawn_lead: "Human Resources and offices can no longer see it. Your answers and documents are still here, and you can release them again.",
        "Les Ressources humaines et les bureaux ne le voient plus. Vos réponses et documents sont toujours là, et vous pouvez les transmettre à nouveau.",
        "Recursos Humanos y las oficinas ya no pueden verlo. Sus respuestas y documentos siguen aquí y puede enviarlos de nuevo.";
    expired_lead: "No office had a place for you in this time. Nobody decided against you, and you can release your profile again.",
        "Aucun bureau n’a eu de place pour vous pendant cette période. Personne n’a pris de décision défavorable, et vous pouvez transmettre à nouveau votre dossier.",
        "Ninguna oficina ha tenido plaza para usted en este tiempo. Nadie ha decidido en su contra y puede enviar de nuevo su perfil.";
    unanswered_title: "Your application has expired", "Votre candidature a expiré", "Su candidatura ha caducado";
    unanswered_lead: "Human Resources asked you to change something, and no new version was released in time. You can release your profile again, as a new application.",
        "Les Ressources humaines vous avaient demandé une modification, et aucune nouvelle version n’a été transmise à temps. Vous pouvez transmettre à nouveau votre dossier, comme nouvelle candidature.",
        "Recursos Humanos le pidió que cambiara algo y no se envió ninguna versión nueva a tiempo. Puede enviar de nuevo su perfil, como una candidatura nueva.";

    since: "Since", "Depuis", "Desde";
    next: "What comes next", "Prochaine étape", "Próximo paso";
    by_when: "By when", "Pour quand", "Para cuándo";
    who_acts: "Who acts", "À qui d’agir", "A quién le toca";
    human_resources: "Human Resources", "Les Ressources humaines", "Recursos Humanos";
    you: "You", "Vous", "Usted";
    supervisor(office): "A supervisor there: {office}", "Une personne responsable du bureau : {office}", "Una persona supervisora de la oficina: {office}";
    usually_by(day): "Usually by {day}, going by the last 90 days", "D’habitude d’ici au {day}, d’après les 90 derniers jours",
        "Normalmente a más tardar el {day}, según los últimos 90 días";
    later_than_usual: "Later than usual. We write to you as soon as it is opened", "Plus tard que d’habitude. Nous vous écrivons dès qu’il est ouvert",
        "Más tarde de lo habitual. Le escribiremos en cuanto se abra";
    decided_later_than_usual: "Later than usual. We write to you as soon as it is decided", "Plus tard que d’habitude. Nous vous écrivons dès que c’est décidé",
        "Más tarde de lo habitual. Le escribiremos en cuanto se decida";
    no_fixed_day: "There is no fixed day. We write to you as soon as it is decided", "Il n’y a pas de date fixe. Nous vous écrivons dès que c’est décidé",
        "No hay un día fijo. Le escribiremos en cuanto se decida";
    review: "Review of your profile", "Examen de votre dossier", "Revisión de su perfil";
    decision: "Decision on your profile", "Décision sur votre dossier", "Decisión sobre su perfil";
    your_changes: "Your changes, and a new release", "Vos modifications et une nouvelle transmission", "Sus cambios y un nuevo envío";
    matching: "Matching with an office", "Recherche d’un bureau", "Búsqueda de una oficina";
    supervisor_decides: "Decision on the placement", "Décision sur l’affectation", "Decisión sobre la plaza";
    offer: "Placement offer", "Offre d’affectation", "Oferta de plaza";

    undo_title: "You can undo this", "Vous pouvez l’annuler", "Puede deshacerlo";
    undo_lead(until): "Until {until} you can go back to where you were, with the same place in the list. Proposals to offices that were cancelled stay cancelled.",
        "Jusqu’au {until}, vous pouvez retrouver votre situation et la même place dans la liste. Les propositions à des bureaux qui ont été annulées le restent.",
        "Hasta el {until} puede volver a donde estaba, con el mismo lugar en la lista. Las propuestas a oficinas que se cancelaron siguen canceladas.";
    undo: "Undo taking it back", "Annuler la reprise", "Deshacer la retirada";
    renew_title: "Stay in the pool for six more months", "Rester six mois de plus dans le vivier", "Permanecer seis meses más en la bolsa";
    renew_lead(until): "You can renew your time in the pool until {until}. Before you decide, you see what the rules say today.",
        "Vous pouvez prolonger votre temps dans le vivier jusqu’au {until}. Avant de décider, vous verrez ce que disent les règles aujourd’hui.",
        "Puede renovar su tiempo en la bolsa hasta el {until}. Antes de decidir, verá lo que dicen hoy las normas.";
    renew: "See and renew", "Voir et prolonger", "Ver y renovar";
});
