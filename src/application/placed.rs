//! A placement that was agreed, from the acceptance to the certificate: where it stands, what comes next, by when, who
//! acts and where.

use super::Mine;
use super::standing::{Next, Tag, Viewed};
use super::timeline::Event;
use crate::db::Tx;
use crate::domain::onboarding::{self, Trust};
use crate::domain::placement::{FINAL_EVALUATION_DAYS, State, mid_term_on};
use crate::domain::terms::Stay;
use crate::explain::terms::Stated;
use crate::text::{Lang, texts};
use crate::web::{Candidate, Error, Result};
use crate::{offices, papers};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

/// What became of an accepted offer.
pub struct Placed {
    pub id: Uuid,
    pub state: State,
    pub since: DateTime<Utc>,
    pub stay: Stay,
    /// In the reader's language.
    pub place: String,
    pub supervisor: String,
    pub papers: Papers,
    /// The supervisor has written the mid-term evaluation …
    pub has_mid_term: bool,
    /// … and the final one.
    pub has_final: bool,
    /// The last day of a longer stay that was asked for, and whether the intern has agreed.
    pub longer: Option<(NaiveDate, bool)>,
}

/// Whose turn it is with the documents for the first day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Papers {
    /// The intern's; `again`: one was sent back.
    Owed { again: bool },
    /// Whoever checks them.
    Sent { to_hr: bool, to_medical: bool },
}

/// What the page says of it.
pub struct Told {
    pub tag: Tag,
    pub title: String,
    pub lead: String,
    pub next: Option<Next>,
    /// Where to go on, the main thing first: address and words.
    pub doors: Vec<(String, String)>,
}

/// The placement that an application has led to. `None`: none was agreed, or it was called off.
///
/// # Errors
/// If the database fails.
pub async fn placed(tx: &mut Tx<Candidate>, mine: &Mine, lang: Lang) -> Result<Option<Placed>> {
    let row = sqlx::query!(
        r#"select p.id, p.state, p.state_since, p.office_id, p.starts_on, p.ends_on,
               coalesce(p.current_terms, f.terms, p.terms) as "terms!",
               trim(v.given_names || ' ' || v.family_names) as "supervisor!",
               exists (select from evaluation e where e.placement_id = p.id and e.which = 'mid_term') as "has_mid_term!",
               exists (select from evaluation e where e.placement_id = p.id and e.which = 'final') as "has_final!",
               x.new_end as "new_end?", x.agreed_at as "agreed_at?"
           from placement p join person v on v.id = p.supervisor_id
           left join offer f on f.placement_id = p.id
           left join extension x on x.placement_id = p.id and x.is_open
           where p.application_id = $1
               and p.state in ('accepted', 'ready', 'started', 'completed', 'ended_early', 'no_show')
           order by p.state_since desc limit 1"#,
        mine.id()
    );
    let Some(row) = row.fetch_optional(&mut **tx).await? else { return Ok(None) };
    let stay = Stay { start: row.starts_on, end: row.ends_on };
    let stated: Stated = serde_json::from_value(row.terms)?;
    let shown = papers::documents(tx, row.id).await?;
    let lacks = papers::lacks(stay, &stated.terms.insurance.required, &shown, Trust::Submitted);
    let is = |state, medical| {
        shown.iter().any(|paper| paper.shown.state == state && paper.shown.kind.is_medical() == medical)
    };
    let is_any = |state| is(state, true) || is(state, false);
    let papers = match lacks.is_nothing() {
        true => Papers::Sent {
            to_hr: is(onboarding::State::Submitted, false),
            to_medical: is(onboarding::State::Submitted, true),
        },
        false => Papers::Owed { again: is_any(onboarding::State::Returned) },
    };
    Ok(Some(Placed {
        id: row.id,
        state: State::from_code(&row.state).ok_or(Error::Missing("a known state"))?,
        since: row.state_since,
        stay,
        place: offices::names(tx, lang).await?.remove(&row.office_id).unwrap_or(row.office_id),
        supervisor: row.supervisor,
        papers,
        has_mid_term: row.has_mid_term,
        has_final: row.has_final,
        longer: row.new_end.map(|day| (day, row.agreed_at.is_some())),
    }))
}

