//! Anybody has a certificate confirmed by its code, without an account.

use crate::domain::certificate::Code;
use crate::offices;
use crate::reference::areas;
use crate::text::texts;
use crate::underway::certificates::{self, Certificate};
use crate::web::{Anyone, App, Error, Filled, Page, Path, Problem, Query, Result, html, see_other};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/verify", get(ask)).route("/verify/{code}", get(answer))
}

/// Tries per address and quarter of an hour. A code has 80 random bits: this keeps the guessing away, not the luck.
const TRIES: i32 = 30;
const WINDOW_SECONDS: i64 = 15 * 60;

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Form {
    code: String,
}

#[derive(askama::Template)]
#[template(path = "public/verify.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
}

#[derive(askama::Template)]
#[template(path = "public/verified.html")]
struct Verified {
    page: Page<Text>,
    code: String,
    certificate: Option<Certificate>,
    place: String,
    area: String,
}

async fn ask(anyone: Anyone, Query(form): Query<Form>) -> Result<Response> {
    if form.code.is_empty() {
        return show(&anyone, Filled::fresh(form));
    }
    match Code::read(&form.code) {
        Some(code) => see_other(&format!("/verify/{}", code.as_str())),
        None => show(&anyone, Filled::with(form, vec![Problem::at("code", |l| Text(l).sixteen())])),
    }
}

async fn answer(anyone: Anyone, Path(typed): Path<String>) -> Result<Response> {
    if !anyone.may_try(&format!("verify {}", anyone.address), TRIES, WINDOW_SECONDS).await? {
        return Err(Error::TooMany);
    }
    let mut tx = anyone.begin().await?;
    let code = Code::read(&typed);
    let certificate = match &code {
        Some(code) => certificates::with_code(&mut tx, code).await?,
        None => None,
    };
    let status = if certificate.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let places = offices::names(&mut tx, anyone.lang).await?;
    let stated = certificate.as_ref();
    let view = Verified {
        page: anyone.page(Text),
        code: code.map_or(typed, |code| code.grouped()),
        place: stated.map_or(String::new(), |c| places.get(&c.office).unwrap_or(&c.office).clone()),
        area: stated.map_or(String::new(), |c| {
            areas::area(&c.area).map_or(c.area.as_str(), |area| area.name(anyone.lang)).to_owned()
        }),
        certificate,
    };
    let mut response = html(status, &view)?;
    // a name belongs to whoever holds the code, not to search engines
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    Ok(response)
}

fn show(anyone: &Anyone, form: Filled<Form>) -> Result<Response> {
    html(form.status(), &View { page: anyone.page(Text), form })
}

texts!(Text {
    title: "Verify a certificate", "Vérifier une attestation", "Verificar un certificado";
    lead: "Every certificate of an internship bears a code. Type it to see what we certified.",
        "Chaque attestation de stage porte un code. Saisissez-le pour voir ce que nous avons attesté.",
        "Cada certificado de pasantía lleva un código. Escríbalo para ver lo que certificamos.";
    code: "Code of the certificate", "Code de l’attestation", "Código del certificado";
    code_hint: "Sixteen letters and digits. Capitals, spaces and hyphens do not matter.",
        "Seize lettres et chiffres. Majuscules, espaces et traits d’union n’ont pas d’importance.",
        "Dieciséis letras y cifras. Las mayúsculas, los espacios y los guiones no importan.";
    sixteen: "Enter the sixteen letters and digits of the code, such as 7K3D-9QXW-2M5T-HB8N",
        "Indiquez les seize lettres et chiffres du code, par exemple 7K3D-9QXW-2M5T-HB8N",
        "Indique las dieciséis letras y cifras del código, por ejemplo 7K3D-9QXW-2M5T-HB8N";
    verify: "Verify", "Vérifier", "Verificar";
    genuine: "This certificate is genuine", "Cette attestation est authentique", "Este certificado es auténtico";
    genuine_lead(day): "We issued it on {day}. Compare what it states with the paper you were given.",
        "Nous l’avons délivrée le {day}. Comparez ce qu’elle indique avec le document que vous avez reçu.",
        "Lo expedimos el {day}. Compare lo que indica con el documento que ha recibido.";
    name: "Name", "Nom", "Nombre";
    station: "Duty station", "Lieu d’affectation", "Lugar de destino";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    first_day: "First day", "Premier jour", "Primer día";
    last_day: "Last day", "Dernier jour", "Último día";
    code_is: "Code", "Code", "Código";
    unknown: "There is no certificate with this code", "Aucune attestation ne porte ce code", "No hay ningún certificado con este código";
    unknown_lead(code): "The code was {code}. Compare it with the paper, character by character, and try again. If it stays unknown, we did not issue it.",
        "Le code saisi est {code}. Comparez-le avec le document, caractère par caractère, et réessayez. S’il reste inconnu, nous ne l’avons pas délivrée.",
        "El código era {code}. Compárelo con el documento, carácter por carácter, e inténtelo de nuevo. Si sigue sin aparecer, no lo expedimos nosotros.";
    another: "Verify another code", "Vérifier un autre code", "Verificar otro código";
});
