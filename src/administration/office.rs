//! An office is opened, renamed, moved and closed. Its word in addresses stays; past placements keep it.

use super::offices::kind_name;
use crate::db::{Note, Tx};
use crate::domain::terms::Mode;
use crate::offices::Kind;
use crate::reference::countries;
use crate::text::texts;
use crate::web::{
    Administrator, App, Choice, Filled, Page, Path, Posted, Problem, Result, TypedDate, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/administration/offices/new", get(ask_new).post(open))
        .route("/administration/offices/{office}", get(ask).post(change))
}

const KINDS: [Kind; 3] = [Kind::Headquarters, Kind::FieldMission, Kind::CountryOffice];

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// What the row was when the page was opened.
    seen: String,
    /// Such as `nairobi`; of a new office only.
    #[validate(length(max = 40))]
    word: String,
    kind: String,
    /// How other funding is set off.
    allowance_mode: String,
    #[validate(length(max = 80))]
    name_en: String,
    #[validate(length(max = 80))]
    name_fr: String,
    #[validate(length(max = 80))]
    name_es: String,
    country: String,
    #[validate(length(max = 60))]
    time_zone: String,
    closed_day: String,
    closed_month: String,
    closed_year: String,
}

#[derive(askama::Template)]
#[template(path = "administration/office.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    /// `None`: not open yet.
    id: Option<String>,
    kinds: Vec<Choice>,
    modes: Vec<Choice>,
    countries: Vec<Choice>,
    rates: Vec<Rate>,
}

/// What a month is worth, from a day on.
struct Rate {
    from_day: NaiveDate,
    /// The first day of the next one.
    until_day: Option<NaiveDate>,
    monthly: Decimal,
    currency: String,
}

/// An office as it is kept.
struct Office {
    id: String,
    form: Form,
    closed_on: Option<NaiveDate>,
    /// What the record calls it.
    record_id: Uuid,
}

/// An office as a form tells it.
struct Told {
    kind: &'static str,
    mode: &'static str,
    closed_on: Option<NaiveDate>,
}

async fn ask_new(me: Administrator) -> Result<Response> {
    let form = Form { allowance_mode: Mode::default().code().to_owned(), ..Form::default() };
    show(&me, None, Vec::new(), Filled::fresh(form))
}

async fn open(me: Administrator, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let judged = form.judge(|form| {
        let told = form.read(today, None);
        match is_word(&form.word) {
            true => Ok((form.clone(), told?)),
            false => {
                let word = Problem::missing("word", |l| Text(l).word_shape());
                Err(told.err().into_iter().flatten().chain([word]).collect())
            }
        }
    });
    let (form, told) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, None, Vec::new(), form),
    };
    let opened = sqlx::query_scalar!(
        "insert into office (id, kind, name_en, name_fr, name_es, country, time_zone, closed_on,
             allowance_mode)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning record_id",
        form.word,
        told.kind,
        form.name_en,
        form.name_fr,
        form.name_es,
        form.country,
        form.time_zone,
        told.closed_on,
        told.mode
    );
    let Some(opened) = opened.fetch_optional(&mut *tx).await? else {
        let there = office(&mut tx, &form.word).await?;
        if there.form.name_en == form.name_en && there.form.country == form.country {
            return see_other(&format!("/administration/offices/{}", form.word)); // a double click
        }
        let problem = Problem::at("word", |l| Text(l).word_taken());
        return show(&me, None, Vec::new(), Filled::with(form, vec![problem]));
    };
    let done = tx.note(Note::OfficeChanged, opened, &[]).await?;
    tx.commit(done).await?;
    see_other(&format!("/administration/offices/{}", form.word))
}

async fn ask(me: Administrator, Path(id): Path<String>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = office(&mut tx, &id).await?;
    let rates = rates(&mut tx, &id).await?;
    show(&me, Some(now.id), rates, Filled::fresh(now.form))
}

async fn change(me: Administrator, Path(id): Path<String>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = office(&mut tx, &id).await?;
    let today = tx.today();
    let (form, told) = match form.judge(|form| Ok((form.clone(), form.read(today, now.closed_on)?))) {
        Ok(judged) => judged,
        Err(form) => {
            let rates = rates(&mut tx, &id).await?;
            return show(&me, Some(now.id), rates, form);
        }
    };
    if form.says(&now.form) {
        return see_other(&format!("/administration/offices/{id}")); // by this click, by a colleague, or nothing changed
    }
    if form.seen != now.form.seen {
        let again = Form { seen: now.form.seen, ..form };
        let rates = rates(&mut tx, &id).await?;
        return show(&me, Some(now.id), rates, Filled::overtaken(again, |l| Text(l).overtaken()));
    }
    sqlx::query!(
        "update office set kind = $2, name_en = $3, name_fr = $4, name_es = $5, country = $6, time_zone = $7,
             closed_on = $8, allowance_mode = $9 where id = $1",
        id,
        told.kind,
        form.name_en,
        form.name_fr,
        form.name_es,
        form.country,
        form.time_zone,
        told.closed_on,
        told.mode
    )
    .execute(&mut *tx)
    .await?;
    let done = tx.note(Note::OfficeChanged, now.record_id, &[]).await?;
    tx.commit(done).await?;
    see_other("/administration/offices")
}

