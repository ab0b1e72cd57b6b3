//! Waivers of the allowance as they are kept: who asked, who decided, and why.

use crate::deputies;
use crate::domain::PersonId;
use crate::domain::placement::{OpenWaiver, Standing};
use crate::domain::role::RoleName;
use crate::domain::terms;
use crate::explain::terms::{Line, Tag};
use crate::text::{Lang, texts};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// The last waiver that was asked for, for one placement.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub id: Uuid,
    pub reason: String,
    pub requested_by: PersonId,
    pub requester: String,
    pub requested_on: NaiveDate,
    pub due_on: NaiveDate,
    pub standing: Standing,
    pub decision: Option<Decision>,
}

#[derive(Clone, Debug)]
pub struct Decision {
    pub decider: String,
    /// For whom the decider stood in.
    pub instead_of: Option<String>,
    pub on: NaiveDate,
    pub reason: String,
}

impl Waiver {
    pub fn open(&self) -> Option<OpenWaiver> {
        (self.standing == Standing::Open).then_some(OpenWaiver { requested_by: self.requested_by })
    }

    /// What the rules take it for, once it is granted.
    pub fn granted(&self) -> Option<terms::Waiver> {
        let decision = self.decision.as_ref().filter(|_| self.standing == Standing::Granted)?;
        Some(terms::Waiver { role: RoleName::HrDirector.code().to_owned(), signed_on: decision.on })
    }

    /// For colleagues: whoever asked, whoever decided, and why.
    pub fn line(&self, lang: Lang) -> Line {
        let t = Text(lang);
        let (tone, icon, word) = match self.standing {
            Standing::Open => ("them", "scale", t.open()),
            Standing::Granted => ("ok", "ok", t.granted()),
            Standing::Refused => ("off", "dash", t.refused()),
            Standing::Dropped => ("off", "dash", t.dropped()),
        };
        let mut why = vec![t.asked(&self.requester, lang.date(self.requested_on), &self.reason)];
        match &self.decision {
            Some(decision) => {
                let who = match &decision.instead_of {
                    Some(principal) => deputies::both(&decision.decider, principal, lang),
                    None => decision.decider.clone(),
                };
                why.push(t.decided(who, lang.date(decision.on), &decision.reason));
            }
            None if self.standing == Standing::Open => why.push(t.due(lang.date(self.due_on))),
            None => {}
        }
        Line { label: t.label(), tag: Some(Tag { tone, icon, word }), why }
    }

    /// For the candidate: that it was granted, and why.
    pub fn line_for_candidate(&self, lang: Lang) -> Option<Line> {
        let decision = self.decision.as_ref().filter(|_| self.standing == Standing::Granted)?;
        let t = Text(lang);
        let tag = Tag { tone: "off", icon: "dash", word: t.granted() };
        let why = vec![t.director_waived(lang.date(decision.on)), decision.reason.clone()];
        Some(Line { label: t.label(), tag: Some(tag), why })
    }
}

/// The waiver asked for last, if one ever was.
///
/// # Errors
/// If the database fails.
pub async fn last(connection: &mut PgConnection, placement: Uuid) -> sqlx::Result<Option<Waiver>> {
    let row = sqlx::query!(
        r#"select w.id, w.reason, w.requested_by, w.requested_on, w.due_on, w.is_open, w.granted, w.decided_on,
               w.decision, trim(r.given_names || ' ' || r.family_names) as "requester!",
               case when d.id is not null then trim(d.given_names || ' ' || d.family_names) end as decider,
               case when f.id is not null then trim(f.given_names || ' ' || f.family_names) end as instead_of
           from waiver w join person r on r.id = w.requested_by left join person d on d.id = w.decided_by
           left join person f on f.id = w.decided_for
           where w.placement_id = $1 order by w.requested_at desc, w.id desc limit 1"#,
        placement
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    let (decision, instead_of) = (row.decided_on.zip(row.decision).zip(row.decider), row.instead_of);
    Ok(Some(Waiver {
        id: row.id,
        reason: row.reason,
        requested_by: row.requested_by.into(),
        requester: row.requester,
        requested_on: row.requested_on,
        due_on: row.due_on,
        standing: match (row.is_open, row.granted) {
            (true, _) => Standing::Open,
            (_, Some(true)) => Standing::Granted,
            (_, Some(false)) => Standing::Refused,
            (_, None) => Standing::Dropped,
        },
        decision: decision.map(|((on, reason), decider)| Decision { decider, instead_of, on, reason }),
    }))
}

/// Everybody who holds the role of the Director of Human Resources: a handful.
///
/// # Errors
/// If the database fails.
pub async fn directors(connection: &mut PgConnection) -> sqlx::Result<Vec<PersonId>> {
    let ids = sqlx::query_scalar!(
        "select p.id from person_role r join person p on p.id = r.person_id
         where r.role = 'hr_director' and p.disabled_at is null order by p.id limit 50"
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(PersonId).collect())
}

texts!(Text {
    label: "Waiver of the allowance", "Dispense d’allocation", "Exención de la asignación";
    open: "With the Director of Human Resources", "Chez la direction des ressources humaines", "Con la Dirección de Recursos Humanos";
    granted: "Waived", "Accordée", "Concedida";
    refused: "Refused: the allowance is paid", "Refusée : l’allocation est versée", "Denegada: la asignación se paga";
    dropped: "Not decided: the placement was called off", "Sans décision : l’affectation a été annulée", "Sin decisión: la plaza se canceló";
    asked(who, day, reason): "{who} asked for it on {day}: {reason}", "Demandée par {who} le {day} : {reason}", "La pidió {who} el {day}: {reason}";
    decided(who, day, reason): "{who} decided on {day}: {reason}", "Décision de {who} le {day} : {reason}", "Decisión de {who} el {day}: {reason}";
    due(day): "To be decided by {day}. No offer can be made before.", "Décision attendue le {day} au plus tard. Aucune offre n’est possible avant.",
        "Debe decidirse a más tardar el {day}. Antes no se puede hacer ninguna oferta.";
    director_waived(day): "The Director of Human Resources decided on {day} that no allowance is paid for this local internship.",
        "La direction des ressources humaines a décidé le {day} qu’aucune allocation n’est versée pour ce stage local.",
        "La Dirección de Recursos Humanos decidió el {day} que no se paga asignación por esta pasantía local.";
});
