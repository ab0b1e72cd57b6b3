//! The administrator says in a letter what the organisation says, language by language, and sees it as its reader will.

use super::letters::{self, Own};
use super::preview::{self, Version};
use crate::db::Note;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};
use crate::web::{Administrator, App, Error, Filled, Page, Path, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/administration/letters/{letter}/{lang}", get(ask).post(rewrite))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// The version that was read; 0: the standard, never rewritten.
    seen: i32,
    #[validate(length(max = 150))]
    subject: String,
    #[validate(length(max = 4000))]
    body: String,
    /// `save`, `standard`: back to the words that come with the product; otherwise the letter is only shown.
    then: String,
}

#[derive(askama::Template)]
#[template(path = "post/rewrite.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    code: &'static str,
    /// What is written, in its own language.
    title: String,
    lang: Lang,
    /// What stands for a fact of the case, such as `{reference}`.
    places: Vec<&'static str>,
    is_own: bool,
    letter: Version,
}

/// Which letter, in which language, and how it stands.
struct Standing {
    letter: Letter,
    lang: Lang,
    version: i32,
    /// Subject and text, where they are not the standard.
    own: Option<(String, String)>,
}

async fn standing(tx: &mut sqlx::PgConnection, letter: &str, lang: &str) -> Result<Standing> {
    let letter = Letter::from_code(letter).ok_or(Error::NotFound)?;
    let lang = Lang::from_code(lang).ok_or(Error::NotFound)?;
    let row = sqlx::query!(
        "select version, subject, body from letter_text where letter = $1 and lang = $2
         order by version desc limit 1",
        letter.code(),
        lang.code()
    );
    let row = row.fetch_optional(tx).await?;
    let version = row.as_ref().map_or(0, |row| row.version);
    let own = row.and_then(|row| Some((row.subject?, row.body?)));
    Ok(Standing { letter, lang, version, own })
}

impl Standing {
    fn form(&self) -> Form {
        let (subject, body) = self.own.clone().unwrap_or_else(|| letters::standard(self.letter, self.lang));
        Form { seen: self.version, subject, body, then: String::new() }
    }
}

impl View {
    fn hint(&self) -> String {
        match self.places.is_empty() {
            true => self.page.t.body_hint(),
            false => self.page.t.places(self.places.join(" ")),
        }
    }
}

async fn ask(me: Administrator, Path((letter, lang)): Path<(String, String)>) -> Result<Response> {
    let now = standing(&mut *me.begin().await?, &letter, &lang).await?;
    let form = now.form();
    show(&me, &now, Filled::fresh(form))
}

async fn rewrite(
    me: Administrator,
    Path((letter, lang)): Path<(String, String)>,
    form: Posted<Form>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = standing(&mut tx, &letter, &lang).await?;
    let places = letters::places(now.letter, now.lang);
    let form = match form.judge(|form| read(form, &places)) {
        Ok(form) => form,
        Err(form) => return show(&me, &now, form),
    };
    let wanted = match form.then.as_str() {
        "save" => Some((form.subject.clone(), form.body.clone())),
        "standard" => None,
        _ => return show(&me, &now, Filled::fresh(form)),
    };
    let back = format!("/administration/letters/{letter}");
    let wanted = wanted.filter(|words| *words != letters::standard(now.letter, now.lang));
    if wanted == now.own {
        return see_other(&back); // a double click, or nothing new
    }
    let (subject, body) = wanted.unzip();
    let at = tx.now();
    let written = sqlx::query_scalar!(
        "insert into letter_text (letter, lang, version, subject, body, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning record_id",
        now.letter.code(),
        now.lang.code(),
        form.seen.saturating_add(1),
        subject,
        body,
        me.id.0,
        at
    );
    let is_newest = form.seen == now.version;
    let written = if is_newest { written.fetch_optional(&mut *tx).await? } else { None };
    let Some(record_id) = written else {
        let again = Form { seen: now.version, ..form };
        return show(&me, &now, Filled::overtaken(again, |l| Text(l).overtaken()));
    };
    let done = tx.note(Note::LetterRewritten, record_id, &[]).await?;
    tx.commit(done).await?;
    see_other(&back)
}

