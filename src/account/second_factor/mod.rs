//! The second factor of my sign-in: whether there is one, and where it begins, is renewed and ends.

mod codes;
mod passkey;
mod passkey_add;
mod passkey_remove;
mod remove;
mod set_up;

use super::{Shared, TRIES, WINDOW_SECONDS, end_others, hold, prove, proved};
use crate::db::{Note, Tx};
use crate::domain::letter::Letter;
use crate::factors::{self, Answer, Proof, Standing, passkeys, words};
use crate::text::texts;
use crate::web::{
    App, Filled, KeptHere, Member, Page, Posted, Problem, Query, Result, SignsInHere, html, see_other,
};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/account/second-factor", get(ask).post(begin))
        .merge(set_up::routes())
        .merge(codes::routes())
        .merge(remove::routes())
        .merge(passkey::routes())
        .merge(passkey_add::routes())
        .merge(passkey_remove::routes())
}

const HERE: &str = "/account/second-factor";
const REMOVED: &str = "/account/second-factor?after=removed";

/// What was done just before, to be said on the page.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Before {
    after: String,
}

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    #[validate(length(max = 200))]
    current_password: String,
}

/// Password and code, or a passkey's answer in place of the code, for what weakens the second factor.
#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub(super) struct Both {
    #[validate(length(max = 200))]
    pub(super) current_password: String,
    #[validate(length(max = 60))]
    pub(super) code: String,
    /// As the script writes it down.
    #[validate(length(max = 20_000))]
    pub(super) passkey: String,
}

/// With what somebody can prove their second factor here.
pub(super) struct Means {
    /// What a passkey is to sign, in words for scripts.
    pub(super) asked: Option<String>,
    /// Which codes there are.
    pub(super) hint: String,
}

/// A page that asks for both, in words of its own.
struct Asking {
    title: String,
    lead: String,
    button: String,
    /// Where to, if the second factor is gone when the form comes: by the first of two clicks.
    gone: &'static str,
}

#[derive(askama::Template)]
#[template(path = "account/second_factor/prove.html")]
struct Prove {
    page: Page<Words>,
    shared: Shared,
    of_codes: words::Words,
    means: Means,
    form: Filled<Both>,
    asking: Asking,
}

#[derive(askama::Template)]
#[template(path = "account/second_factor/show.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    form: Filled<Form>,
    standing: Option<Standing>,
    has_app: bool,
    keys: Vec<passkeys::Listed>,
    /// Whether passkeys can be added: not at every address.
    has_place: bool,
    news: Option<String>,
    /// Staff cannot work without.
    is_needed: bool,
}

async fn ask(KeptHere(me): KeptHere, Query(before): Query<Before>) -> Result<Response> {
    let news = match before.after.as_str() {
        "removed" if is_on(&me).await? => Some(Text(me.lang).after_one_removed()),
        "removed" => Some(Text(me.lang).after_removed()),
        "passkey" => Some(Text(me.lang).after_passkey()),
        "app" => Some(Text(me.lang).after_app()),
        _ => None,
    };
    show(&me, Filled::default(), news).await
}

/// Only whoever knows the password brings a phone of their own.
async fn begin(SignsInHere(me): SignsInHere, form: Posted<Form>) -> Result<Response> {
    let form = match form.judge(|form| Ok(form.clone())) {
        Ok(form) => form,
        Err(form) => return show(&me, form, None).await,
    };
    let mut tx = match proved(&me, &form.current_password).await? {
        Ok(tx) => tx,
        Err(problem) => return show(&me, Filled::with(form, vec![problem]), None).await,
    };
    let now = tx.now();
    factors::begin(&mut tx, me.files().vault(), me.id, now).await?;
    let done = tx.note(Note::SecondFactorBegun, me.id.0, &[]).await?;
    tx.commit(done).await?;
    see_other("/account/second-factor/set-up")
}

/// A transaction in which password and second factor are proved, and the code or the challenge is used up.
pub(super) async fn prove_both(me: &Member, form: &Both) -> Result<Result<Tx<Member>, Problem>> {
    let proved = match prove(me, &form.current_password).await? {
        Ok(proved) => proved,
        Err(problem) => return Ok(Err(problem)),
    };
    if !me.may_try("code", TRIES, WINDOW_SECONDS).await? {
        return Ok(Err(Problem::at("code", |l| Shared(l).too_often())));
    }
    let mut tx = me.begin().await?;
    hold(&mut tx, &proved).await?;
    let now = tx.now();
    let answer = Answer { code: &form.code, passkey: &form.passkey };
    match factors::spend(&mut tx, (me.files().vault(), me.place().as_ref()), me.asker(), answer, now).await? {
        Some(Proof::App | Proof::Passkey) => Ok(Ok(tx)),
        Some(Proof::Recovery) => {
            let _recorded =
                tx.note(Note::RecoveryCodeUsed, me.id.0, &[(me.id, Letter::RecoveryCodeUsed)]).await?;
            Ok(Ok(tx))
        }
        None if form.passkey.is_empty() => Ok(Err(Problem::at("code", |l| words::Words(l).wrong_code()))),
        None => Ok(Err(Problem::at("passkey", |l| words::Words(l).wrong_passkey()))),
    }
}

/// As [`prove_both`], with the page that asks again where something is wrong.
async fn proved_both(
    me: &Member,
    form: Posted<Both>,
    asking: Asking,
) -> Result<Result<Tx<Member>, Response>> {
    let form = match form.judge(|form| Ok(form.clone())) {
        Ok(form) => form,
        Err(form) => return ask_both(me, form, asking).await.map(Err),
    };
    match prove_both(me, &form).await? {
        Ok(tx) => Ok(Ok(tx)),
        Err(problem) => ask_both(me, Filled::with(form, vec![problem]), asking).await.map(Err),
    }
}

