//! The periods of a placement: its first agreement and each extension, who asked for it and who approved it.

use crate::explain::profile::Row;
use crate::text::{Lang, texts};
use crate::web::Result;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Period {
    /// 1: the first agreement.
    pub number: i16,
    pub asker: String,
    pub approver: String,
    /// Of an extension.
    pub reason: Option<String>,
    pub agreed_at: DateTime<Utc>,
    pub agreed_from: NaiveDate,
    pub agreed_until: NaiveDate,
    /// As it is: it may have begun later, or ended earlier, than agreed. `None`: it never came to that.
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

/// Who reads about them: the intern knows people of Human Resources by their office only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reader {
    Intern,
    Staff,
}

/// The periods of a placement, the first one first. Whether the reader may have them is decided before.
///
/// # Errors
/// If the database fails.
pub async fn all(connection: &mut PgConnection, placement: Uuid) -> Result<Vec<Period>> {
    let periods = sqlx::query_as!(
        Period,
        r#"select q.number, trim(b.given_names || ' ' || b.family_names) as "asker!",
               trim(v.given_names || ' ' || v.family_names) as "approver!", q.reason, q.agreed_at,
               lower(q.agreed) as "agreed_from!", upper(q.agreed) - 1 as "agreed_until!",
               case when q.voided_at is null then lower(q.days) end as "from",
               case when q.voided_at is null then upper(q.days) - 1 end as until
           from placement_period q join person b on b.id = q.asked_by join person v on v.id = q.approved_by
           where q.placement_id = $1 order by q.number"#,
        placement
    );
    Ok(periods.fetch_all(connection).await?)
}

/// What each of them says.
pub fn rows(periods: &[Period], reader: Reader, zone: Tz, lang: Lang) -> Vec<Row> {
    periods.iter().map(|period| row(period, reader, zone, lang)).collect()
}

fn row(period: &Period, reader: Reader, zone: Tz, lang: Lang) -> Row {
    let t = Text(lang);
    let is_first = period.number == 1;
    let human_resources = |name: &str| match reader {
        Reader::Intern => t.human_resources(),
        Reader::Staff => name.to_owned(),
    };
    let who = match is_first {
        true => t.proposed(human_resources(&period.asker), &period.approver),
        false => t.asked(&period.asker, human_resources(&period.approver)),
    };
    let agreed = t.from_to(lang.date(period.agreed_from), lang.date(period.agreed_until));
    let mut lines = match (period.from, period.until) {
        (Some(from), Some(until)) if (from, until) == (period.agreed_from, period.agreed_until) => {
            vec![agreed]
        }
        (Some(from), Some(until)) => {
            vec![t.from_to(lang.date(from), lang.date(until)), t.was_agreed(agreed)]
        }
        _ => vec![t.void(), t.was_agreed(agreed)],
    };
    lines.push(who);
    lines.push(t.agreed_on(lang.date(period.agreed_at.with_timezone(&zone).date_naive())));
    lines.extend(period.reason.iter().flat_map(|reason| reason.lines()).map(str::to_owned));
    Row { label: if is_first { t.first() } else { t.extension(period.number - 1) }, lines }
}

texts!(Text {
    first: "First agreement", "Premier accord", "Primer acuerdo";
    extension(n): "Extension {n}", "Prolongation {n}", "Prórroga {n}";
    from_to(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    was_agreed(days): "Agreed: {days}", "Convenu : {days}", "Acordado: {days}";
    void: "It did not take place.", "Elle n’a pas eu lieu.", "No llegó a realizarse.";
    proposed(asker, approver): "Proposed by {asker}, approved by {approver}, accepted by the intern",
        "Proposé par {asker}, approuvé par {approver}, accepté par la personne en stage",
        "Propuesto por {asker}, aprobado por {approver}, aceptado por la persona en pasantía";
    asked(asker, approver): "Asked for by {asker}, agreed by the intern, confirmed by {approver}",
        "Demandée par {asker}, acceptée par la personne en stage, confirmée par {approver}",
        "Pedida por {asker}, aceptada por la persona en pasantía, confirmada por {approver}";
    agreed_on(day): "On {day}", "Le {day}", "El {day}";
    human_resources: "Human Resources", "les Ressources humaines", "Recursos Humanos";
});
