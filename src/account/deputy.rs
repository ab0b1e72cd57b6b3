//! I name a deputy for the days on which I am away, and see for whom I stand in.

use crate::db::{Note, Tx};
use crate::deputies::{self, Deputy};
use crate::domain::deputy::{Absence, LONGEST_DAYS, RangeProblem, judge};
use crate::domain::letter::Letter;
use crate::domain::role::RoleName;
use crate::text::{Lang, texts};
use crate::web::{
    App, Choice, Error, Filled, Member, Page, Posted, Problem, Query, Recent, Result, TypedDate, html,
    see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/account/deputy", get(ask).post(name))
        .route("/account/deputy/end", axum::routing::post(end))
}

/// In which role, for whoever holds more than one that can be stood in for.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct In {
    role: String,
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// The version of what is named so far; 0: nobody.
    seen: i32,
    deputy: String,
    from_day: String,
    from_month: String,
    from_year: String,
    until_day: String,
    until_month: String,
    until_year: String,
}

#[derive(askama::Template)]
#[template(path = "account/deputy.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    role: &'static str,
    /// The roles in which I may name somebody, if there are several: address, name, and whether it is this one.
    roles: Vec<(String, String, bool)>,
    named: Option<Deputy>,
    is_away: bool,
    colleagues: Vec<Choice>,
    stands_in_for: Vec<Deputy>,
}

async fn ask(Recent(me): Recent<Member>, Query(wanted): Query<In>) -> Result<Response> {
    let role = role(&me, &wanted.role)?;
    let mut tx = me.begin().await?;
    let named = deputies::named_by(&mut tx, me.id, role).await?;
    let form = named.as_ref().map_or(Form::default(), Form::of);
    show(&me, &mut tx, role, named, Filled::fresh(form)).await
}

async fn name(Recent(me): Recent<Member>, Query(wanted): Query<In>, form: Posted<Form>) -> Result<Response> {
    let role = role(&me, &wanted.role)?;
    let mut tx = me.begin().await?;
    let before = deputies::named_by(&mut tx, me.id, role).await?;
    let colleagues = colleagues(&mut tx, role).await?;
    let today = tx.today();
    let judged = form.judge(|f| f.read(&colleagues, today, before.as_ref()).map(|named| (f.clone(), named)));
    let (form, named) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, &mut tx, role, before, form).await,
    };
    let same = |it: &Deputy| (it.person, it.from, it.until) == (named.deputy, named.from, named.until);
    if before.as_ref().is_some_and(same) {
        return see_other(&address(role)); // pressed twice
    }
    if write(&mut tx, role, form.seen, &named).await? {
        let gone = before.as_ref().map(|it| it.person).filter(|person| *person != named.deputy);
        let mut letters = vec![(named.deputy, Letter::DeputyNamed), (me.id, Letter::DeputyArranged)];
        letters.extend(gone.map(|person| (person, Letter::DeputyEnded)));
        let done = tx.note(Note::DeputyNamed(named), me.id.0, &letters).await?;
        tx.commit(done).await?;
        return see_other(&address(role));
    }
    let now = deputies::named_by(&mut tx, me.id, role).await?;
    let again = Form { seen: now.as_ref().map_or(0, |it| it.version), ..form };
    let form = Filled::overtaken(again, |l| Text(l).overtaken());
    show(&me, &mut tx, role, now, form).await
}

async fn end(me: Member, Query(wanted): Query<In>, form: Posted<Form>) -> Result<Response> {
    let role = role(&me, &wanted.role)?;
    let Ok(seen) = form.judge(|f| Ok(f.seen)) else { return Err(Error::Conflict) };
    let mut tx = me.begin().await?;
    let now = tx.now();
    let ended = sqlx::query_scalar!(
        "update deputy set ended_at = $4, version = version + 1
         where principal_id = $1 and role = $2 and version = $3 and ended_at is null returning deputy_id",
        me.id.0,
        role.code(),
        seen,
        now
    );
    if let Some(deputy) = ended.fetch_optional(&mut *tx).await? {
        let letters = [(deputy.into(), Letter::DeputyEnded), (me.id, Letter::DeputyOver)];
        let done = tx.note(Note::DeputyEnded, me.id.0, &letters).await?;
        tx.commit(done).await?;
    }
    see_other(&address(role))
}

/// The role asked for, or the first one held.
fn role(me: &Member, wanted: &str) -> Result<RoleName> {
    me.at_work()?;
    let mut held = deputies::ROLES.into_iter().filter(|role| me.holds(*role));
    match RoleName::from_code(wanted) {
        Some(role) => held.find(|it| *it == role),
        None => held.next(),
    }
    .ok_or(Error::Forbidden)
}

