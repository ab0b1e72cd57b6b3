//! I ask to use another address. It counts once the new mailbox has confirmed it; the old one is told at once, and can
//! undo it for a week. The answer is the same for an address that already has an account.

use super::{Shared, hold, prove};
use crate::db::Note;
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::text::texts;
use crate::web::fields::is_address;
use crate::web::{App, Filled, Member, Page, Posted, Problem, Result, SignsInHere, html, see_other};
use axum::{Router, response::Response, routing::get};
use chrono::TimeDelta;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/account/email", get(ask).post(change))
}

/// The same wish again within this time is a double click: it is written down once.
const ONE_WISH: TimeDelta = TimeDelta::minutes(10);

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    #[validate(length(max = 254))]
    email: String,
    current_password: String,
}

#[derive(askama::Template)]
#[template(path = "account/email.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    form: Filled<Form>,
    now: String,
}

async fn ask(SignsInHere(me): SignsInHere) -> Result<Response> {
    let now = address(&me).await?;
    show(&me, Filled::default(), now)
}

async fn change(SignsInHere(me): SignsInHere, form: Posted<Form>) -> Result<Response> {
    let old = address(&me).await?;
    let judged = form.judge(|f| match () {
        () if f.email.is_empty() => Err(vec![Problem::missing("email", |l| Text(l).enter())]),
        () if !is_address(&f.email) => Err(vec![Problem::at("email", |l| Text(l).shape())]),
        () if f.email.to_lowercase() == old.to_lowercase() => {
            Err(vec![Problem::at("email", |l| Text(l).the_same())])
        }
        () => Ok(f.clone()),
    });
    let form = match judged {
        Ok(form) => form,
        Err(form) => return show(&me, form, old),
    };
    let proved = match prove(&me, &form.current_password).await? {
        Ok(proved) => proved,
        Err(problem) => return show(&me, Filled::with(form, vec![problem]), old),
    };
    // each wish writes to two mailboxes, one of which may be anybody's
    if !me.may_try("another address", 5, 3600).await? {
        let form = Filled::with(form, vec![Problem::at("email", |l| Text(l).too_often())]);
        return show(&me, form, old);
    }
    let mut tx = me.begin().await?;
    hold(&mut tx, &proved).await?;
    let (id, now) = (Uuid::now_v7(), tx.now());
    let inserted = sqlx::query!(
        "insert into email_change (id, person_id, old_email, new_email, asked_at)
         select $1, $2, $3, $4, $5 where not exists (select from email_change
             where person_id = $2 and lower(new_email) = lower($4) and confirmed_at is null and undone_at is null
               and asked_at > $6)",
        id,
        me.id.0,
        old,
        form.email,
        now,
        now - ONE_WISH
    );
    if inserted.execute(&mut *tx).await?.rows_affected() > 0 {
        let owner = sqlx::query_scalar!("select id from person where email_key = lower($1)", form.email);
        let owner = owner.fetch_optional(&mut *tx).await?.map(PersonId);
        match owner {
            Some(owner) => tx.send_to(&form.email, owner, Letter::AddressInUse, None).await?,
            None => tx.send_to(&form.email, me.id, Letter::NewEmail, Some(id)).await?,
        }
        tx.send_to(&old, me.id, Letter::EmailChanging, Some(id)).await?;
        let done = tx.note(Note::EmailChangeAsked, me.id.0, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/account?after=email")
}

async fn address(me: &Member) -> Result<String> {
    let mut tx = me.begin().await?;
    let email = sqlx::query_scalar!("select email from person where id = $1", me.id.0);
    Ok(email.fetch_one(&mut *tx).await?)
}

fn show(me: &Member, form: Filled<Form>, now: String) -> Result<Response> {
    html(form.status(), &View { page: me.page(Text), shared: Shared(me.lang), form, now })
}

texts!(Text {
    title: "Change your email address", "Changer d’adresse électronique", "Cambiar la dirección de correo electrónico";
    lead(now): "You sign in with {now} until you have opened the link that we send to the new address.",
        "Vous vous connectez avec {now} jusqu’à ce que vous ayez ouvert le lien que nous envoyons à la nouvelle adresse.",
        "Iniciará sesión con {now} hasta que abra el enlace que enviaremos a la nueva dirección.";
    new_address: "New email address", "Nouvelle adresse électronique", "Nueva dirección de correo electrónico";
    enter: "Enter the new email address", "Indiquez la nouvelle adresse électronique", "Indique la nueva dirección de correo electrónico";
    shape: "Enter an email address, such as name@example.org", "Indiquez une adresse électronique, par exemple nom@example.org",
        "Indique una dirección de correo, por ejemplo nombre@example.org";
    the_same: "This is your address already", "C’est déjà votre adresse", "Esta ya es su dirección";
    too_often: "Too many attempts. Wait an hour, then try again", "Trop de tentatives. Attendez une heure, puis réessayez",
        "Demasiados intentos. Espere una hora y vuelva a intentarlo";
    old_is_told: "The old address is told, and can undo the change for 7 days.", "L’ancienne adresse est prévenue et peut annuler le changement pendant 7 jours.",
        "Se avisa a la dirección anterior, que puede deshacer el cambio durante 7 días.";
    send: "Send the link", "Envoyer le lien", "Enviar el enlace";
});
