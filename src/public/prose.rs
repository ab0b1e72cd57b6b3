//! The rules of the programme, what happens to people's data, accessibility, help: one template per language.

use crate::domain::policy::Policy;
use crate::explain::eligibility::one_of;
use crate::policies;
use crate::text::{Lang, texts};
use crate::web::{Anyone, App, Page, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/rules", get(rules))
        .route("/privacy", get(privacy))
        .route("/accessibility", get(accessibility))
        .route("/help", get(help))
}

#[derive(askama::Template)]
#[template(path = "public/rules.html")]
struct Rules {
    page: Page<Text>,
    policy: Policy,
}

impl Rules {
    /// The oldest age at which somebody may start.
    fn to_age(&self) -> u32 {
        self.policy.eligibility.below_age.saturating_sub(1)
    }

    /// Of which one is enough.
    fn languages(&self) -> String {
        one_of(&self.policy.eligibility, self.page.lang)
    }
}

#[derive(askama::Template)]
#[template(path = "public/privacy.html")]
struct Privacy {
    page: Page<Text>,
}

#[derive(askama::Template)]
#[template(path = "public/accessibility.html")]
struct Accessibility {
    page: Page<Text>,
}

#[derive(askama::Template)]
#[template(path = "public/help.html")]
struct Help {
    page: Page<Text>,
}

async fn rules(anyone: Anyone) -> Result<Response> {
    html(StatusCode::OK, &Rules { policy: policy(&anyone).await?, page: anyone.page(Text) })
}

async fn privacy(anyone: Anyone) -> Result<Response> {
    html(StatusCode::OK, &Privacy { page: anyone.page(Text) })
}

async fn accessibility(anyone: Anyone) -> Result<Response> {
    html(StatusCode::OK, &Accessibility { page: anyone.page(Text) })
}

async fn help(anyone: Anyone) -> Result<Response> {
    html(StatusCode::OK, &Help { page: anyone.page(Text) })
}

/// The numbers in the prose are those in force.
async fn policy(anyone: &Anyone) -> Result<Policy> {
    let mut tx = anyone.begin().await?;
    let today = tx.today();
    policies::in_force(&mut tx, today).await
}

texts!(Text {
    rules: "Programme rules", "Règles du programme", "Normas del programa";
    privacy: "Your data", "Vos données", "Sus datos";
    accessibility: "Accessibility", "Accessibilité", "Accesibilidad";
    help: "Get help", "Obtenir de l’aide", "Obtener ayuda";
    privacy_version(version): "Privacy notice, version {version}", "Notice de confidentialité, version {version}", "Aviso de privacidad, versión {version}";
    in_force(day): "In force since {day}", "En vigueur depuis le {day}", "En vigor desde el {day}";
});
