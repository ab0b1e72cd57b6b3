//! Human Resources and its director see how the programme goes: stages, waiting, money, insurance.

mod chart;
mod dashboard;
mod export;
mod figures;
mod insurance;
mod words;

use crate::domain::role::RoleName;
use crate::web::{App, Error, Member, Proved, Result};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};

pub fn routes() -> axum::Router<App> {
    axum::Router::new().merge(dashboard::routes()).merge(export::routes()).merge(insurance::routes())
}

/// Whoever may read reports: a reviewer or the director of Human Resources.
pub struct Reporter(Member);

impl FromRequestParts<App> for Reporter {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let member = Member::from_request_parts(parts, app).await?;
        match member.holds(RoleName::HrReviewer) || member.holds(RoleName::HrDirector) {
            true => member.at_work().map(|()| Reporter(member)),
            false => Err(Error::Forbidden),
        }
    }
}

impl Proved for Reporter {
    fn proved_at(&self) -> DateTime<Utc> {
        self.0.proved_at()
    }
}
