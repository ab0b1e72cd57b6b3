//! One error for all handlers; one layer that dresses it as a page in the reader's language.

use super::page::{Chrome, Page};
use super::{Anyone, App};
use crate::db;
use crate::text::texts;
use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::any::Any;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in: sign in first, then come back here.
    #[error("signed out")]
    SignedOut { back_to: String },
    /// Whoever works here sets up a second factor first.
    #[error("no second factor yet")]
    SecondFactorFirst,
    /// The organisation's identity provider keeps it: the page of the account says so.
    #[error("kept by the organisation")]
    KeptElsewhere,
    #[error("proved who they are too long ago")]
    ProveAgain { back_to: String },
    #[error("not for this role")]
    Forbidden,
    #[error("no such thing, or not for you")]
    NotFound,
    /// The person the case is about has been erased.
    #[error("erased")]
    Erased,
    #[error("somebody else was faster")]
    Conflict,
    #[error("too many tries")]
    TooMany,
    /// The organisation opens no file that has not been looked through for malware.
    #[error("the file has not been scanned yet")]
    NotScanned,
    #[error("the file was infected and is gone")]
    Infected,
    /// A paper for the first day whose file is no longer kept.
    #[error("the file had its time and is gone")]
    Past,
    #[error("unreadable request")]
    Unreadable,
    #[error("the request is too large")]
    TooLarge,
    #[error("recorded a case that is not there")]
    NoStep,
    #[error("database")]
    Database(sqlx::Error),
    #[error("template")]
    Template(#[from] askama::Error),
    #[error("stored data cannot be read")]
    Stored(#[from] serde_json::Error),
    #[error("file store")]
    Files(#[from] std::io::Error),
    /// Something we owe is missing, such as a policy in force.
    #[error("missing: {0}")]
    Missing(&'static str),
}

impl Error {
    pub fn signed_out(uri: &Uri) -> Error {
        Error::SignedOut { back_to: address(uri) }
    }

    pub fn prove_again(uri: &Uri) -> Error {
        Error::ProveAgain { back_to: address(uri) }
    }

    /// The constraint that refused a write, if one did.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Error::Database(sqlx::Error::Database(e)) => e.constraint(),
            _ => None,
        }
    }
}

fn address(uri: &Uri) -> String {
    uri.path_and_query().map(ToString::to_string).unwrap_or_default()
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Error::NotFound,
            // agreed elsewhere this very moment: what the terms forbid is refused, whoever comes second
            sqlx::Error::Database(refused)
                if matches!(refused.constraint(), Some("one_place_at_a_time" | "within_the_total")) =>
            {
                Error::Conflict
            }
            error => Error::Database(error),
        }
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Conflict => Error::Conflict,
            db::Error::NoStep => Error::NoStep,
            db::Error::Sqlx(error) => error.into(),
        }
    }
}

impl From<axum::extract::rejection::PathRejection> for Error {
    fn from(_: axum::extract::rejection::PathRejection) -> Self {
        Error::NotFound
    }
}

/// An answer of ours that wants to be dressed as a problem page.
#[derive(Clone, Copy)]
struct Undressed {
    /// What is gone is a file, not a person: for malware in it, or because it had its time.
    infected: bool,
    past: bool,
}

/// Marks the answer to somebody who is not signed in, and has to be, or who has to prove again who they are: the page
/// that asks them.
#[derive(Clone, Copy)]
pub(super) struct AskedToSignIn(pub &'static str);

fn asked(page: &'static str, back_to: &str) -> Response {
    let back: String = back_to.bytes().map(percent).collect();
    let mut response = Redirect::to(&format!("{page}?next={back}")).into_response();
    response.extensions_mut().insert(AskedToSignIn(page));
    response
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = match &self {
            Error::SignedOut { back_to } => return asked("/sign-in", back_to),
            Error::ProveAgain { back_to } => return asked("/account/again", back_to),
            Error::SecondFactorFirst => return Redirect::to("/account/second-factor").into_response(),
            Error::KeptElsewhere => return Redirect::to("/account?after=organisation").into_response(),
            Error::Forbidden => StatusCode::FORBIDDEN,
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Erased | Error::Infected | Error::Past => StatusCode::GONE,
            Error::Conflict => StatusCode::CONFLICT,
            Error::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Error::NotScanned => StatusCode::LOCKED,
            Error::Unreadable => StatusCode::BAD_REQUEST,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::NoStep
            | Error::Database(_)
            | Error::Template(_)
            | Error::Stored(_)
            | Error::Files(_)
            | Error::Missing(_) => {
                // logged once, here where it ends; the text of a database error never names a person's data
                tracing::error!(error = %Cause(&self), "request failed");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Undressed {
            infected: matches!(self, Error::Infected),
            past: matches!(self, Error::Past),
        });
        response
    }
}

/// Something of ours broke off. Its message may quote what it stumbled on, somebody's name: where it broke is logged by
/// the binary, and no more.
pub fn broke_off(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("request broke off");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// An error and what caused it, without the rows a database error may quote.
struct Cause<'a>(&'a Error);

impl std::fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Error::Database(sqlx::Error::Database(e)) => {
                write!(f, "database: code {:?}, constraint {:?}", e.code(), e.constraint())
            }
            Error::Database(e) => write!(f, "database: {e}"),
            Error::Template(e) => write!(f, "template: {e}"),
            Error::Stored(e) => write!(f, "stored json: line {} column {}", e.line(), e.column()),
            Error::Files(e) => write!(f, "file store: {e}"),
            error => error.fmt(f),
        }
    }
}