fn read(form: &Form, places: &[&'static str]) -> Result<Form, Vec<Problem>> {
    let form = Form { body: form.body.replace("\r\n", "\n"), ..form.clone() };
    if form.then == "standard" {
        return Ok(form);
    }
    let mut problems = Vec::new();
    if form.subject.is_empty() {
        problems.push(Problem::missing("subject", |l| Text(l).write_subject()));
    }
    if form.body.is_empty() {
        problems.push(Problem::missing("body", |l| Text(l).write_body()));
    }
    let known = if places.is_empty() { "–".to_owned() } else { places.join(" ") };
    for (field, text) in [("subject", &form.subject), ("body", &form.body)] {
        if letters::unknown_place(text, places) {
            let known = known.clone();
            problems.push(Problem::at(field, move |l| Text(l).unknown(known.as_str())));
        }
    }
    if problems.is_empty() { Ok(form) } else { Err(problems) }
}

fn show(me: &Administrator, now: &Standing, form: Filled<Form>) -> Result<Response> {
    let own = Own { subject: &form.values.subject, body: &form.values.body };
    let letter = preview::version(me, now.letter, now.lang, Some(own))?;
    let view = View {
        page: me.page(Text),
        code: now.letter.code(),
        title: letters::standard(now.letter, me.lang).0,
        lang: now.lang,
        places: letters::places(now.letter, now.lang),
        is_own: now.own.is_some(),
        letter,
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title(lang): "Words in {lang}", "Texte en {lang}", "Texto en {lang}";
    lead: "Greeting, button, reason and warning stay as they are. Letters carry no personal details: those are read after signing in.",
        "La formule d’appel, le bouton, le motif et l’avertissement restent tels quels. Les courriels ne contiennent aucune donnée personnelle : elles se lisent après connexion.",
        "El saludo, el botón, el motivo y el aviso quedan como están. Los mensajes no llevan datos personales: se leen tras iniciar sesión.";
    subject: "Subject", "Objet", "Asunto";
    body: "Text", "Texte", "Texto";
    body_hint: "An empty line begins a new paragraph.", "Une ligne vide commence un nouveau paragraphe.", "Una línea vacía empieza un párrafo nuevo.";
    places(places): "An empty line begins a new paragraph. In place of these, the letter has what is true of its case: {places}",
        "Une ligne vide commence un nouveau paragraphe. À la place de ceci, le courriel indique ce qui vaut pour son dossier : {places}",
        "Una línea vacía empieza un párrafo nuevo. En lugar de esto, el mensaje dice lo que corresponde a su caso: {places}";
    write_subject: "Write a subject", "Écrivez un objet", "Escriba un asunto";
    write_body: "Write the text", "Écrivez le texte", "Escriba el texto";
    unknown(known): "What stands in braces is not known here. You can use: {known}", "Ce qui est entre accolades n’est pas connu ici. Vous pouvez utiliser : {known}",
        "Lo que está entre llaves no se conoce aquí. Puede usar: {known}";
    overtaken: "Somebody else has rewritten this letter since you opened it. Yours is still here: compare, then save again.",
        "Quelqu’un d’autre a réécrit ce courriel depuis que vous l’avez ouvert. Le vôtre est toujours là : comparez, puis enregistrez à nouveau.",
        "Alguien ha reescrito este mensaje desde que usted lo abrió. El suyo sigue aquí: compare y guarde de nuevo.";
    reads: "How it reads", "Le courriel tel qu’il sera lu", "Cómo se lee";
    look: "See how it reads", "Voir le résultat", "Ver cómo se lee";
    save: "Save", "Enregistrer", "Guardar";
    standard: "Back to the standard words", "Revenir au texte d’origine", "Volver al texto original";
});
