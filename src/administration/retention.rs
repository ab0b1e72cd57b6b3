//! How long each class of record is kept, and what goes next.

use crate::db::{Note, Tx};
use crate::retention::{self, Class, Due};
use crate::text::{Lang, texts};
use crate::web::{Administrator, App, Filled, Page, Path, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/administration/retention", get(list))
        .route("/administration/retention/{class}", get(ask).post(set))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// Days as they were when the page was opened.
    seen: i32,
    days: String,
}

#[derive(askama::Template)]
#[template(path = "administration/retention.html")]
struct List {
    page: Page<Text>,
    lines: Vec<(Due, String)>,
    counted_at: Option<DateTime<Utc>>,
}

impl List {
    fn number(&self, due: &Due, n: &i64) -> String {
        match due.counted_at {
            Some(_) => self.page.lang.number(*n),
            None => self.page.t.not_yet(),
        }
    }
}

#[derive(askama::Template)]
#[template(path = "administration/period.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    name: String,
    due: Due,
}

async fn list(me: Administrator) -> Result<Response> {
    let mut tx = me.begin().await?;
    let all = retention::counted(&mut tx).await?;
    let counted_at = all.iter().filter_map(|due| due.counted_at).min();
    let lines = all.into_iter().map(|due| (due, name(due.period.class, me.lang))).collect();
    html(axum::http::StatusCode::OK, &List { page: me.page(Text), lines, counted_at })
}

async fn ask(me: Administrator, Path(class): Path<String>) -> Result<Response> {
    let due = one(&mut me.begin().await?, &class).await?;
    let form = Form { seen: due.period.days, days: due.period.days.to_string() };
    show(&me, due, Filled::fresh(form))
}