fn percent(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

#[derive(Template)]
#[template(path = "errors/problem.html")]
struct View {
    page: Page<Text>,
    status: u16,
    title: String,
    lead: String,
    safe: String,
}

/// Turns bare errors, ours and the framework's, into pages that help.
pub async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let (mut parts, body) = request.into_parts();
    let bare = axum::http::Request::new(());
    let (mut copy, ()) = bare.into_parts();
    copy.headers = parts.headers.clone();
    copy.uri = parts.uri.clone();
    std::mem::swap(&mut copy.extensions, &mut parts.extensions);
    parts.extensions = copy.extensions.clone();
    let response = next.run(Request::from_parts(parts, body)).await;

    let status = response.status();
    let framework =
        response.headers().get(header::CONTENT_TYPE).is_none_or(|t| t.as_bytes().starts_with(b"text/plain"));
    let ours = response.extensions().get::<Undressed>().copied();
    if api || !(status.is_client_error() || status.is_server_error()) || !(ours.is_some() || framework) {
        return response;
    }
    let (page, settings_lang) = match Anyone::from_request_parts(&mut copy, &app).await {
        Ok(reader) => (reader.page(Text), reader.lang),
        // the database itself may be what is wrong: then the page knows nobody
        Err(_) => {
            let lang = super::language::chosen(&copy)
                .or_else(|| super::language::of_browser(&copy))
                .unwrap_or_default();
            (Page::new(lang, Chrome::new(&copy, None, &app), Text(lang), app.db.zone()), lang)
        }
    };
    let t = Text(settings_lang);
    let (title, lead) = match status {
        StatusCode::NOT_FOUND => (t.not_found(), t.not_found_lead()),
        StatusCode::FORBIDDEN => (t.forbidden(), t.forbidden_lead()),
        StatusCode::GONE if ours.is_some_and(|ours| ours.infected) => (t.infected(), t.infected_lead()),
        StatusCode::GONE if ours.is_some_and(|ours| ours.past) => (t.past(), t.past_lead()),
        StatusCode::GONE => (t.erased(), t.erased_lead()),
        StatusCode::CONFLICT => (t.conflict(), t.conflict_lead()),
        StatusCode::TOO_MANY_REQUESTS => (t.too_many(), t.too_many_lead()),
        StatusCode::LOCKED => (t.not_scanned(), t.not_scanned_lead()),
        StatusCode::PAYLOAD_TOO_LARGE => (t.too_large(), t.too_large_lead()),
        status if status.is_server_error() => (t.broken(), t.broken_lead()),
        _ => (t.unreadable(), t.unreadable_lead()),
    };
    let view = View { page, status: status.as_u16(), title, lead, safe: t.safe() };
    let mut dressed = match view.render() {
        Ok(html) => (status, axum::response::Html(html)).into_response(),
        Err(_) => return response,
    };
    if status == StatusCode::TOO_MANY_REQUESTS {
        dressed.headers_mut().insert(HeaderName::from_static("retry-after"), HeaderValue::from_static("900"));
    }
    if let Some(allow) = response.headers().get(header::ALLOW) {
        dressed.headers_mut().insert(header::ALLOW, allow.clone());
    }
    dressed
}