impl Placed {
    /// A longer stay that can still come: it is agreed before the last day is over, or not at all.
    fn longer_on(&self, today: NaiveDate) -> Option<(NaiveDate, bool)> {
        self.longer.filter(|_| self.state == State::Started && today <= self.stay.end)
    }

    /// Which evaluation is written next, and by when: four weeks before the end the final one takes the place of the
    /// mid-term one. `None`: both are, or the time of the first has passed.
    fn evaluation(&self, today: NaiveDate) -> Option<(bool, NaiveDate)> {
        let last_weeks = self.stay.end - Duration::days(FINAL_EVALUATION_DAYS);
        match (self.has_mid_term || today >= last_weeks, self.has_final) {
            (_, true) => None,
            (false, _) => Some((false, mid_term_on(self.stay.start, self.stay.end))),
            (true, _) => Some((true, self.stay.end)),
        }
    }
}

/// Where it stands, in the intern's words.
pub fn told(it: &Placed, at: &Viewed) -> Told {
    let (t, lang, today) = (Text(at.lang), at.lang, at.today);
    let (first, last) = (lang.weekday_date(it.stay.start), lang.weekday_date(it.stay.end));
    let tag = |tone, icon, word| Tag { tone, icon, word };
    let next = |what: String, by: String, who: String| Some(Next { what, by, who });
    let due = |day: NaiveDate| match day < today {
        true => t.was_due(lang.date(day)),
        false => t.by(lang.date(day)),
    };
    let internship = (format!("/internship/{}", it.id), t.internship());
    let onboarding = (format!("/onboarding/{}", it.id), t.before_first_day());
    let messages = ("/application/messages".to_owned(), t.write());
    let another = ("/profile".to_owned(), t.another());
    let supervisor = t.supervisor(&it.supervisor);
    match it.state {
        State::Ready => Told {
            tag: tag("ok", "ok", t.ready()),
            title: t.ready_title(&it.place),
            lead: if it.stay.start >= today { t.ready_lead(first) } else { t.to_confirm_lead(first) },
            next: match it.stay.start > today {
                true => next(t.first_day(), lang.date(it.stay.start), t.you_and(&it.supervisor)),
                false => next(t.confirmation(), due(it.stay.start), t.supervisor_or_hr(&it.supervisor)),
            },
            doors: vec![internship, onboarding],
        },
        State::Started => {
            let (word, title, lead, next, door) = match (it.longer_on(today), it.evaluation(today)) {
                (Some((day, false)), _) => (
                    tag("you", "chat", t.question()),
                    t.longer_title(),
                    t.longer_lead(&it.supervisor, lang.date(day), lang.date(it.stay.end)),
                    next(t.your_answer(), due(it.stay.end), t.you()),
                    Some((format!("/internship/{}/extension", it.id), t.answer())),
                ),
                (Some((day, true)), _) => (
                    tag("them", "clock", t.under_way()),
                    t.started_title(&it.place),
                    t.longer_agreed_lead(lang.date(day)),
                    next(t.longer_confirmed(), due(it.stay.end), t.human_resources()),
                    None,
                ),
                (None, evaluation) => {
                    let what = match evaluation {
                        Some((false, by)) => next(t.mid_term(), due(by), supervisor),
                        Some((true, by)) => next(t.the_final(), due(by), supervisor),
                        None => next(t.certificate(), due(it.stay.end), supervisor),
                    };
                    let lead = if it.stay.end >= today { t.started_lead(last) } else { t.over_lead(last) };
                    (tag("ok", "half", t.under_way()), t.started_title(&it.place), lead, what, None)
                }
            };
            Told { tag: word, title, lead, next, doors: door.into_iter().chain([internship]).collect() }
        }
        State::Completed => Told {
            tag: tag("ok", "ok", t.completed()),
            title: t.completed_title(&it.place),
            lead: t.completed_lead(last),
            next: None,
            doors: vec![
                (format!("/internship/{}#certificate", it.id), t.see_certificate()),
                internship,
                another,
            ],
        },
        State::EndedEarly if it.stay.end >= today => Told {
            tag: tag("off", "dash", t.ended_early()),
            title: t.ends_title(&it.place),
            lead: t.ends_lead(last),
            next: next(t.last_day(), lang.date(it.stay.end), t.you_and(&it.supervisor)),
            doors: vec![internship, messages],
        },
        State::EndedEarly => Told {
            tag: tag("off", "dash", t.ended_early()),
            title: t.ended_title(&it.place),
            lead: t.ended_lead(last),
            next: None,
            doors: vec![internship, messages, another],
        },
        State::NoShow => Told {
            tag: tag("off", "dash", t.no_show()),
            title: t.no_show_title(&it.place),
            lead: t.no_show_lead(first),
            next: None,
            doors: vec![messages, another],
        },
        _ => {
            let before = match it.stay.start < today {
                true => t.was_due(lang.date(it.stay.start)),
                false => t.before(lang.date(it.stay.start)),
            };
            let (word, lead, next) = match it.papers {
                Papers::Owed { again } => (
                    tag("you", "half", t.owed()),
                    match again {
                        _ if it.stay.start < today => t.overdue_lead(first),
                        true => t.again_lead(first),
                        false => t.owed_lead(first),
                    },
                    next(t.documents(), before, t.you()),
                ),
                Papers::Sent { to_hr, to_medical } => (
                    tag("them", "eye", t.checked()),
                    if it.stay.start < today { t.late_check_lead(first) } else { t.checked_lead(first) },
                    next(
                        t.check(),
                        before,
                        match (to_hr, to_medical) {
                            (true, true) => t.hr_and_medical(),
                            (false, true) => t.medical(),
                            _ => t.human_resources(),
                        },
                    ),
                ),
            };
            Told {
                tag: word,
                title: t.accepted_title(&it.place),
                lead,
                next,
                doors: vec![onboarding, internship],
            }
        }
    }
}

