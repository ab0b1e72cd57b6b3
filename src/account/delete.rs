//! I delete my account, whatever state my application is in. Only an internship under way makes it wait for its end,
//! and then that is written down.

use super::{Shared, hold, prove};
use crate::db::{Note, Tx};
use crate::erasure::{self, Ground, Outcome};
use crate::retention;
use crate::text::texts;
use crate::web::{Anyone, App, Error, Filled, Member, Page, Posted, Result, form, html, see_other, session};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, routing::get};
use chrono::{DateTime, NaiveDate, Utc};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/account/delete", get(ask).post(delete))
        .route("/account/delete/call-off", get(back).post(call_off))
        .route("/account/deleted", get(deleted))
}

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    current_password: String,
    #[validate(custom(function = form::ticked))]
    sure: bool,
}

#[derive(askama::Template)]
#[template(path = "account/delete.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    form: Filled<Form>,
    content: Content,
}

enum Content {
    /// Members of staff hold other people's cases: the administrator closes their accounts.
    Staff,
    /// Asked for, and waiting for the end of an internship.
    Asked { at: DateTime<Utc>, until: NaiveDate },
    /// Can be asked for; `until`: but has to wait for the end of an internship.
    Ready { until: Option<NaiveDate> },
    /// A legal hold forbids it for now; `asked`: it follows by itself afterwards.
    Held { until: NaiveDate, asked: bool },
}

async fn ask(me: Member) -> Result<Response> {
    let content = content(&me, &mut me.begin().await?).await?;
    show(&me, Filled::default(), content)
}

async fn delete(me: Member, form: Posted<Form>) -> Result<Response> {
    if me.is_staff() {
        return Err(Error::Forbidden);
    }
    let form = match form.judge(|f| Ok::<_, Vec<_>>(f.clone())) {
        Ok(form) => form,
        Err(form) => {
            let content = content(&me, &mut me.begin().await?).await?;
            return show(&me, form, content);
        }
    };
    let proved = match prove(&me, &form.current_password).await? {
        Ok(proved) => proved,
        Err(problem) => {
            let content = content(&me, &mut me.begin().await?).await?;
            return show(&me, Filled::with(form, vec![problem]), content);
        }
    };
    let mut tx = me.begin().await?;
    if let Err(error) = hold(&mut tx, &proved).await {
        let gone = sqlx::query!("select from person where id = $1 and erased_at is not null", me.id.0);
        let is_gone = gone.fetch_optional(&mut *tx).await?.is_some();
        return if is_gone { see_other("/account/deleted") } else { Err(error) };
    }
    match erasure::erase(&mut tx, me.id, Ground::Wish).await? {
        Outcome::Erased { done, files } => {
            tx.commit(done).await?;
            for id in files {
                if let Err(error) = me.files().remove(id).await {
                    tracing::warn!(%error, %id, "the file of an erased document is removed later");
                }
            }
            let cookie = session::end_cookie(me.settings().https)?;
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/account/deleted")).into_response())
        }
        waits @ (Outcome::Waits(_) | Outcome::Held) => {
            let ground = if matches!(waits, Outcome::Held) { "legal_hold" } else { "active_internship" };
            let now = tx.now();
            let asked = sqlx::query!(
                "insert into erasure (person_id, asked_at, ground) values ($1, $2, $3)
                 on conflict (person_id) do nothing",
                me.id.0,
                now,
                ground
            );
            if asked.execute(&mut *tx).await?.rows_affected() > 0 {
                let done = tx.note(Note::ErasureAsked, me.id.0, &[]).await?;
                tx.commit(done).await?;
            }
            see_other("/account/delete")
        }
    }
}

/// Whoever had to sign in first comes back here, and decides again.
async fn back(_: Member) -> Result<Response> {
    see_other("/account/delete")
}

