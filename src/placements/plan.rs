//! What a proposal is made from: somebody in the pool, the supervisors there are, the rules of the day.

pub use crate::offices::rates;

use crate::cases::{self, ApplicationRow};
use crate::consents::{self, Purpose};
use crate::db::Tx;
use crate::domain::application::AnyApplication;
use crate::domain::eligibility::{Assessment, Rule};
use crate::domain::policy::Policies;
use crate::domain::profile::Profile;
use crate::domain::terms::{Deductions, Proposal, Rate, Stage, Stay, Waiver};
use crate::explain::terms::Stated;
use crate::offices::{self, Office};
use crate::policies;
use crate::sight;
use crate::text::Lang;
use crate::web::{HrReviewer, Result};
use chrono::NaiveDate;
use uuid::Uuid;

/// Everything a proposal depends on.
pub struct Plan {
    /// The organisation's day.
    pub today: NaiveDate,
    pub application: AnyApplication,
    pub version: i32,
    pub name: String,
    pub profile: Profile,
    /// The day of the newest release: the R of the rules.
    pub released_on: NaiveDate,
    pub policies: Policies,
    pub offices: Vec<Office>,
    pub supervisors: Vec<Supervisor>,
    /// The candidate agreed that offices which they did not wish for read the profile.
    other_offices: bool,
    /// The rules that were judged as met for this version of the profile.
    pub judged: Vec<Rule>,
    /// The person's other internships here.
    pub earlier: Vec<Stay>,
}

/// Somebody who supervises interns at an office.
pub struct Supervisor {
    pub id: Uuid,
    pub office: String,
    pub name: String,
}

/// Reads the plan for one application; its offices come in the order of their names in the reader's language.
///
/// # Errors
/// As [`sight::of`].
pub async fn plan(tx: &mut Tx<HrReviewer>, id: Uuid, lang: Lang) -> Result<Plan> {
    sight::of(tx, id).await?;
    let today = tx.today();
    let row = sqlx::query!(
        "select a.candidate_id, a.version, a.state, a.state_since, a.reviewer_id, a.pooled_until, a.name,
             s.profile, s.released_on
         from application a join snapshot s on s.application_id = a.id and s.number = a.latest
         where a.id = $1",
        id
    )
    .fetch_one(&mut **tx)
    .await?;
    let standing = ApplicationRow {
        id,
        candidate_id: row.candidate_id,
        version: row.version,
        state: row.state,
        state_since: row.state_since,
        reviewer_id: row.reviewer_id,
        pooled_until: row.pooled_until,
    };
    Ok(Plan {
        today,
        application: standing.typed(tx.zone())?,
        version: row.version,
        name: row.name,
        profile: serde_json::from_value(row.profile)?,
        released_on: row.released_on,
        policies: policies::all(tx, today).await?,
        offices: offices::open(tx, lang, today).await?,
        supervisors: supervisors(tx, row.candidate_id).await?,
        other_offices: consents::is_given(tx, row.candidate_id.into(), Purpose::OtherOffices).await?,
        judged: cases::judged(tx, id).await?,
        earlier: earlier(tx, row.candidate_id).await?,
    })
}

impl Plan {
    pub fn office(&self, id: &str) -> Option<&Office> {
        self.offices.iter().find(|office| office.id == id)
    }

    /// Whether the candidate may be proposed there: they wished for it, or for no place in particular, or agreed to be
    /// considered for others.
    pub fn may_see(&self, office: &str) -> bool {
        let wishes = &self.profile.wishes.offices;
        self.other_offices || wishes.is_empty() || wishes.iter().any(|wish| wish == office)
    }

    /// The terms of a stay at an office, by its rates, less what is taken off them, if offered today.
    pub fn stated(
        &self,
        office: &Office,
        stay: Stay,
        rates: &[Rate],
        deductions: Deductions,
        waiver: Option<&Waiver>,
    ) -> Stated {
        let about = &self.profile.about;
        let proposal = Proposal {
            stay,
            stage: Stage::Initial,
            earlier: self.earlier.clone(),
            host_country: Some(office.country.clone()),
            nationalities: about.nationalities.clone(),
            recruited_in: Some(about.residence.clone()),
            medical_insurance: Vec::new(),
            offered_on: Some(self.today),
            allowance: None,
        };
        let terms = self.policies.at(&office.id).terms.terms_at(&proposal, rates, &deductions, waiver);
        Stated { terms, currency: rates.first().map(|rate| rate.currency.clone()), deductions }
    }

    /// The three rules for that first day there, released when the profile was.
    pub fn assessment(&self, office: &str, stay: Stay) -> Assessment {
        self.policies.at(office).assess(&self.profile, self.released_on, stay)
    }
}

/// Whoever supervises somewhere, except me and the candidate: nobody acts twice on the same case.
async fn supervisors(tx: &mut Tx<HrReviewer>, candidate: Uuid) -> Result<Vec<Supervisor>> {
    let me = tx.actor();
    Ok(sqlx::query_as!(
        Supervisor,
        r#"select p.id, o.office_id as office, trim(p.given_names || ' ' || p.family_names) as "name!"
           from supervisor_office o join person p on p.id = o.person_id
           join person_role r on r.person_id = p.id and r.role = 'supervisor'
           where p.disabled_at is null and p.id <> $1 and p.id <> $2
           order by o.office_id, p.family_names, p.id limit 1000"#,
        me.0,
        candidate
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Internships that took place, or are agreed to.
async fn earlier(tx: &mut Tx<HrReviewer>, candidate: Uuid) -> Result<Vec<Stay>> {
    Ok(sqlx::query_as!(
        Stay,
        r#"select p.starts_on as start, p.ends_on as "end" from placement p
           join application a on a.id = p.application_id
           where a.candidate_id = $1 and p.state in ('accepted', 'ready', 'started', 'completed', 'ended_early')"#,
        candidate
    )
    .fetch_all(&mut **tx)
    .await?)
}