/// What an entry of the timeline says, with what belongs to it.
pub fn step(event: &Event, lang: Lang) -> Option<(String, String)> {
    let t = Text(lang);
    let day =
        |fact: &str| event.facts[fact].as_str().and_then(|day| day.parse().ok()).map(|day| lang.date(day));
    let first_day = |day: Option<String>| day.map(|day| t.first_day_on(day)).unwrap_or_default();
    let until = |day: Option<String>| day.map(|day| t.until(day)).unwrap_or_default();
    let nothing = String::new;
    Some(match event.action.as_str() {
        "ready" => (t.step_ready(), first_day(event.starts_on.map(|day| lang.date(day)))),
        "unready" => (t.step_unready(), nothing()),
        "start" => (t.step_started(), first_day(day("first_day"))),
        "evaluate" if event.facts["which"] == "final" => (t.step_final(), t.by_person(&event.actor)),
        "evaluate" => (t.step_mid_term(), t.by_person(&event.actor)),
        "ask_extension" => (t.step_longer_asked(), t.by_person(&event.actor)),
        "agree_extension" => (t.step_longer_agreed(), nothing()),
        "refuse_extension" => (t.step_longer_refused(), nothing()),
        "decline_extension" => (t.step_longer_declined(), nothing()),
        "extend" => (t.step_extended(), until(day("to"))),
        "complete" => (t.step_completed(), nothing()),
        "end_early" => (t.step_ended_early(), until(day("last_day"))),
        "no_show" => (t.step_no_show(), nothing()),
        _ => return None,
    })
}