async fn ask_both(me: &Member, form: Filled<Both>, asking: Asking) -> Result<Response> {
    let Some(means) = means(me).await? else {
        return see_other(if form.has_problems() { asking.gone } else { HERE });
    };
    let (page, shared, of_codes) = (me.page(Words), Shared(me.lang), words::Words(me.lang));
    html(form.status(), &Prove { page, shared, of_codes, means, form, asking })
}

/// `None` for those without a second factor.
pub(super) async fn means(me: &Member) -> Result<Option<Means>> {
    let Some(standing) = factors::standing(&mut *me.begin().await?, me.id).await? else { return Ok(None) };
    let hint = match standing.app {
        Some(_) => Words(me.lang).code_hint(),
        None => words::Words(me.lang).only_recovery(),
    };
    Ok(Some(Means { asked: me.passkey_asked().await?, hint }))
}

/// Whether there is a second factor to renew or to take away.
pub(super) async fn is_on(me: &Member) -> Result<bool> {
    Ok(factors::standing(&mut *me.begin().await?, me.id).await?.is_some())
}

async fn show(me: &Member, form: Filled<Form>, news: Option<String>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let standing = factors::standing(&mut tx, me.id).await?;
    let view = View {
        has_app: standing.as_ref().is_some_and(|it| it.app.is_some()),
        standing,
        keys: passkeys::list(&mut tx, me.id).await?,
        has_place: me.place().is_some(),
        page: me.page(Text),
        shared: Shared(me.lang),
        is_needed: me.lacks_factor(),
        form,
        news,
    };
    html(view.form.status(), &view)
}

texts!(pub(super) Words {
    back: "Second factor", "Deuxième facteur", "Segundo factor";
    enter_code: "Enter the code of six digits", "Indiquez le code à six chiffres", "Indique el código de seis cifras";
    code_hint: "The six digits that your app shows now, or a recovery code", "Les six chiffres affichés en ce moment par votre application, ou un code de secours",
        "Las seis cifras que su aplicación muestra ahora, o un código de recuperación";
});

texts!(Text {
    title: "Second factor", "Deuxième facteur", "Segundo factor";
    lead: "After your password we ask for a passkey, or for a code from an app on your phone. Somebody who finds out your password still cannot sign in.",
        "Après votre mot de passe, nous demandons une clé d’accès, ou un code affiché par une application de votre téléphone. Une personne qui découvre votre mot de passe ne peut donc pas se connecter.",
        "Después de su contraseña pedimos una llave de acceso, o un código de una aplicación de su teléfono. Quien descubra su contraseña no podrá iniciar sesión.";
    needed: "People who work here sign in with a second factor. Set it up, and you can go on.",
        "Les personnes qui travaillent ici se connectent avec un deuxième facteur. Configurez-le pour continuer.",
        "Quienes trabajan aquí inician sesión con un segundo factor. Configúrelo para continuar.";
    app_title: "Authenticator app", "Application d’authentification", "Aplicación de autenticación";
    app: "You need an authenticator app, such as one that comes with your phone. It works without a network.",
        "Il vous faut une application d’authentification, par exemple celle de votre téléphone. Elle fonctionne sans réseau.",
        "Necesita una aplicación de autenticación, por ejemplo la de su teléfono. Funciona sin conexión.";
    begin: "Set it up", "Le configurer", "Configurarlo";
    on(day): "On since {day}", "Activé depuis le {day}", "Activo desde el {day}";
    codes: "Recovery codes left", "Codes de secours restants", "Códigos de recuperación restantes";
    passkeys: "Passkeys", "Clés d’accès", "Llaves de acceso";
    passkeys_lead: "A passkey is kept by your phone, your computer or a security key, and opened as you open the device itself. A false page can do nothing with it.",
        "Une clé d’accès est conservée par votre téléphone, votre ordinateur ou une clé de sécurité, et s’ouvre comme l’appareil lui-même. Une fausse page ne peut rien en faire.",
        "Una llave de acceso la guarda su teléfono, su ordenador o una llave de seguridad, y se abre como el propio dispositivo. Una página falsa no puede hacer nada con ella.";
    added(day): "Added {day}", "Ajoutée le {day}", "Añadida el {day}";
    used(when): "last used {when}", "utilisée le {when}", "usada el {when}";
    never_used: "not used yet", "pas encore utilisée", "aún sin usar";
    add_passkey: "Add a passkey", "Ajouter une clé d’accès", "Añadir una llave de acceso";
    new_codes: "Make new ones", "En créer de nouveaux", "Crear otros";
    remove: "Take away", "Retirer", "Quitar";
    after_passkey: "Your passkey is added.", "Votre clé d’accès est ajoutée.", "Su llave de acceso se ha añadido.";
    after_app: "Your app is set up.", "Votre application est configurée.", "Su aplicación está configurada.";
    after_one_removed: "It is gone. Your second factor is what you see here.", "C’est fait. Votre deuxième facteur est ce que vous voyez ici.",
        "Hecho. Su segundo factor es lo que ve aquí.";
    after_removed: "Your second factor is gone. You sign in with your password alone.",
        "Votre deuxième facteur est retiré. Vous vous connectez avec votre seul mot de passe.",
        "Su segundo factor se ha quitado. Inicia sesión solo con su contraseña.";
});