async fn set(me: Administrator, Path(class): Path<String>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    sqlx::query!("select class from retention where class = $1 for update", class)
        .fetch_one(&mut *tx)
        .await?;
    let now = one(&mut tx, &class).await?;
    let (least, most) = (now.period.least, now.period.most);
    let judged = form.judge(|form| match form.days.parse::<i32>() {
        Ok(days) if (least..=most).contains(&days) => Ok((form.clone(), days)),
        _ => Err(vec![Problem::at("days", move |l| Text(l).between(least, most))]),
    });
    let (form, days) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, now, form),
    };
    if days != now.period.days {
        if form.seen != now.period.days {
            let again = Form { seen: now.period.days, ..form };
            return show(&me, now, Filled::overtaken(again, |l| Text(l).overtaken()));
        }
        let record_id = sqlx::query_scalar!(
            "update retention set days = $2 where class = $1 returning record_id",
            class,
            days
        );
        let record_id = record_id.fetch_one(&mut *tx).await?;
        let done = tx.note(Note::RetentionChanged, record_id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/administration/retention")
}

async fn one(tx: &mut Tx<Administrator>, class: &str) -> Result<Due> {
    let found = retention::counted(tx).await?.into_iter().find(|due| due.period.class.code() == class);
    found.ok_or(crate::web::Error::NotFound)
}

pub(super) fn name(class: Class, lang: Lang) -> String {
    let t = Text(lang);
    match class {
        Class::Drafts => t.drafts(),
        Class::Withdrawn => t.withdrawn(),
        Class::Closed => t.closed(),
        Class::MedicalFiles => t.medical_files(),
        Class::Papers => t.papers(),
        Class::Links => t.links(),
        Class::EmailChanges => t.email_changes(),
        Class::Letters => t.letters(),
    }
}

fn show(me: &Administrator, due: Due, form: Filled<Form>) -> Result<Response> {
    let name = name(due.period.class, me.lang);
    html(form.status(), &View { page: me.page(Text), form, name, due })
}

texts!(pub Text {
    lead: "What has had its time is removed every hour. A legal hold on a person keeps everything that leads to them.",
        "Ce qui a fait son temps est supprimé chaque heure. Une mesure de conservation sur une personne garde tout ce qui mène à elle.",
        "Lo que ha cumplido su plazo se elimina cada hora. Una orden de conservación sobre una persona mantiene todo lo que conduce a ella.";
    accounts: "Whoever has not used an account for its period is told by letter twice, for the first time at least two weeks before it goes. Signing in keeps it. Accounts of staff stay, as do those of whoever agreed to an internship.",
        "La personne qui n’a pas utilisé son compte pendant la durée prévue en est avertie par deux courriels, le premier au moins deux semaines avant la suppression. Une connexion suffit à le garder. Les comptes du personnel restent, comme ceux des personnes qui ont convenu d’un stage.",
        "A quien no ha usado su cuenta durante el plazo se le avisa con dos mensajes, el primero al menos dos semanas antes de eliminarla. Basta con iniciar sesión para conservarla. Las cuentas del personal se mantienen, igual que las de quienes acordaron una pasantía.";
    papers_lead: "Of papers for the first day the files go. Which they were, how long they were valid and who accepted them stays, and so does the signed agreement.",
        "Des documents du premier jour, ce sont les fichiers qui sont supprimés. Leur nature, leur validité et le nom de qui les a acceptés restent, tout comme la convention signée.",
        "De los documentos para el primer día se eliminan los archivos. Qué eran, hasta cuándo valían y quién los aceptó se mantiene, igual que el acuerdo firmado.";
    record: "The record of who did what is never shortened: each entry is sealed by the next. It names no words of whoever was erased.",
        "Le registre de qui a fait quoi n’est jamais abrégé : chaque entrée est scellée par la suivante. Il ne contient aucun mot des personnes dont le compte est supprimé.",
        "El registro de quién hizo qué nunca se acorta: cada entrada queda sellada por la siguiente. No contiene palabras de las personas cuya cuenta se eliminó.";
    untold: "To be told first", "À avertir d’abord", "Se avisa antes";
    drafts: "Accounts that never released a profile, since they were last used", "Comptes n’ayant jamais transmis de dossier, depuis leur dernière utilisation", "Cuentas que nunca enviaron un perfil, desde su último uso";
    withdrawn: "Accounts that took every application back, since then and since they were last used", "Comptes ayant repris toutes leurs candidatures, depuis lors et depuis leur dernière utilisation", "Cuentas que retiraron todas sus candidaturas, desde entonces y desde su último uso";
    closed: "Accounts whose last application is over, since then and since they were last used", "Comptes dont la dernière candidature est close, depuis lors et depuis leur dernière utilisation", "Cuentas cuya última candidatura terminó, desde entonces y desde su último uso";
    medical_files: "Medical files, since the end of the internship", "Fichiers médicaux, depuis la fin du stage", "Archivos médicos, desde el final de la pasantía";
    papers: "Passports and insurance policies, since the end of the internship", "Passeports et polices d’assurance, depuis la fin du stage", "Pasaportes y pólizas de seguro, desde el final de la pasantía";
    class: "Class of record", "Catégorie", "Categoría";
    kept: "Kept, in days", "Conservation, en jours", "Conservación, en días";
    due: "Goes next", "Prochaine suppression", "Próxima eliminación";
    counted_at: "Counted", "Compté", "Contado";
    held: "Kept by a legal hold", "Gardés par une mesure de conservation", "Mantenidos por una orden de conservación";
    links: "Links in letters, used or too old", "Liens des courriels, utilisés ou trop anciens", "Enlaces de los mensajes, usados o caducados";
    email_changes: "Changes of address, with the address before", "Changements d’adresse, avec l’ancienne adresse", "Cambios de dirección, con la dirección anterior";
    letters: "Which letter was sent to whom, without its text", "Quel courriel a été envoyé à qui, sans son texte", "Qué mensaje se envió a quién, sin su texto";
    between(least, most): "Enter a whole number from {least} to {most}", "Indiquez un nombre entier de {least} à {most}", "Indique un número entero de {least} a {most}";
    overtaken: "Somebody changed this period since you opened the page. Decide again.",
        "Quelqu’un a modifié cette durée depuis que vous avez ouvert la page. Décidez à nouveau.",
        "Alguien cambió este plazo desde que abrió la página. Decida de nuevo.";
    counted(moment): "Counted on {moment}, and anew every night. After a change of a period, that is done within the hour.",
        "Compté le {moment}, puis chaque nuit. Après la modification d’une durée, cela se fait dans l’heure.",
        "Se contó el {moment} y se vuelve a contar cada noche. Tras un cambio de plazo, se hace en menos de una hora.";
    not_counted: "Nothing has been counted yet. That is done within the hour.", "Rien n’a encore été compté. Cela se fait dans l’heure.",
        "Todavía no se ha contado nada. Se hace en menos de una hora.";
    not_yet: "Not counted yet", "Pas encore compté", "Aún sin contar";
    goes_now(n): "With the period as it is now, records that go next: {n}.", "Avec la durée actuelle, suppressions à venir : {n}.", "Con el plazo actual, próximas eliminaciones: {n}.";
    save: "Save", "Enregistrer", "Guardar";
    keep: "Leave it as it is", "Ne rien changer", "Dejarlo como está";
});