/// The stops to come, each with its day, and whether the first is the intern's turn.
pub fn to_come(it: &Placed, today: NaiveDate, lang: Lang) -> (bool, Vec<(String, String)>) {
    let t = Text(lang);
    let (first, last) = (lang.date(it.stay.start), lang.date(it.stay.end));
    let is_before = matches!(it.state, State::Accepted | State::Ready);
    let is_on = is_before || it.state == State::Started;
    let owes = it.state == State::Accepted && matches!(it.papers, Papers::Owed { .. });
    let longer = it.longer_on(today);
    let half = mid_term_on(it.stay.start, it.stay.end);
    let has_mid_term = !is_before && it.evaluation(today).is_none_or(|(is_final, _)| is_final);
    let stops = [
        (it.state == State::Accepted)
            .then(|| (if owes { t.documents() } else { t.check() }, t.before(first.clone()))),
        is_before.then(|| (t.first_day(), first)),
        longer.map(|(day, agreed)| {
            (if agreed { t.longer_confirmed() } else { t.your_answer() }, t.until(lang.date(day)))
        }),
        (is_on && !has_mid_term).then(|| (t.mid_term(), t.by(lang.date(half)))),
        (is_on && !it.has_final).then(|| (t.the_final(), t.by(last.clone()))),
        ((is_on || it.state == State::EndedEarly) && today <= it.stay.end).then(|| (t.last_day(), last)),
        is_on.then(|| (t.certificate(), t.after_last_day())),
    ];
    (owes || longer.is_some_and(|(_, agreed)| !agreed), stops.into_iter().flatten().collect())
}