/// An erasure that waits may be thought better of.
async fn call_off(me: Member) -> Result<Response> {
    let mut tx = me.begin().await?;
    let gone = sqlx::query!("delete from erasure where person_id = $1", me.id.0);
    if gone.execute(&mut *tx).await?.rows_affected() > 0 {
        let done = tx.note(Note::ErasureCalledOff, me.id.0, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/account?after=kept")
}

async fn content(me: &Member, tx: &mut Tx<Member>) -> Result<Content> {
    if me.is_staff() {
        return Ok(Content::Staff);
    }
    let asked = sqlx::query_scalar!("select asked_at from erasure where person_id = $1", me.id.0);
    let asked = asked.fetch_optional(&mut **tx).await?;
    let today = tx.today();
    if let Some(until) = retention::held_until(tx, me.id.0, today).await? {
        return Ok(Content::Held { until, asked: asked.is_some() });
    }
    let until = erasure::waits(tx, me.id).await?.map(|under_way| under_way.until);
    Ok(match (asked, until) {
        (Some(at), Some(until)) => Content::Asked { at, until },
        (_, until) => Content::Ready { until },
    })
}

fn show(me: &Member, form: Filled<Form>, content: Content) -> Result<Response> {
    html(form.status(), &View { page: me.page(Text), shared: Shared(me.lang), form, content })
}

#[derive(askama::Template)]
#[template(path = "account/deleted.html")]
struct Deleted {
    page: Page<Text>,
}

async fn deleted(me: Anyone) -> Result<Response> {
    html(StatusCode::OK, &Deleted { page: me.page(Text) })
}

texts!(Text {
    title: "Delete your account", "Supprimer votre compte", "Eliminar su cuenta";
    lead: "It cannot be undone, and it is possible whatever state your application is in.", "C’est définitif, et possible quel que soit l’état de votre candidature.",
        "Es definitivo y posible sea cual sea el estado de su candidatura.";
    goes: "What goes, at once", "Ce qui disparaît aussitôt", "Lo que desaparece de inmediato";
    goes_profile: "your name, your email address and your password", "votre nom, votre adresse électronique et votre mot de passe", "su nombre, su dirección de correo y su contraseña";
    goes_documents: "your profile, every version you released, and your documents", "votre dossier, chaque version transmise et vos documents", "su perfil, cada versión que envió y sus documentos";
    goes_open: "an open application: it is withdrawn. A placement that has not begun: it is called off, and the office is told", "une candidature en cours : elle est retirée. Une affectation qui n’a pas commencé : elle est annulée et le bureau est prévenu",
        "una candidatura abierta: se retira. Una plaza que no ha empezado: se cancela y se avisa a la oficina";
    goes_reasons: "what others wrote about you in decisions", "ce que d’autres ont écrit sur vous dans les décisions", "lo que otras personas escribieron sobre usted en las decisiones";
    stays: "What stays, and why", "Ce qui reste, et pourquoi", "Lo que queda, y por qué";
    stays_counts: "that there was an application, with its reference, dates and outcome but no name: so that counts stay true and decisions can be accounted for",
        "le fait qu’il y a eu une candidature, avec sa référence, ses dates et son issue mais sans nom : pour que les chiffres restent justes et que les décisions puissent être expliquées",
        "que hubo una candidatura, con su referencia, sus fechas y su resultado, pero sin nombre: para que las cifras sigan siendo ciertas y se pueda rendir cuentas de las decisiones";
    stays_internship: "the dates and tasks of an internship you did, without your name: so that a certificate can still be verified", "les dates et les tâches d’un stage que vous avez fait, sans votre nom : pour qu’une attestation puisse encore être vérifiée",
        "las fechas y tareas de una pasantía que hizo, sin su nombre: para que un certificado pueda seguir verificándose";
    copy_first: "You may want to take a copy of everything first.", "Vous souhaitez peut-être d’abord prendre une copie de tout.", "Quizá quiera llevarse antes una copia de todo.";
    copy: "A copy of everything", "Une copie de tout", "Una copia de todo";
    held(day): "A legal matter obliges us to keep your data until {day}. You can ask for your account to be deleted now: it is deleted by itself once we may.",
        "Une procédure juridique nous oblige à conserver vos données jusqu’au {day}. Vous pouvez demander dès maintenant la suppression de votre compte : il sera supprimé automatiquement dès que nous en aurons le droit.",
        "Un asunto jurídico nos obliga a conservar sus datos hasta el {day}. Puede pedir ya que se elimine su cuenta: se eliminará automáticamente en cuanto podamos hacerlo.";
    held_asked(day): "You asked for your account to be deleted. A legal matter obliges us to keep your data until {day}; the account is deleted by itself once we may.",
        "Vous avez demandé la suppression de votre compte. Une procédure juridique nous oblige à conserver vos données jusqu’au {day} ; le compte sera supprimé automatiquement dès que nous en aurons le droit.",
        "Pidió que se eliminara su cuenta. Un asunto jurídico nos obliga a conservar sus datos hasta el {day}; la cuenta se eliminará automáticamente en cuanto podamos hacerlo.";
    waits(day): "Your internship is under way until {day}. While it lasts the office and the insurers have to know whom they host, so your account is deleted by itself once it has ended. Your wish is written down today.",
        "Votre stage est en cours jusqu’au {day}. Tant qu’il dure, le bureau et les assureurs doivent savoir qui ils accueillent : votre compte sera supprimé automatiquement dès qu’il sera terminé. Votre demande est enregistrée aujourd’hui.",
        "Su pasantía está en curso hasta el {day}. Mientras dure, la oficina y las aseguradoras deben saber a quién acogen, así que su cuenta se eliminará automáticamente cuando termine. Su petición queda registrada hoy.";
    asked(at, until): "You asked for your account to be deleted on {at}. Your internship is under way until {until}; the account is deleted by itself once it has ended.",
        "Vous avez demandé la suppression de votre compte le {at}. Votre stage est en cours jusqu’au {until} ; le compte sera supprimé automatiquement dès qu’il sera terminé.",
        "Pidió que se eliminara su cuenta el {at}. Su pasantía está en curso hasta el {until}; la cuenta se eliminará automáticamente cuando termine.";
    call_off: "Keep my account after all", "Finalement, garder mon compte", "Conservar mi cuenta, finalmente";
    staff: "You work here with this account. The administrator closes it, so that the cases you hold find somebody else.",
        "Vous travaillez ici avec ce compte. L’administration le ferme, afin que les dossiers qui vous sont attribués trouvent quelqu’un d’autre.",
        "Usted trabaja aquí con esta cuenta. La administración la cierra, para que los expedientes que tiene pasen a otra persona.";
    sure: "I want my account and all it holds to be deleted", "Je souhaite que mon compte et tout ce qu’il contient soient supprimés", "Quiero que se eliminen mi cuenta y todo lo que contiene";
    delete: "Delete my account", "Supprimer mon compte", "Eliminar mi cuenta";
    keep: "Keep it", "Le garder", "Conservarla";
    done_title: "Your account is deleted", "Votre compte est supprimé", "Su cuenta se ha eliminado";
    done_lead: "A last letter to your address confirms it. You may come back at any time with a new account.", "Un dernier courriel à votre adresse le confirme. Vous pouvez revenir à tout moment avec un nouveau compte.",
        "Un último mensaje a su dirección lo confirma. Puede volver en cualquier momento con una cuenta nueva.";
    start_page: "Start page", "Page d’accueil", "Página de inicio";
});
