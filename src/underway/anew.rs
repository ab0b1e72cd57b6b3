//! What is worked out anew when the first or the last day of an internship moves.

use super::{Internship, Side};
use crate::db::Tx;
use crate::domain::eligibility::{Assessment, Rule};
use crate::domain::policy::Policy;
use crate::domain::terms::{Deductions, Proposal, Stage, Stay};
use crate::explain::terms::Stated;
use crate::web::Result;
use crate::web::actor::Actor;
use crate::{offices, policies};
use uuid::Uuid;

/// Terms and eligibility of another stay, by the policy of today.
pub struct Anew {
    pub policy: Policy,
    pub stated: Stated,
    pub assessment: Assessment,
    /// What the rules leave to a person on the day agreed: it was judged before the offer.
    pub judged: Vec<Rule>,
}

/// Works out another stay of the same person at the same office.
///
/// # Errors
/// If there is no policy in force, or the database fails.
pub async fn anew<R: Side>(
    tx: &mut Tx<Actor<R>>,
    now: &Internship,
    stay: Stay,
    stage: Stage,
) -> Result<Anew> {
    let today = tx.today();
    let policy = policies::at(tx, today, &now.office).await?;
    let rates = offices::rates(tx, &now.office).await?;
    let about = &now.profile.about;
    let proposal = Proposal {
        stay,
        stage,
        earlier: others(tx, now).await?,
        host_country: Some(now.country.clone()),
        nationalities: about.nationalities.clone(),
        recruited_in: Some(about.residence.clone()),
        medical_insurance: Vec::new(),
        offered_on: None,
        allowance: None,
    };
    let mut terms = policy.terms.terms_at(&proposal, &rates, &Deductions::default(), None);
    if let Some(agreed) = &now.stated.terms.allowance {
        terms.allowance = terms.allowance.map(|allowance| agreed.carried_to(allowance));
    }
    let currency = rates.first().map(|rate| rate.currency.clone()).or_else(|| now.stated.currency.clone());
    let assessment = policy.assess(&now.profile, now.released_on, stay);
    let judged = policy.assess(&now.profile, now.released_on, now.stay()).left_to_a_person();
    Ok(Anew {
        policy,
        stated: Stated { terms, currency, deductions: now.stated.deductions.clone() },
        assessment,
        judged,
    })
}

/// Keeps the terms that hold from now on.
///
/// # Errors
/// If the database fails.
pub async fn keep<R>(tx: &mut Tx<R>, placement: Uuid, stated: &Stated) -> Result<()> {
    sqlx::query!(
        "update placement set current_terms = $2 where id = $1",
        placement,
        serde_json::to_value(stated)?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The person's other internships here.
async fn others<R: Side>(tx: &mut Tx<Actor<R>>, now: &Internship) -> Result<Vec<Stay>> {
    Ok(sqlx::query_as!(
        Stay,
        r#"select p.starts_on as start, p.ends_on as "end" from placement p
           join application a on a.id = p.application_id
           where a.candidate_id = $1 and p.id <> $2
               and p.state in ('accepted', 'ready', 'started', 'completed', 'ended_early')"#,
        now.candidate().0,
        now.id()
    )
    .fetch_all(&mut **tx)
    .await?)
}
