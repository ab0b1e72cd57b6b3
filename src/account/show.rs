//! My account at a glance: how it is set, and where each thing is changed.

use crate::consents;
use crate::text::{Lang, texts};
use crate::web::{App, Member, Page, Query, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};

pub fn routes() -> Router<App> {
    Router::new().route("/account", get(show))
}

/// What was done just before, to be said on the page.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Before {
    after: String,
}

#[derive(askama::Template)]
#[template(path = "account/show.html")]
struct View {
    page: Page<Text>,
    news: Option<String>,
    email: String,
    /// A new address that waits for its confirmation.
    waiting_email: Option<String>,
    letters_in: &'static str,
    sessions: i64,
    has_app: bool,
    passkeys: i64,
    /// What keeps address, password and second factor instead.
    organisation: Option<String>,
    is_candidate: bool,
    /// Optional purposes agreed to.
    consents: usize,
    erasure_asked: Option<DateTime<Utc>>,
}

async fn show(me: Member, Query(before): Query<Before>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = tx.now();
    let row = sqlx::query!(
        r#"select p.email, p.lang,
               (select c.new_email from email_change c
                where c.person_id = p.id and c.confirmed_at is null and c.undone_at is null
                  and c.asked_at > $2::timestamptz - interval '48 hours'
                order by c.asked_at desc limit 1) as waiting_email,
               exists (select from second_factor f where f.person_id = p.id and f.confirmed_at is not null)
                   as "has_app!",
               (select count(*) from passkey k where k.person_id = p.id) as "passkeys!",
               (select count(*) from session s where s.person_id = p.id and s.expires_at > $2
                  and s.last_seen_at + make_interval(secs => s.idle_seconds) > $2) as "sessions!",
               (select e.asked_at from erasure e where e.person_id = p.id) as erasure_asked
           from person p where p.id = $1"#,
        me.id.0,
        now
    )
    .fetch_one(&mut *tx)
    .await?;
    let t = Text(me.lang);
    let organisation = me.provider().map(|provider| provider.settings().name.clone());
    let news = match before.after.as_str() {
        "password" => Some(t.after_password()),
        "email" => Some(t.after_email()),
        "email-confirmed" => Some(t.after_confirmed()),
        "language" => Some(t.after_language()),
        "kept" => Some(t.after_kept()),
        "organisation" => organisation.as_ref().map(|name| t.kept_by(name)),
        _ => None,
    };
    let view = View {
        news,
        email: row.email,
        waiting_email: row.waiting_email,
        letters_in: Lang::from(row.lang).own_name(),
        sessions: row.sessions,
        has_app: row.has_app,
        passkeys: row.passkeys,
        organisation,
        is_candidate: me.is_candidate(),
        consents: consents::optional(&mut tx, me.id).await?.len(),
        erasure_asked: row.erasure_asked,
        page: me.page(Text),
    };
    html(StatusCode::OK, &view)
}

texts!(Text {
    title: "Your account", "Votre compte", "Su cuenta";
    signing_in: "Signing in", "Connexion", "Inicio de sesión";
    email: "Email address", "Adresse électronique", "Dirección de correo electrónico";
    waiting(email): "Waiting for you to confirm {email}", "En attente de votre confirmation : {email}", "A la espera de que confirme {email}";
    password: "Password", "Mot de passe", "Contraseña";
    password_hidden: "Known to you alone", "Connu de vous seul", "Solo usted la conoce";
    factor: "Second factor", "Deuxième facteur", "Segundo factor";
    factor_on: "A code from your app", "Un code de votre application", "Un código de su aplicación";
    factor_keys(n): "Passkeys: {n}", "Clés d’accès : {n}", "Llaves de acceso: {n}";
    factor_off: "None", "Aucun", "Ninguno";
    kept_by(name): "{name} keeps your address, your password and your second factor. Change them there.",
        "Votre adresse, votre mot de passe et votre deuxième facteur sont gérés par {name}. Modifiez-les là-bas.",
        "{name} guarda su dirección, su contraseña y su segundo factor. Cámbielos allí.";
    kept_there(name): "Kept by {name}", "Géré par {name}", "Lo guarda {name}";
    sessions: "Open sessions", "Sessions ouvertes", "Sesiones abiertas";
    see: "See", "Voir", "Ver";
    letters: "Language of letters", "Langue des courriels", "Idioma de los mensajes";
    your_data: "Your data", "Vos données", "Sus datos";
    consents: "What you agreed to", "Ce que vous avez accepté", "Lo que ha aceptado";
    consents_given(n): "Optional consents given: {n} of 2", "Accords facultatifs donnés : {n} sur 2", "Consentimientos opcionales dados: {n} de 2";
    opened: "Who opened your files", "Qui a ouvert vos fichiers", "Quién abrió sus archivos";
    opened_lead: "Every time somebody who works here did", "Chaque ouverture par une personne qui travaille ici", "Cada vez que lo hizo alguien que trabaja aquí";
    copy: "A copy of everything", "Une copie de tout", "Una copia de todo";
    copy_lead: "Your answers, documents and the record, in one file", "Vos réponses, vos documents et l’historique, en un fichier", "Sus respuestas, documentos e historial, en un archivo";
    download: "Download", "Télécharger", "Descargar";
    delete: "The end of the account", "La fin du compte", "El fin de la cuenta";
    delete_lead: "Delete your account and what it holds", "Supprimer votre compte et ce qu’il contient", "Eliminar su cuenta y lo que contiene";
    delete_do: "Delete", "Supprimer", "Eliminar";
    delete_waits(day): "You asked for it on {day}. It is done when your internship has ended", "Vous l’avez demandée le {day}. Elle aura lieu à la fin de votre stage", "La pidió el {day}. Se hará cuando termine su pasantía";
    after_password: "Your password is changed, and every other session has ended.", "Votre mot de passe est modifié et toutes les autres sessions sont fermées.",
        "Su contraseña ha cambiado y todas las demás sesiones se han cerrado.";
    after_email: "We have sent a link to the new address. Your address changes when you open it.", "Nous avons envoyé un lien à la nouvelle adresse. Votre adresse change quand vous l’ouvrez.",
        "Hemos enviado un enlace a la nueva dirección. Su dirección cambia cuando lo abra.";
    after_confirmed: "Your new address is confirmed. Sign in with it from now on.", "Votre nouvelle adresse est confirmée. Utilisez-la désormais pour vous connecter.",
        "Su nueva dirección está confirmada. Utilícela a partir de ahora para iniciar sesión.";
    after_language: "Letters come in the language you chose.", "Les courriels vous seront envoyés dans la langue choisie.", "Los mensajes le llegarán en el idioma elegido.";
    after_kept: "Your account stays.", "Votre compte est conservé.", "Su cuenta se conserva.";
});