fn address(role: RoleName) -> String {
    format!("/account/deputy?role={}", role.code())
}

impl Form {
    fn of(named: &Deputy) -> Form {
        let typed = |day: NaiveDate| (day.day().to_string(), day.month().to_string(), day.year().to_string());
        let ((from_day, from_month, from_year), (until_day, until_month, until_year)) =
            (typed(named.from), typed(named.until));
        let (seen, deputy) = (named.version, named.person.to_string());
        Form { seen, deputy, from_day, from_month, from_year, until_day, until_month, until_year }
    }

    fn read(
        &self,
        colleagues: &[Colleague],
        today: NaiveDate,
        before: Option<&Deputy>,
    ) -> Result<Absence, Vec<Problem>> {
        let mut problems = Vec::new();
        let deputy = colleagues.iter().find(|it| it.id.to_string() == self.deputy).map(|it| it.id.into());
        if deputy.is_none() {
            problems.push(Problem::missing("deputy", |l| Text(l).choose()));
        }
        let from = TypedDate { day: &self.from_day, month: &self.from_month, year: &self.from_year };
        let from = from.wanted("from", |l| Text(l).from(), |l| Text(l).enter_from(), &mut problems);
        let until = TypedDate { day: &self.until_day, month: &self.until_month, year: &self.until_year };
        let until = until.wanted("until", |l| Text(l).until(), |l| Text(l).enter_until(), &mut problems);
        if let (Some(from), Some(until)) = (from, until)
            && let Err(problem) = judge(from, until, today, before.map(|it| it.from))
        {
            problems.push(match problem {
                RangeProblem::Past => Problem::at("from", |l| Text(l).past()),
                RangeProblem::EndsTooEarly => Problem::at("until", |l| Text(l).too_early()),
                RangeProblem::TooLong => Problem::at("until", |l| Text(l).too_long(LONGEST_DAYS)),
            });
        }
        match (deputy, from, until) {
            (Some(deputy), Some(from), Some(until)) if problems.is_empty() => {
                Ok(Absence { deputy, from, until })
            }
            _ => Err(problems),
        }
    }
}

/// Somebody who holds the same role.
struct Colleague {
    id: Uuid,
    name: String,
}

