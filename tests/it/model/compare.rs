//! The database beside the model: every case, and what the record says of the last step.

use super::cases::{Application, Model, Placement, WHICH};
use crate::support::Reader;
use sqlx::PgPool;
use std::collections::BTreeMap;
use uuid::Uuid;

const CASES: &str = "
    select a.id, format('application %s, version %s, reviewer %s, pooled until %s, release %s', a.state, a.version,
        a.reviewer_id, a.pooled_until, a.latest)
    from application a
    union all
    select p.id, format('placement %s, version %s, %s to %s, answer by %s, waiver %s, wish %s, papers %s, evaluations %s',
        p.state, p.version, p.starts_on, p.ends_on,
        (select o.answer_by from offer o where o.placement_id = p.id),
        (select case when is_open then 'open' when dropped_at is not null then 'dropped' when granted then 'granted'
                     else 'refused' end
         from waiver w where w.placement_id = p.id order by requested_at desc, id desc limit 1),
        (select format('%s until %s', case when confirmed_at is not null then 'confirmed'
                    when declined_at is not null then 'declined' when refused_at is not null then 'refused'
                    when agreed_at is not null then 'agreed' else 'asked' end, new_end)
         from extension x where x.placement_id = p.id order by id desc limit 1),
        (select string_agg(format('%s %s', kind, state), ', ' order by kind collate \"C\", state collate \"C\")
         from onboarding_document d where d.placement_id = p.id and d.state <> 'replaced'),
        (select string_agg(format('%s %s%s', which, revision, case when comment is not null then ' with comment' end),
                           ', ' order by which desc)
         from evaluation e where e.placement_id = p.id))
    from placement p";

/// What differs; nothing if all is as the model says.
pub async fn differences(db: &PgPool, model: &Model, people: &[Reader<'_>]) -> Vec<String> {
    let found: Vec<(Uuid, String)> = sqlx::query_as(CASES).fetch_all(db).await.unwrap();
    let found: BTreeMap<Uuid, String> = found.into_iter().collect();
    let applications = model.applications.iter().map(|it| (it.id, it.told(people)));
    let expected: BTreeMap<Uuid, String> =
        applications.chain(model.placements.iter().map(|it| (it.id, it.told()))).collect();
    let ids = found.keys().chain(expected.keys().filter(|id| !found.contains_key(id)));
    let differ = ids.filter(|id| found.get(id) != expected.get(id));
    differ.map(|id| format!("found:    {:?}\nexpected: {:?}", found.get(id), expected.get(id))).collect()
}

fn or_nothing(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

impl Application {
    fn told(&self, people: &[Reader<'_>]) -> String {
        let reviewer = or_nothing(self.reviewer.map(|who| people[who].id));
        let until = or_nothing(self.pooled_until);
        format!(
            "application {}, version {}, reviewer {reviewer}, pooled until {until}, release {}",
            self.state, self.version, self.latest
        )
    }
}

impl Placement {
    fn told(&self) -> String {
        let mut papers: Vec<String> =
            self.papers.iter().map(|it| format!("{} {}", it.kind, it.state)).collect();
        papers.sort();
        let evaluations: Vec<String> = (WHICH.iter().zip(&self.evaluations))
            .filter_map(|(which, written)| written.as_ref().map(|it| (which, it)))
            .map(|(which, it)| {
                let comment = if it.has_comment { " with comment" } else { "" };
                format!("{which} {}{comment}", it.revision)
            })
            .collect();
        format!(
            "placement {}, version {}, {} to {}, answer by {}, waiver {}, wish {}, papers {}, evaluations {}",
            self.state,
            self.version,
            self.first_day,
            self.last_day,
            or_nothing(self.answer_by),
            self.waiver.as_ref().map_or("", |waiver| waiver.standing),
            or_nothing(self.wish.as_ref().map(|wish| format!("{} until {}", wish.standing, wish.new_end))),
            papers.join(", "),
            evaluations.join(", ")
        )
    }
}

/// The number of the last event, and how many letters were written.
pub async fn mark(db: &PgPool) -> (i64, i64) {
    sqlx::query_as("select (select coalesce(max(id), 0) from audit_event), (select count(*) from outbox)")
        .fetch_one(db)
        .await
        .unwrap()
}

/// What is recorded of cases that moved, since an event.
pub async fn steps_since(db: &PgPool, event: i64) -> Vec<String> {
    sqlx::query_scalar(
        "select format('%s: %s -> %s', action, from_state, to_state) from audit_event
         where id > $1 and to_state is not null",
    )
    .bind(event)
    .fetch_all(db)
    .await
    .unwrap()
}

/// The ids of what the model has taken to be there, and the database has just made.
pub async fn learn(db: &PgPool, model: &mut Model) {
    let ids = |query: &'static str| sqlx::query_scalar::<_, Uuid>(query).fetch_all(db);
    if model.applications.iter().any(|it| it.id.is_nil()) {
        let all = ids("select id from application").await.unwrap();
        fill(all, model.applications.iter_mut().map(|it| &mut it.id).collect());
    }
    if model.placements.iter().any(|it| it.id.is_nil()) {
        let all = ids("select id from placement").await.unwrap();
        fill(all, model.placements.iter_mut().map(|it| &mut it.id).collect());
    }
    let papers = model.placements.iter_mut().flat_map(|it| &mut it.papers).map(|it| &mut it.id);
    let papers: Vec<&mut Uuid> = papers.collect();
    if papers.iter().any(|id| id.is_nil()) {
        let newest = "select id from onboarding_document order by submitted_at desc, id desc limit 1";
        fill(ids(newest).await.unwrap(), papers);
    }
    let wishes = model.placements.iter_mut().filter_map(|it| it.wish.as_mut()).map(|it| &mut it.id);
    let wishes: Vec<&mut Uuid> = wishes.collect();
    if wishes.iter().any(|id| id.is_nil()) {
        fill(ids("select id from extension order by id desc limit 1").await.unwrap(), wishes);
    }
}

/// The one that is nil becomes the one that is new.
fn fill(found: Vec<Uuid>, known: Vec<&mut Uuid>) {
    let new = found.into_iter().find(|id| !known.iter().any(|known| *known == id));
    if let (Some(new), Some(nil)) = (new, known.into_iter().find(|id| id.is_nil())) {
        *nil = new;
    }
}

/// Every invariant that does not hold.
pub async fn broken(db: &PgPool, model: &Model) -> Vec<String> {
    sqlx::query_scalar("select format('broken: %s, %s', name, id) from whatever_is_broken($1)")
        .bind(model.now)
        .fetch_all(db)
        .await
        .unwrap()
}