texts!(Text {
    start_page: "Start page", "Page d’accueil", "Página de inicio";
    code(status): "Error {status}", "Erreur {status}", "Error {status}";
    not_found: "This page cannot be found", "Cette page est introuvable", "Esta página no se encuentra";
    not_found_lead: "The address may be mistyped, or the page may have moved.",
        "L’adresse est peut-être mal saisie, ou la page a été déplacée.",
        "Puede que la dirección esté mal escrita o que la página haya cambiado de lugar.";
    forbidden: "This page is not for your account", "Cette page n’est pas pour votre compte",
        "Esta página no es para su cuenta";
    forbidden_lead: "You are signed in, but this page belongs to another role. If you followed a link in a letter, sign in with the account it was sent to.",
        "Vous avez ouvert une session, mais cette page relève d’un autre rôle. Si vous avez suivi un lien reçu par courriel, connectez-vous avec le compte auquel il a été envoyé.",
        "Ha iniciado sesión, pero esta página corresponde a otra función. Si siguió un enlace de un mensaje, inicie sesión con la cuenta a la que se envió.";
    erased: "This person’s account is deleted", "Le compte de cette personne est supprimé", "La cuenta de esta persona está eliminada";
    erased_lead: "The profile and the documents no longer exist. The reference, the dates and the outcome stay in the lists.",
        "Le dossier et les documents n’existent plus. La référence, les dates et l’issue restent dans les listes.",
        "El perfil y los documentos ya no existen. La referencia, las fechas y el resultado siguen en las listas.";
    conflict: "Somebody was faster", "Quelqu’un a été plus rapide", "Alguien se adelantó";
    conflict_lead: "What you were looking at has changed in the meantime. Go back, read what is new, and decide again.",
        "Ce que vous regardiez a changé entre-temps. Revenez en arrière, lisez ce qui est nouveau et décidez à nouveau.",
        "Lo que estaba viendo ha cambiado entretanto. Vuelva atrás, lea las novedades y decida de nuevo.";
    too_many: "Too many attempts", "Trop de tentatives", "Demasiados intentos";
    too_many_lead: "Wait a quarter of an hour, then try again. This protects accounts, including yours.",
        "Attendez un quart d’heure, puis réessayez. Cela protège les comptes, y compris le vôtre.",
        "Espere un cuarto de hora y vuelva a intentarlo. Así se protegen las cuentas, incluida la suya.";
    not_scanned: "This file has not been scanned yet", "Ce fichier n’a pas encore été analysé", "Este archivo aún no se ha analizado";
    not_scanned_lead: "It opens as soon as it has been looked through for malicious software, usually within minutes. Come back then.",
        "Il s’ouvrira dès que l’analyse à la recherche de logiciels malveillants sera terminée, en général en quelques minutes. Revenez à ce moment-là.",
        "Se abrirá en cuanto se haya comprobado que no contiene programas maliciosos, normalmente en unos minutos. Vuelva entonces.";
    infected: "This file contained malicious software and is gone", "Ce fichier contenait un logiciel malveillant et a été supprimé",
        "Este archivo contenía un programa malicioso y se ha eliminado";
    infected_lead: "It was deleted, and nobody can open it any more. Whoever uploaded it was asked for another copy.",
        "Il a été supprimé et plus personne ne peut l’ouvrir. La personne qui l’avait déposé a été invitée à en fournir une autre copie.",
        "Se ha eliminado y ya nadie puede abrirlo. Se ha pedido otra copia a la persona que lo subió.";
    past: "This file is no longer kept", "Ce fichier n’est plus conservé", "Este archivo ya no se conserva";
    past_lead: "Papers for the first day are deleted some time after the internship. What they were, and that they were accepted, stays on record.",
        "Les documents du premier jour sont supprimés quelque temps après le stage. Leur nature et leur acceptation restent enregistrées.",
        "Los documentos para el primer día se eliminan un tiempo después de la pasantía. Qué eran y que se aceptaron queda registrado.";
    too_large: "That was too large to send", "L’envoi est trop volumineux", "El envío es demasiado grande";
    too_large_lead: "A file must be smaller than 10 MB. Go back and choose a smaller one.",
        "Un fichier doit faire moins de 10 Mo. Revenez en arrière et choisissez-en un plus petit.",
        "Un archivo debe pesar menos de 10 MB. Vuelva atrás y elija uno más pequeño.";
    unreadable: "We could not read what was sent", "Nous n’avons pas pu lire l’envoi",
        "No pudimos leer lo enviado";
    unreadable_lead: "Go back and send the form again. What you typed is usually still there.",
        "Revenez en arrière et envoyez à nouveau le formulaire. Ce que vous avez saisi s’y trouve en général encore.",
        "Vuelva atrás y envíe de nuevo el formulario. Lo que escribió suele seguir ahí.";
    broken: "Something on our side is not working", "Un problème de notre côté", "Algo no funciona de nuestro lado";
    broken_lead: "It is not your fault, and it has been recorded. Try again in a few minutes.",
        "Vous n’y êtes pour rien, et l’incident est enregistré. Réessayez dans quelques minutes.",
        "No es culpa suya y ha quedado registrado. Inténtelo de nuevo en unos minutos.";
    safe: "Everything you saved is still there.", "Tout ce que vous avez enregistré est toujours là.",
        "Todo lo que guardó sigue ahí.";
});
