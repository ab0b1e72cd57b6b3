//! Human Resources says why: the form of a step that needs nothing but a reason.

use super::{Case, Shared, case};
use crate::db::Tx;
use crate::domain::placement::State;
use crate::text::Lang;
use crate::web::{Filled, HrReviewer, Page, Problem, Result, html, see_other};
use axum::response::Response;

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    pub seen: i32,
    #[validate(length(max = 1000))]
    pub reason: String,
}

impl Form {
    /// # Errors
    /// If no reason is given.
    pub fn read(&self) -> Result<(), Vec<Problem>> {
        match self.reason.is_empty() {
            true => Err(vec![Problem::missing("reason", |l| Shared(l).say_why())]),
            false => Ok(()),
        }
    }
}

/// What a step is called, which is also its button, and what follows from it.
pub struct Words {
    pub title: String,
    pub lead: String,
}

#[derive(askama::Template)]
#[template(path = "placements/reason.html")]
struct View {
    page: Page<Shared>,
    words: Words,
    form: Filled<Form>,
    id: uuid::Uuid,
    name: String,
}

/// The form as it is shown first.
pub fn ask(me: &HrReviewer, now: &Case, words: fn(Lang) -> Words) -> Result<Response> {
    show(me, now, words, Filled::fresh(Form { seen: now.version(), ..Form::default() }))
}

pub fn show(me: &HrReviewer, now: &Case, words: fn(Lang) -> Words, form: Filled<Form>) -> Result<Response> {
    let (page, words) = (me.page(Shared), words(me.lang));
    html(form.status(), &View { page, words, form, id: now.id(), name: now.name.clone() })
}

/// The step was not taken: it had led to `state` already, for this reason, or the placement has moved on.
pub async fn moved_on(
    me: &HrReviewer,
    mut tx: Tx<HrReviewer>,
    now: &Case,
    words: fn(Lang) -> Words,
    form: Form,
    state: State,
) -> Result<Response> {
    let now = case(&mut tx, now.id()).await?;
    if now.is_done(form.seen, state, &form.reason) {
        return see_other(&format!("/placements/{}", now.id()));
    }
    let again = Form { seen: now.version(), ..form };
    show(me, &now, words, Filled::overtaken(again, |l| Shared(l).overtaken()))
}