texts!(Text {
    owed: "Documents to send", "Documents à envoyer", "Documentos por enviar";
    checked: "Documents being checked", "Documents en cours de vérification", "Documentos en verificación";
    ready: "Ready to start", "Tout est prêt", "Todo listo";
    under_way: "Under way", "En cours", "En curso";
    question: "Question for you", "Question pour vous", "Pregunta para usted";
    completed: "Completed", "Terminé", "Terminada";
    ended_early: "Ended early", "Terminé plus tôt", "Terminada antes";
    no_show: "Not begun", "Non commencé", "No empezada";

    accepted_title(place): "You are going to {place}", "Vous allez à {place}", "Va a {place}";
    owed_lead(day): "Your first day is {day}. Send the documents on your list now: your internship can begin once all of them are accepted.",
        "Votre premier jour est le {day}. Envoyez dès maintenant les documents de votre liste : le stage peut commencer quand tous sont acceptés.",
        "Su primer día es el {day}. Envíe ya los documentos de su lista: la pasantía puede empezar cuando todos estén aceptados.";
    again_lead(day): "Your first day is {day}. A document was sent back to you, and something is missing: see why on your list, and send it.",
        "Votre premier jour est le {day}. Un document vous a été renvoyé et il manque quelque chose : voyez pourquoi dans votre liste, et envoyez-le.",
        "Su primer día es el {day}. Se le devolvió un documento y falta algo: vea el motivo en su lista y envíelo.";
    overdue_lead(day): "Your first day was to be {day}, and documents are still missing. Send them, and write to Human Resources about when you can begin.",
        "Votre premier jour était prévu le {day}, et des documents manquent encore. Envoyez-les, et écrivez aux Ressources humaines pour convenir du début.",
        "Su primer día estaba previsto para el {day} y aún faltan documentos. Envíelos y escriba a Recursos Humanos sobre cuándo puede empezar.";
    checked_lead(day): "Your first day is {day}. You have sent everything, and it is being checked. You do not need to do anything until we write to you.",
        "Votre premier jour est le {day}. Vous avez tout envoyé, et la vérification est en cours. Vous n’avez rien à faire avant notre message.",
        "Su primer día es el {day}. Ha enviado todo y se está verificando. No tiene que hacer nada hasta que le escribamos.";
    late_check_lead(day): "Your first day was to be {day}, and what you sent is still being checked. That is not for you to do; you can ask Human Resources at any time.",
        "Votre premier jour était prévu le {day}, et la vérification de vos documents n’est pas terminée. Cela ne dépend pas de vous ; vous pouvez interroger les Ressources humaines à tout moment.",
        "Su primer día estaba previsto para el {day} y todavía se verifica lo que envió. No depende de usted; puede preguntar a Recursos Humanos en cualquier momento.";
    ready_title(place): "Everything is ready for {place}", "Tout est prêt pour {place}", "Todo está listo para {place}";
    ready_lead(day): "Your first day is {day}. Your documents are accepted: all you need to do is come.",
        "Votre premier jour est le {day}. Vos documents sont acceptés : il ne vous reste qu’à venir.",
        "Su primer día es el {day}. Sus documentos están aceptados: solo le queda venir.";
    to_confirm_lead(day): "Your first day was to be {day}. It is confirmed once you have begun.", "Votre premier jour était prévu le {day}. Il est confirmé dès que vous avez commencé.",
        "Su primer día estaba previsto para el {day}. Se confirma en cuanto haya empezado.";
    started_title(place): "Your internship in {place}", "Votre stage à {place}", "Su pasantía en {place}";
    started_lead(day): "You are at work. Your last day is {day}.", "Votre stage est en cours. Votre dernier jour est le {day}.", "Su pasantía está en curso. Su último día es el {day}.";
    over_lead(day): "Your last day was {day}. Your supervisor closes the internship, then you get your certificate.",
        "Votre dernier jour était le {day}. Votre responsable clôt le stage, puis vous recevez votre attestation.",
        "Su último día fue el {day}. Su supervisión cierra la pasantía y después recibe su certificado.";
    longer_title: "Would you like to stay longer?", "Souhaitez-vous rester plus longtemps ?", "¿Desea quedarse más tiempo?";
    longer_lead(name, to, from): "{name} asks you to stay until {to} instead of {from}. You are free to say no.",
        "{name} vous propose de rester jusqu’au {to} au lieu du {from}. Vous êtes libre de refuser.",
        "{name} le propone quedarse hasta el {to} en lugar del {from}. Puede decir que no con toda libertad.";
    longer_agreed_lead(day): "You have agreed to stay until {day}. Human Resources checks your insurance up to then, and confirms.",
        "Vous avez accepté de rester jusqu’au {day}. Les Ressources humaines vérifient votre assurance jusque-là, puis confirment.",
        "Ha aceptado quedarse hasta el {day}. Recursos Humanos comprueba su seguro hasta entonces y lo confirma.";
    completed_title(place): "You have completed your internship in {place}", "Vous avez terminé votre stage à {place}", "Ha completado su pasantía en {place}";
    completed_lead(day): "Your last day was {day}. Your certificate is ready, and anybody you give its code to can have it confirmed.",
        "Votre dernier jour était le {day}. Votre attestation est prête, et toute personne à qui vous en donnez le code peut la faire confirmer.",
        "Su último día fue el {day}. Su certificado está listo, y cualquier persona a quien dé su código puede confirmarlo.";
    ends_title(place): "Your internship in {place} ends early", "Votre stage à {place} prend fin avant terme", "Su pasantía en {place} termina antes";
    ends_lead(day): "Your last day is {day}. You can ask Human Resources whatever you want to know about it.",
        "Votre dernier jour est le {day}. Vous pouvez poser toutes vos questions aux Ressources humaines.",
        "Su último día es el {day}. Puede preguntar a Recursos Humanos lo que quiera saber.";
    ended_title(place): "Your internship in {place} has ended", "Votre stage à {place} a pris fin", "Su pasantía en {place} ha terminado";
    ended_lead(day): "It ended early: your last day was {day}. What was written about your work stays on the page of your internship.",
        "Il a pris fin avant terme : votre dernier jour était le {day}. Ce qui a été écrit sur votre travail reste sur la page de votre stage.",
        "Terminó antes: su último día fue el {day}. Lo que se escribió sobre su trabajo sigue en la página de su pasantía.";
    no_show_title(place): "Your internship in {place} did not begin", "Votre stage à {place} n’a pas commencé", "Su pasantía en {place} no empezó";
    no_show_lead(day): "Human Resources has recorded that you did not come on {day}. That can happen. If something kept you away, or if this is a mistake, write to Human Resources.",
        "Les Ressources humaines ont noté votre absence le {day}. Cela peut arriver. Si vous avez eu un empêchement, ou s’il s’agit d’une erreur, écrivez aux Ressources humaines.",
        "Recursos Humanos ha registrado que no vino el {day}. Puede ocurrir. Si algo se lo impidió, o si es un error, escriba a Recursos Humanos.";

    documents: "Documents for your first day", "Documents pour votre premier jour", "Documentos para su primer día";
    check: "Check of your documents", "Vérification de vos documents", "Verificación de sus documentos";
    first_day: "Your first day", "Votre premier jour", "Su primer día";
    confirmation: "Confirmation of your first day", "Confirmation de votre premier jour", "Confirmación de su primer día";
    your_answer: "Your answer about a longer stay", "Votre réponse sur la prolongation", "Su respuesta sobre la prórroga";
    longer_confirmed: "Confirmation of the longer stay", "Confirmation de la prolongation", "Confirmación de la prórroga";
    mid_term: "Mid-term evaluation", "Évaluation à mi-parcours", "Evaluación intermedia";
    the_final: "Final evaluation", "Évaluation finale", "Evaluación final";
    last_day: "Your last day", "Votre dernier jour", "Su último día";
    certificate: "Your certificate", "Votre attestation", "Su certificado";
    by(day): "By {day}", "D’ici au {day}", "A más tardar el {day}";
    before(day): "Before {day}", "Avant le {day}", "Antes del {day}";
    was_due(day): "It was due by {day}", "C’était prévu pour le {day}", "Estaba previsto para el {day}";
    until(day): "until {day}", "jusqu’au {day}", "hasta el {day}";
    first_day_on(day): "first day {day}", "premier jour le {day}", "primer día el {day}";
    by_person(name): "by {name}", "par {name}", "por {name}";
    after_last_day: "After your last day", "Après votre dernier jour", "Después de su último día";
    you: "You", "Vous", "Usted";
    you_and(name): "You and your supervisor, {name}", "Vous et votre responsable, {name}", "Usted y su supervisión, {name}";
    supervisor(name): "Your supervisor, {name}", "Votre responsable, {name}", "Su supervisión, {name}";
    supervisor_or_hr(name): "Your supervisor, {name}, or Human Resources", "Votre responsable, {name}, ou les Ressources humaines",
        "Su supervisión, {name}, o Recursos Humanos";
    human_resources: "Human Resources", "Les Ressources humaines", "Recursos Humanos";
    medical: "The medical officer", "Le service médical", "El servicio médico";
    hr_and_medical: "Human Resources and the medical officer", "Les Ressources humaines et le service médical", "Recursos Humanos y el servicio médico";

    internship: "Open your internship", "Ouvrir votre stage", "Abrir su pasantía";
    before_first_day: "Before your first day", "Avant votre premier jour", "Antes de su primer día";
    answer: "Read the terms and answer", "Lire les conditions et répondre", "Leer las condiciones y responder";
    see_certificate: "See your certificate", "Voir votre attestation", "Ver su certificado";
    another: "Apply for another internship", "Demander un autre stage", "Solicitar otra pasantía";
    write: "Write to Human Resources", "Écrire aux Ressources humaines", "Escribir a Recursos Humanos";

    step_ready: "Everything accepted for your first day", "Tout est accepté pour votre premier jour", "Todo aceptado para su primer día";
    step_unready: "Something for your first day is open again", "Un point reste à régler avant votre premier jour", "Queda algo por resolver antes de su primer día";
    step_started: "Internship begun", "Stage commencé", "Pasantía empezada";
    step_mid_term: "Mid-term evaluation written", "Évaluation à mi-parcours écrite", "Evaluación intermedia escrita";
    step_final: "Final evaluation written", "Évaluation finale écrite", "Evaluación final escrita";
    step_longer_asked: "Longer stay proposed", "Prolongation proposée", "Prórroga propuesta";
    step_longer_agreed: "Longer stay accepted by you", "Prolongation acceptée par vous", "Prórroga aceptada por usted";
    step_longer_refused: "You kept your last day", "Vous avez gardé votre dernier jour", "Usted mantuvo su último día";
    step_longer_declined: "Longer stay not confirmed", "Prolongation non confirmée", "Prórroga no confirmada";
    step_extended: "Internship extended", "Stage prolongé", "Pasantía prorrogada";
    step_completed: "Internship completed, with a certificate", "Stage terminé, avec une attestation", "Pasantía completada, con certificado";
    step_ended_early: "Internship ended early", "Stage terminé avant terme", "Pasantía terminada antes";
    step_no_show: "Internship not begun", "Stage non commencé", "Pasantía no empezada";
});
