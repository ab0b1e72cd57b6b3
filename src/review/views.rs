//! Views of the queue that are kept under a name: for oneself, or for all of Human Resources.

use super::search::{Context, Filters, Wanted};
use super::{filters, queue_counts};
use crate::db::{Note, Tx};
use crate::offices;
use crate::text::texts;
use crate::web::{App, Filled, HrReviewer, Page, Path, Posted, Problem, Query, Result, html, see_other};
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use uuid::Uuid;

/// More tabs than so many are no help.
const SHOWN: i64 = 12;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/review/views", get(show).post(keep))
        .route("/review/views/{id}/remove", post(remove))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    #[validate(length(max = 60))]
    name: String,
    query: String,
    sort: String,
    shared: bool,
}

#[derive(askama::Template)]
#[template(path = "review/views.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    /// What would be kept, in words; `None`: there is nothing to keep.
    asks: Option<String>,
    views: Vec<Kept>,
}

/// A view under its name.
pub struct Kept {
    pub id: Uuid,
    pub name: String,
    pub filters: Filters,
    /// Of the reader, who may remove it.
    pub is_mine: bool,
    pub is_shared: bool,
}

impl Kept {
    fn address(&self) -> String {
        self.filters.address()
    }
}

/// The views of the reader and those that are shared, each with how many it finds.
pub async fn tabs(tx: &mut Tx<HrReviewer>, context: Context<'_>) -> Result<Vec<(Kept, i64)>> {
    let kept = all(tx, context).await?;
    let wanted: Vec<Wanted> = kept.iter().map(|view| view.filters.wanted(context)).collect();
    let counts = queue_counts::searches(tx, &wanted).await?;
    Ok(kept.into_iter().zip(counts).collect())
}

async fn show(me: HrReviewer, Query(typed): Query<Filters>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let offices = offices::every(&mut tx).await?;
    let filters = typed.tidied(&offices).0;
    let search = filters.search(&offices).to_string();
    let form = Form { query: search, sort: filters.sort.clone(), ..Form::default() };
    page(&me, tx, Filled::fresh(form)).await
}

async fn keep(me: HrReviewer, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let form = match form.judge(|f| match f.name.is_empty() {
        true => Err(vec![Problem::missing("name", |l| Text(l).write_name())]),
        false => Ok(f.clone()),
    }) {
        Ok(form) => form,
        Err(form) => return page(&me, tx, form).await,
    };
    let offices = offices::every(&mut tx).await?;
    let filters = Filters::of_text(&form.query, &form.sort, &offices);
    let query = filters.search(&offices).to_string();
    let id = Uuid::now_v7();
    let kept = sqlx::query!(
        r#"with made as (
               insert into review_view (id, owner_id, name, query, sort, is_shared, created_at)
               values ($1, $2, $3, $4, $5, $6, $7)
               on conflict on constraint review_view_name do nothing returning id)
           select exists (select from made) as "made!",
               exists (select from review_view where owner_id = $2 and name = $3 and query = $4 and sort = $5
                   and is_shared = $6) as "there!""#,
        id,
        me.id.0,
        form.name,
        query,
        filters.sort,
        form.shared,
        tx.now()
    )
    .fetch_one(&mut *tx)
    .await?;
    match (kept.made, kept.there) {
        (true, _) => {
            let done = tx.note(Note::ViewKept, me.id.0, &[]).await?;
            tx.commit(done).await?;
        }
        (false, true) => {} // a double click
        (false, false) => {
            let problem = Problem::at("name", |l| Text(l).name_taken());
            return page(&me, tx, Filled::with(form, vec![problem])).await;
        }
    }
    see_other(&filters.address())
}

async fn remove(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let gone = sqlx::query!("delete from review_view where id = $1 and owner_id = $2", id, me.id.0);
    if gone.execute(&mut *tx).await?.rows_affected() > 0 {
        let done = tx.note(Note::ViewRemoved, me.id.0, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/review/views")
}

async fn page(me: &HrReviewer, mut tx: Tx<HrReviewer>, form: Filled<Form>) -> Result<Response> {
    let offices = offices::every(&mut tx).await?;
    let context = Context { me: me.id.0, now: tx.now(), offices: &offices };
    let views = all(&mut tx, context).await?;
    let wanted = Filters::of_text(&form.values.query, &form.values.sort, &offices);
    let asks = (wanted != Filters::default()).then(|| filters::summary(&wanted, &offices, me.lang));
    html(form.status(), &View { page: me.page(Text), form, asks, views })
}

/// The reader's own in the order of their making, then those that colleagues share.
async fn all(tx: &mut Tx<HrReviewer>, context: Context<'_>) -> Result<Vec<Kept>> {
    let rows = sqlx::query!(
        r#"(select id as "id!", name as "name!", query as "query!", sort as "sort!", is_shared as "is_shared!",
                true as "mine!", created_at from review_view where owner_id = $1 order by created_at limit $2)
           union all
           (select id, name, query, sort, is_shared, false, created_at from review_view
                where is_shared and owner_id <> $1 order by created_at limit $2)
           order by 6 desc, 7 limit $2"#,
        context.me,
        SHOWN
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    Ok(rows
        .into_iter()
        .map(|row| Kept {
            id: row.id,
            name: row.name,
            filters: Filters::of_text(&row.query, &row.sort, context.offices),
            is_mine: row.mine,
            is_shared: row.is_shared,
        })
        .collect())
}

texts!(Text {
    title: "Saved views", "Vues enregistrées", "Vistas guardadas";
    back: "Released profiles", "Dossiers transmis", "Perfiles enviados";
    lead: "A saved view is a search with a name. It stands above the queue with the number of profiles it finds now.",
        "Une vue enregistrée est une recherche qui porte un nom. Elle figure au-dessus de la liste, avec le nombre de dossiers qu’elle trouve à présent.",
        "Una vista guardada es una búsqueda con nombre. Aparece sobre la lista con el número de perfiles que encuentra ahora.";
    keep_title: "Save this view", "Enregistrer cette vue", "Guardar esta vista";
    nothing_to_keep: "Choose filters or search in the queue first; then save what you see.", "Choisissez d’abord des filtres ou faites une recherche dans la liste, puis enregistrez ce que vous voyez.",
        "Primero elija filtros o busque en la lista; después guarde lo que ve.";
    name: "Name", "Nom", "Nombre";
    name_hint: "Short, such as “Field missions, French”.", "Court, par exemple « Missions de terrain, français ».", "Corto, por ejemplo «Misiones sobre el terreno, francés».";
    write_name: "Write a name for the view", "Donnez un nom à la vue", "Escriba un nombre para la vista";
    name_taken: "You have another view of this name. Choose another name, or remove that view below",
        "Vous avez une autre vue de ce nom. Choisissez un autre nom, ou supprimez cette vue ci-dessous",
        "Tiene otra vista con este nombre. Elija otro nombre o elimine abajo esa vista";
    shared: "All of Human Resources sees it", "Toute l’équipe des Ressources humaines la voit", "Todo el equipo de Recursos Humanos la ve";
    save: "Save the view", "Enregistrer la vue", "Guardar la vista";
    kept: "Views there are", "Vues existantes", "Vistas existentes";
    none: "No view is saved yet.", "Aucune vue n’est encore enregistrée.", "Todavía no hay ninguna vista guardada.";
    is_shared: "shared", "partagée", "compartida";
    remove(name): "Remove {name}", "Supprimer {name}", "Eliminar {name}";
});