impl Form {
    /// `closed` is the day an office has closed already: it may stay in the past.
    fn read(&self, today: NaiveDate, closed: Option<NaiveDate>) -> Result<Told, Vec<Problem>> {
        let mut problems = Vec::new();
        let kind = KINDS.into_iter().find(|kind| kind.code() == self.kind);
        if kind.is_none() {
            problems.push(Problem::missing("kind", |l| Text(l).choose_kind()));
        }
        let mode = Mode::from_code(&self.allowance_mode);
        if mode.is_none() {
            problems.push(Problem::missing("allowance_mode", |l| Text(l).choose_mode()));
        }
        for (field, name) in
            [("name_en", &self.name_en), ("name_fr", &self.name_fr), ("name_es", &self.name_es)]
        {
            if name.is_empty() {
                problems.push(Problem::missing(field, |l| Text(l).enter_name()));
            }
        }
        if countries::country(&self.country).is_none() {
            problems.push(Problem::missing("country", |l| Text(l).choose_country()));
        }
        if self.time_zone.parse::<chrono_tz::Tz>().is_err() {
            problems.push(Problem::missing("time_zone", |l| Text(l).zone_shape()));
        }
        let day = TypedDate { day: &self.closed_day, month: &self.closed_month, year: &self.closed_year };
        let closed_on = match day.read("closed", |l| Text(l).closed()) {
            Ok(Some(day)) if day < today && closed != Some(day) => {
                problems.push(Problem::at("closed", |l| Text(l).not_in_the_past()));
                None
            }
            Ok(day) => day,
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        match (kind, mode, problems.is_empty()) {
            (Some(kind), Some(mode), true) => Ok(Told { kind: kind.code(), mode: mode.code(), closed_on }),
            _ => Err(problems),
        }
    }

    /// Whether both tell the same of the office.
    fn says(&self, other: &Form) -> bool {
        let facts = |form: &Form| {
            let day = TypedDate { day: &form.closed_day, month: &form.closed_month, year: &form.closed_year };
            (
                [&form.kind, &form.name_en, &form.name_fr, &form.name_es, &form.country].map(String::clone),
                [&form.time_zone, &form.allowance_mode].map(String::clone),
                day.real(),
            )
        };
        facts(self) == facts(other)
    }
}

fn is_word(word: &str) -> bool {
    let parts = word.split('-');
    parts
        .into_iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

async fn office(tx: &mut Tx<Administrator>, id: &str) -> Result<Office> {
    let row = sqlx::query!(
        r#"select id, kind, name_en, name_fr, name_es, country, time_zone, closed_on, allowance_mode,
               record_id,
               md5(o::text) as "seen!"
           from office o where id = $1 for update"#,
        id
    );
    let row = row.fetch_one(&mut **tx).await?;
    let part =
        |of: fn(&NaiveDate) -> u32| row.closed_on.as_ref().map(|day| of(day).to_string()).unwrap_or_default();
    Ok(Office {
        form: Form {
            seen: row.seen,
            word: row.id.clone(),
            kind: row.kind,
            allowance_mode: row.allowance_mode,
            name_en: row.name_en,
            name_fr: row.name_fr,
            name_es: row.name_es,
            country: row.country,
            time_zone: row.time_zone,
            closed_day: part(NaiveDate::day),
            closed_month: part(NaiveDate::month),
            closed_year: row.closed_on.map(|day| day.year().to_string()).unwrap_or_default(),
        },
        closed_on: row.closed_on,
        record_id: row.record_id,
        id: row.id,
    })
}

async fn rates(tx: &mut Tx<Administrator>, office: &str) -> Result<Vec<Rate>> {
    let rates = sqlx::query_as!(
        Rate,
        "select from_day, until_day, monthly, currency from msa_rate where office_id = $1 order by from_day desc",
        office
    );
    Ok(rates.fetch_all(&mut **tx).await?)
}

fn show(me: &Administrator, id: Option<String>, rates: Vec<Rate>, form: Filled<Form>) -> Result<Response> {
    let view = View {
        page: me.page(Text),
        kinds: KINDS
            .map(|kind| {
                Choice::new(kind.code(), kind_name(kind.code(), me.lang), kind.code() == form.values.kind)
            })
            .into(),
        modes: Mode::ALL
            .map(|mode| {
                let name = match mode {
                    Mode::TopUp => Text(me.lang).top_up(),
                    Mode::AllOrNothing => Text(me.lang).all_or_nothing(),
                };
                Choice::new(mode.code(), name, mode.code() == form.values.allowance_mode)
            })
            .into(),
        countries: countries::sorted(me.lang)
            .into_iter()
            .map(|it| Choice::new(it.code, it.name(me.lang), it.code == form.values.country))
            .collect(),
        id,
        rates,
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title_new: "Open an office", "Ouvrir un bureau", "Abrir una oficina";
    back: "Offices and rates", "Bureaux et taux", "Oficinas y tarifas";
    word: "Word in addresses", "Mot dans les adresses", "Palabra en las direcciones";
    word_hint: "Small letters, digits and hyphens, such as cap-haitien. It stays when the names change.",
        "Lettres minuscules, chiffres et traits d’union, par exemple cap-haitien. Il reste quand les noms changent.",
        "Letras minúsculas, cifras y guiones, por ejemplo cap-haitien. Se mantiene aunque cambien los nombres.";
    word_shape: "Use small letters, digits and hyphens, such as cap-haitien", "Utilisez des minuscules, des chiffres et des traits d’union, par exemple cap-haitien", "Use minúsculas, cifras y guiones, por ejemplo cap-haitien";
    word_taken: "Another office has this word", "Un autre bureau porte ce mot", "Otra oficina tiene esta palabra";
    kind: "Kind", "Type", "Tipo";
    choose_kind: "Choose the kind of office", "Choisissez le type de bureau", "Elija el tipo de oficina";
    name_en: "Name in English", "Nom en anglais", "Nombre en inglés";
    name_fr: "Name in French", "Nom en français", "Nombre en francés";
    name_es: "Name in Spanish", "Nom en espagnol", "Nombre en español";
    enter_name: "Enter the name in every language", "Indiquez le nom dans chaque langue", "Indique el nombre en cada idioma";
    country: "Country", "Pays", "País";
    choose_country: "Choose the country", "Choisissez le pays", "Elija el país";
    time_zone: "Time zone", "Fuseau horaire", "Zona horaria";
    zone_hint: "Its name in the IANA database, such as Africa/Nairobi.", "Son nom dans la base IANA, par exemple Africa/Nairobi.", "Su nombre en la base IANA, por ejemplo Africa/Nairobi.";
    zone_shape: "Enter a time zone, such as Africa/Nairobi", "Indiquez un fuseau horaire, par exemple Africa/Nairobi", "Indique una zona horaria, por ejemplo Africa/Nairobi";
    mode: "Other funding for living costs", "Autre financement de la subsistance", "Otra financiación para la manutención";
    top_up: "It is set off: the office pays the rest", "Il est déduit : le bureau verse le reste", "Se descuenta: la oficina paga el resto";
    all_or_nothing: "Whoever has any gets no allowance here", "Quiconque en a un ne reçoit pas d’allocation ici", "Quien la tiene no recibe asignación aquí";
    choose_mode: "Choose what other funding means here", "Choisissez l’effet d’un autre financement ici", "Elija qué efecto tiene aquí otra financiación";
    closed: "First day closed", "Premier jour de fermeture", "Primer día de cierre";
    closed_hint: "Empty while the office is open. Placements under way stay as agreed; nobody new can choose it from that day.",
        "Vide tant que le bureau est ouvert. Les stages en cours restent comme convenus ; personne ne peut plus le choisir à partir de ce jour.",
        "Vacío mientras la oficina esté abierta. Las pasantías en curso siguen como se acordaron; nadie más puede elegirla desde ese día.";
    not_in_the_past: "Choose today or a later day", "Choisissez aujourd’hui ou un jour ultérieur", "Elija hoy o un día posterior";
    overtaken: "Somebody changed this office since you opened the page. Look at it, then save again. What you typed is still here.",
        "Quelqu’un a modifié ce bureau depuis que vous avez ouvert la page. Vérifiez, puis enregistrez à nouveau. Ce que vous avez saisi est toujours là.",
        "Alguien cambió esta oficina desde que abrió la página. Revísela y guarde de nuevo. Lo que escribió sigue aquí.";
    save: "Save", "Enregistrer", "Guardar";
    open: "Open the office", "Ouvrir le bureau", "Abrir la oficina";
    keep: "Leave it as it is", "Ne rien changer", "Dejarlo como está";
    rates: "Monthly rates", "Taux mensuels", "Tarifas mensuales";
    set_rate: "Announce a rate", "Annoncer un taux", "Anunciar una tarifa";
    no_rates: "No rate so far: nobody can be offered a place here.", "Aucun taux pour l’instant : aucune place ne peut y être proposée.", "Aún no hay tarifa: no se puede ofrecer ninguna plaza aquí.";
    from: "From", "À partir du", "Desde";
    until: "Until the day before", "Jusqu’à la veille du", "Hasta el día anterior al";
    monthly: "A month", "Par mois", "Al mes";
    own_numbers: "Numbers of its own", "Chiffres propres", "Cifras propias";
    own_lead: "Ages, languages and lengths hold as everywhere, unless this office has its own.",
        "Les âges, les langues et les durées valent comme partout, sauf si ce bureau a les siens.",
        "Las edades, los idiomas y las duraciones valen como en todas partes, salvo que esta oficina tenga los suyos.";
    propose_own: "Propose numbers of its own", "Proposer des chiffres propres", "Proponer cifras propias";
    policies: "What holds now", "Ce qui vaut maintenant", "Lo que vale ahora";
    open_end: "No end announced", "Aucune fin annoncée", "Sin fin anunciado";
});
