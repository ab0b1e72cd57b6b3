//! Human Resources reads a draft as candidates will, and publishes it; whoever wants a letter about it is owed one.

use super::rows::{Opening, opening, step};
use crate::db::{Note, Tx};
use crate::domain::eligibility::Level;
use crate::domain::letter::Letter;
use crate::domain::opening::State;
use crate::explain::opening::{Words, area_name};
use crate::text::{Lang, texts};
use crate::web::{App, Error, Filled, HrReviewer, Page, Path, Posted, Result, html, see_other};
use crate::{offices, policies};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/openings/{id}/publish", get(ask).post(publish))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
}

#[derive(askama::Template)]
#[template(path = "openings/publish.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    place: String,
    area: String,
    languages: String,
    /// Title and description in each language it is written in.
    texts: Vec<(Words, Words)>,
    opening: Opening,
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = opening(&mut tx, id).await?;
    match now.state() {
        State::Draft => {
            let form = Filled::fresh(Form { seen: now.version });
            show(&me, &mut tx, now, form).await
        }
        State::Published | State::Closed => see_other(&format!("/openings/{id}")),
    }
}

async fn publish(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = opening(&mut tx, id).await?;
    let form = match form.judge(|f| Ok(f.clone())) {
        Ok(form) => form,
        Err(form) => return show(&me, &mut tx, now, form).await,
    };
    match step(&mut tx, id, form.seen, ("publish", State::Published)).await {
        Ok(()) => {
            let today = tx.today();
            let working_level = policies::in_force(&mut tx, today).await?.eligibility.working_level;
            choose_readers(&mut tx, id, working_level).await?;
            let done = tx.note_to_chosen(Note::OpeningPublished, id, Letter::OpeningFits).await?;
            tx.commit(done).await?;
            see_other(&format!("/openings/{id}"))
        }
        Err(Error::Conflict) => {
            let now = opening(&mut tx, id).await?;
            if now.state() != State::Draft {
                return see_other(&format!("/openings/{id}")); // done already, by this click or by a colleague
            }
            let again = Form { seen: now.version };
            show(&me, &mut tx, now, Filled::overtaken(again, |l| Text(l).overtaken())).await
        }
        Err(error) => Err(error),
    }
}

async fn show(
    me: &HrReviewer,
    tx: &mut Tx<HrReviewer>,
    opening: Opening,
    form: Filled<Form>,
) -> Result<Response> {
    let offices = offices::names(tx, me.lang).await?;
    let texts = Lang::ALL.map(|lang| (lang, (opening.title(lang), opening.description(lang))));
    let view = View {
        page: me.page(Text),
        place: opening.place(&offices, me.lang),
        area: area_name(&opening.area, me.lang),
        languages: opening.language_names(me.lang),
        texts: texts.into_iter().filter(|(lang, (title, _))| title.lang == *lang).map(|(_, it)| it).collect(),
        opening,
        form,
    };
    html(view.form.status(), &view)
}

/// Whoever wants letters, and wishes in the draft or in what is released for this area and place, and knows every
/// language asked for. The answers of a draft lie as typed, the nth of each list together.
async fn choose_readers(tx: &mut Tx<HrReviewer>, id: Uuid, working_level: Level) -> Result<()> {
    let level = format!("{working_level:?}");
    sqlx::query!(
        r#"insert into opening_letter (opening_id, person_id)
           select o.id, p.id
           from opening o cross join opening_subscription l
           join person p on p.id = l.person_id
           left join profile_section w on w.person_id = p.id and w.section = 'wishes'
           left join profile_section s on s.person_id = p.id and s.section = 'languages'
           left join application a on a.candidate_id = p.id and a.is_current
           where o.id = $1 and p.email_confirmed_at is not null and p.disabled_at is null
               and (w.answers->'areas' ? o.area
                       and (w.answers->'offices' ? o.office_id or w.answers->'anywhere' = 'true')
                       and o.languages <@ array(
                           select k.language
                           from rows from (jsonb_array_elements_text(s.answers->'language'),
                               jsonb_array_elements_text(s.answers->'mother'),
                               jsonb_array_elements_text(s.answers->'listening'),
                               jsonb_array_elements_text(s.answers->'reading'),
                               jsonb_array_elements_text(s.answers->'speaking'),
                               jsonb_array_elements_text(s.answers->'writing'))
                               k (language, mother, listening, reading, speaking, writing)
                           where k.mother = 'yes' or (k.listening between $2 and 'C2' and k.reading between $2 and 'C2'
                               and k.speaking between $2 and 'C2' and k.writing between $2 and 'C2'))
                   or o.area = any(a.areas) and (a.offices = '{}' or o.office_id = any(a.offices))
                       and o.languages <@ a.languages)
           on conflict do nothing"#,
        id,
        level
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

texts!(Text {
    title: "Publish the opening", "Publier l’annonce", "Publicar la vacante";
    back: "Drafts", "Brouillons", "Borradores";
    lead: "This is what everybody will read. Candidates whose wishes it fits and who asked for letters get one.",
        "Voici ce que tout le monde lira. Les personnes candidates dont les souhaits correspondent, et qui l’ont demandé, reçoivent un courriel.",
        "Esto es lo que leerá todo el mundo. Las personas candidatas cuyos deseos coincidan y que lo hayan pedido reciben un mensaje.";
    facts: "What is asked", "Ce qui est demandé", "Lo que se pide";
    place: "Duty station", "Lieu d’affectation", "Lugar de destino";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    languages: "Languages, at working level", "Langues, à un niveau de travail", "Idiomas, a nivel de trabajo";
    no_languages: "None of its own: the programme’s rule is enough", "Aucune en particulier : la règle du programme suffit", "Ninguno en particular: basta la norma del programa";
    start: "First day, or later", "Premier jour, ou plus tard", "Primer día, o más tarde";
    months: "Length in months", "Durée en mois", "Duración en meses";
    places: "Places", "Places", "Plazas";
    publish: "Publish", "Publier", "Publicar";
    edit: "Change it first", "La modifier d’abord", "Cambiarla antes";
    later: "Leave it as a draft", "La laisser en brouillon", "Dejarla como borrador";
    overtaken: "Somebody changed this opening since you opened the page. Read it again, then publish it.",
        "Quelqu’un a modifié cette annonce depuis que vous avez ouvert la page. Relisez-la, puis publiez-la.",
        "Alguien cambió esta vacante desde que abrió la página. Léala de nuevo y después publíquela.";
});