async fn colleagues(tx: &mut Tx<Member>, role: RoleName) -> Result<Vec<Colleague>> {
    let me = tx.actor();
    Ok(sqlx::query_as!(
        Colleague,
        r#"select p.id, trim(p.given_names || ' ' || p.family_names) as "name!"
           from person_role r join person p on p.id = r.person_id
           where r.role = $1 and p.disabled_at is null and p.id <> $2
           order by p.family_names, p.given_names, p.id limit 1000"#,
        role.code(),
        me.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Names somebody, or changes what was named, if it is still as it was seen; tells whether it was.
async fn write(tx: &mut Tx<Member>, role: RoleName, seen: i32, named: &Absence) -> Result<bool> {
    let (me, now) = (tx.actor(), tx.now());
    if seen == 0 {
        let born = sqlx::query_scalar!(
            "insert into deputy (id, principal_id, deputy_id, role, from_day, until_day, named_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (principal_id, role) where ended_at is null do nothing returning id",
            Uuid::now_v7(),
            me.0,
            named.deputy.0,
            role.code(),
            named.from,
            named.until,
            now
        );
        return Ok(born.fetch_optional(&mut **tx).await?.is_some());
    }
    let changed = sqlx::query_scalar!(
        "update deputy set deputy_id = $4, from_day = $5, until_day = $6, version = version + 1
         where principal_id = $1 and role = $2 and version = $3 and ended_at is null returning id",
        me.0,
        role.code(),
        seen,
        named.deputy.0,
        named.from,
        named.until
    );
    Ok(changed.fetch_optional(&mut **tx).await?.is_some())
}

async fn show(
    me: &Member,
    tx: &mut Tx<Member>,
    role: RoleName,
    named: Option<Deputy>,
    form: Filled<Form>,
) -> Result<Response> {
    let today = tx.today();
    let chosen = |it: Colleague| {
        let id = it.id.to_string();
        let is_chosen = id == form.values.deputy;
        Choice::new(id, it.name, is_chosen)
    };
    let colleagues: Vec<Choice> = colleagues(tx, role).await?.into_iter().map(chosen).collect();
    let held: Vec<RoleName> = deputies::ROLES.into_iter().filter(|it| me.holds(*it)).collect();
    let several = held.len() > 1;
    let view = View {
        page: me.page(Text),
        roles: held
            .into_iter()
            .filter(|_| several)
            .map(|it| (address(it), said(it, me.lang), it == role))
            .collect(),
        is_away: named.as_ref().is_some_and(|it| it.from <= today),
        named,
        colleagues,
        stands_in_for: deputies::stood_in_for(tx, me.id, role, today).await?,
        role: role.code(),
        form,
    };
    html(view.form.status(), &view)
}

fn said(role: RoleName, lang: Lang) -> String {
    let t = Text(lang);
    if role == RoleName::HrDirector { t.as_director() } else { t.as_supervisor() }
}

texts!(Text {
    title: "Your deputy", "Votre suppléance", "Su suplencia";
    lead: "While you are away, a colleague who holds the same role sees your cases and decides in your place. The record says who acted for whom.",
        "Pendant votre absence, une personne qui a le même rôle voit vos dossiers et décide à votre place. Le dossier indique qui a agi pour qui.",
        "Mientras está ausente, una persona con la misma función ve sus casos y decide en su lugar. El registro indica quién actuó por quién.";
    roles: "Your roles", "Vos rôles", "Sus funciones";
    as_supervisor: "As a supervisor", "Encadrement", "Supervisión";
    as_director: "As Director of Human Resources", "Direction des ressources humaines", "Dirección de Recursos Humanos";
    stands_in(name, from, until): "{name} stands in for you from {from} to {until}.", "{name} vous supplée du {from} au {until}.", "{name} le suple del {from} al {until}.";
    will_stand_in(name, from, until): "{name} will stand in for you from {from} to {until}.", "{name} vous suppléera du {from} au {until}.",
        "{name} le suplirá del {from} al {until}.";
    end: "End it now", "Y mettre fin maintenant", "Terminarla ahora";
    change: "Change it", "La modifier", "Cambiarla";
    name: "Name a deputy", "Désigner une suppléance", "Nombrar una suplencia";
    deputy: "Deputy", "Personne suppléante", "Persona suplente";
    deputy_hint: "Nobody decides twice on the same case: whoever proposed a placement or asked for a waiver does not see it as your deputy.",
        "Personne ne décide deux fois sur un même dossier : qui a proposé une affectation ou demandé une dispense ne la voit pas à votre place.",
        "Nadie decide dos veces sobre el mismo caso: quien propuso una plaza o pidió una exención no la ve en su lugar.";
    choose: "Choose who stands in for you", "Choisissez qui vous supplée", "Elija quién le suple";
    from: "First day of your absence", "Le premier jour de votre absence", "Primer día de su ausencia";
    until: "Last day of your absence", "Le dernier jour de votre absence", "Último día de su ausencia";
    date_hint: "For example, 1 2 2027.", "Par exemple, 1 2 2027.", "Por ejemplo, 1 2 2027.";
    until_hint: "The whole day counts. After it, this ends by itself.", "Le jour entier compte. Ensuite, la suppléance prend fin d’elle-même.",
        "Cuenta el día entero. Después, la suplencia termina por sí sola.";
    enter_from: "Enter the first day of your absence", "Indiquez le premier jour de votre absence", "Indique el primer día de su ausencia";
    enter_until: "Enter the last day of your absence", "Indiquez le dernier jour de votre absence", "Indique el último día de su ausencia";
    past: "First day of your absence must be today or later", "Le premier jour de votre absence ne peut pas être passé", "El primer día de su ausencia debe ser hoy o más tarde";
    too_early: "Last day of your absence must not be before the first day, nor before today", "Le dernier jour de votre absence ne peut précéder ni le premier, ni aujourd’hui",
        "El último día de su ausencia no puede ser anterior al primero ni a hoy";
    too_long(n): "An absence may last at most {n} days", "Une absence dure {n} jours au plus", "Una ausencia dura como máximo {n} días";
    save: "Save", "Enregistrer", "Guardar";
    nobody: "Nobody else holds your role. An administrator can invite a colleague.", "Personne d’autre n’a votre rôle. L’administration peut inviter une ou un collègue.",
        "Nadie más tiene su función. La administración puede invitar a otra persona.";
    for_whom: "For whom you stand in", "Qui vous suppléez", "A quién suple usted";
    line(name, from, until): "{name}, from {from} to {until}", "{name}, du {from} au {until}", "{name}, del {from} al {until}";
    for_nobody: "For nobody at present.", "Personne en ce moment.", "A nadie por ahora.";
    overtaken: "Your deputy was changed meanwhile, perhaps in another window. Look at it, then save again. What you typed is still here.",
        "Votre suppléance a été modifiée entre-temps, peut-être dans une autre fenêtre. Regardez-la, puis enregistrez à nouveau. Ce que vous avez saisi est toujours là.",
        "Su suplencia ha cambiado entretanto, quizá en otra ventana. Revísela y guarde de nuevo. Lo que escribió sigue aquí.";
});
