//! Internships that are agreed and not over, by what is due next: for the lists of supervisors and Human Resources.

use crate::db::Tx;
use crate::domain::PersonId;
use crate::domain::onboarding::Kind;
use crate::domain::placement::State;
use crate::offices;
use crate::text::{Lang, texts};
use crate::web::actor::{Actor, Role};
use crate::web::{Error, Result};
use chrono::NaiveDate;
use uuid::Uuid;

/// Those that a page shows.
pub const PER_PAGE: usize = 25;

/// Where the page before ended.
#[derive(Clone, Copy, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct From {
    due_on: Option<NaiveDate>,
    after: Option<Uuid>,
}

impl From {
    pub fn is_first(&self) -> bool {
        self.after.is_none()
    }

    /// As an address names it.
    pub fn query(&self) -> String {
        serde_html_form::to_string(self).unwrap_or_default()
    }
}

pub struct Line {
    pub id: Uuid,
    pub name: String,
    pub place: String,
    pub supervisor: String,
    /// The supervisor for whom the reader stands in.
    pub instead_of: Option<String>,
    pub due: String,
    pub due_on: NaiveDate,
    pub is_late: bool,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub readiness: String,
    /// Fit or not, and until when: all that anybody but the medical officer knows.
    pub health: String,
}

/// A page of them, the earliest due first, and where the next page begins if there is one.
pub struct Lines {
    pub t: Text,
    pub lines: Vec<Line>,
    pub next: Option<From>,
}

/// Those that somebody supervises today, as a deputy too, or everybody's but the reader's own.
///
/// # Errors
/// If the database fails.
pub async fn lines<R: Role>(
    tx: &mut Tx<Actor<R>>,
    supervisor: Option<PersonId>,
    from: From,
    most: usize,
    lang: Lang,
) -> Result<Lines> {
    let (me, today) = (tx.actor(), tx.today());
    let rows = sqlx::query!(
        r#"select p.id, a.name, p.office_id, p.state, p.starts_on, p.ends_on, u.due as "due!", u.due_on as "due_on!",
               trim(v.given_names || ' ' || v.family_names) as "supervisor!", p.supervisor_id <> $1 as is_other,
               d.settled as "settled!", d.is_fit, d.fit_until
           from (select s.placement_id from supervised($1, $2) s where $1::uuid is not null
                 union all
                 select p.id from placement p where $1::uuid is null and p.state in ('accepted', 'ready', 'started')) mine
           join placement p on p.id = mine.placement_id join under_way($2) u on u.placement_id = p.id
           join application a on a.id = p.application_id
           join person v on v.id = p.supervisor_id,
           papers_so_far(p.id) d
           where p.state in ('accepted', 'ready', 'started') and a.candidate_id <> $3
               and ($4::date is null or (u.due_on, p.id) > ($4, $5))
           order by u.due_on, p.id limit $6"#,
        supervisor.map(|person| person.0),
        today,
        me.0,
        from.due_on.filter(|_| from.after.is_some()),
        from.after,
        i64::try_from(most + 1).unwrap_or(i64::MAX)
    )
    .fetch_all(&mut **tx)
    .await?;
    let more = rows.len() > most;
    let places = offices::names(tx, lang).await?;
    let t = Text(lang);
    let mut lines = Vec::with_capacity(rows.len().min(most));
    for row in rows.into_iter().take(most) {
        let state = State::from_code(&row.state).ok_or(Error::Missing("a known state"))?;
        lines.push(Line {
            id: row.id,
            name: row.name,
            place: places.get(&row.office_id).cloned().unwrap_or(row.office_id),
            instead_of: row.is_other.filter(|is| *is).map(|_| row.supervisor.clone()),
            supervisor: row.supervisor,
            due: due(&row.due, lang),
            due_on: row.due_on,
            is_late: row.due_on < today,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            readiness: match state {
                State::Accepted => t.settled(row.settled, Kind::ALL.len()),
                State::Ready => t.ready(),
                _ => t.started(),
            },
            health: match (row.is_fit, row.fit_until) {
                (Some(true), Some(until)) => t.fit_until(lang.date(until)),
                (Some(true), None) => t.fit(),
                (Some(false), _) => t.not_fit(),
                (None, _) => t.not_known(),
            },
        });
    }
    let ends = |line: &Line| From { due_on: Some(line.due_on), after: Some(line.id) };
    let next = lines.last().filter(|_| more).map(ends);
    Ok(Lines { t, lines, next })
}

/// What a code of `under_way` says.
pub fn due(code: &str, lang: Lang) -> String {
    let t = Text(lang);
    match code {
        "documents" => t.documents(),
        "start" => t.start(),
        "mid_term" => t.mid_term(),
        "final" => t.the_final(),
        _ => t.complete(),
    }
}

texts!(pub Text {
    intern: "Intern", "Stagiaire", "Persona en pasantía";
    place: "Duty station", "Lieu d’affectation", "Lugar de destino";
    supervisor: "Supervisor", "Responsable", "Persona supervisora";
    instead_of(name): "for {name}, who is away", "à la place de {name}, en absence", "en lugar de {name}, que está ausente";
    due_on: "Due on", "Échéance", "Vence el";
    first_day: "First day", "Premier jour", "Primer día";
    last_day: "Last day", "Dernier jour", "Último día";
    next_due: "Due next", "Prochaine échéance", "Próximo vencimiento";
    by(what, day): "{what}, by {day}", "{what}, d’ici au {day}", "{what}, a más tardar el {day}";
    late: "Late", "En retard", "Con retraso";
    dates: "Dates", "Dates", "Fechas";
    from_to(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    readiness: "Readiness", "Préparation", "Preparación";
    health: "Fit for work", "Aptitude", "Aptitud";
    settled(n, all): "Getting ready: {n} of {all} documents accepted", "En préparation : documents acceptés, {n} sur {all}",
        "En preparación: {n} de {all} documentos aceptados";
    ready: "Ready to start", "Tout est prêt", "Todo listo";
    started: "Under way", "En cours", "En curso";
    fit: "Fit", "Apte", "Apto";
    fit_until(day): "Fit until {day}", "Apte jusqu’au {day}", "Apto hasta el {day}";
    not_fit: "Not fit", "Inapte", "No apto";
    not_known: "Not known yet", "Pas encore connue", "Aún no se sabe";
    documents: "Documents for the first day", "Documents pour le premier jour", "Documentos para el primer día";
    start: "Confirm the first day", "Confirmer le premier jour", "Confirmar el primer día";
    mid_term: "Mid-term evaluation", "Évaluation à mi-parcours", "Evaluación intermedia";
    the_final: "Final evaluation", "Évaluation finale", "Evaluación final";
    complete: "Complete the internship", "Clore le stage", "Cerrar la pasantía";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
