//! The lifecycle as the specification has it, against the database and against the types.

use crate::support::{day, world_on};
use chrono::{NaiveDate, TimeZone};
use sqlx::PgPool;
use stagiaire::domain::application::{self, AnyApplication, DeclineReason};
use stagiaire::domain::calendar::Windows;
use stagiaire::domain::eligibility::{Assessment, RuleResult, Verdict};
use stagiaire::domain::onboarding::{Kind, Lacking, OnDocument};
use stagiaire::domain::placement::{self, AnyPlacement, OpenWaiver, Which, Wish};
use stagiaire::domain::step::{Approval, Step};
use stagiaire::domain::terms::{self, Proposal, Stage, Stay, Terms};
use std::collections::BTreeSet;
use uuid::Uuid;

/// `lifecycle.md`, "Application"; `undo_withdraw` is the way back of `withdraw`, for a day; `assign` is a claim for a
/// colleague.
const APPLICATION: &str = "
    release: new -> released
    re_release: released -> released
    re_release: changes_requested -> released
    re_release: in_review -> in_review
    re_release: pooled -> pooled
    withdraw: released -> withdrawn
    withdraw: changes_requested -> withdrawn
    withdraw: in_review -> withdrawn
    withdraw: pooled -> withdrawn
    claim: released -> in_review
    assign: released -> in_review
    assign: in_review -> in_review
    unclaim: in_review -> released
    request_changes: in_review -> changes_requested
    pool: in_review -> pooled
    decline: in_review -> not_selected
    reopen: not_selected -> in_review
    renew: pooled -> pooled
    renew: expired -> pooled
    expire: pooled -> expired
    expire: changes_requested -> expired
    undo_withdraw: withdrawn -> released
    undo_withdraw: withdrawn -> changes_requested
    undo_withdraw: withdrawn -> in_review
    undo_withdraw: withdrawn -> pooled
    place: pooled -> placed
    return_to_pool: placed -> pooled";

/// `lifecycle.md`, "Placement". `unready` is the way back of `ready`; `close` is what a withdrawal, or accepting
/// another offer, does to what is open.
const PLACEMENT: &str = "
    propose: new -> proposed
    approve: proposed -> approved
    decline: proposed -> declined
    request_waiver: approved -> approved
    decide_waiver: approved -> approved
    offer: approved -> offered
    accept: offered -> accepted
    refuse: offered -> refused
    lapse: offered -> lapsed
    rescind: offered -> rescinded
    submit_document: accepted -> accepted
    verify_document: accepted -> accepted
    return_document: accepted -> accepted
    ready: accepted -> ready
    unready: ready -> accepted
    start: ready -> started
    extend: started -> started
    evaluate: started -> started
    complete: started -> completed
    end_early: started -> ended_early
    no_show: ready -> no_show
    no_show: accepted -> no_show
    cancel: proposed -> cancelled
    cancel: approved -> cancelled
    cancel: accepted -> cancelled
    cancel: ready -> cancelled
    close: proposed -> cancelled
    close: approved -> cancelled
    close: offered -> cancelled";

fn table(text: &str) -> BTreeSet<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn actions(text: &str) -> Vec<String> {
    let names: BTreeSet<String> =
        table(text).iter().map(|l| l.split(':').next().unwrap().to_owned()).collect();
    names.into_iter().collect()
}

/// Both directions, in words.
fn same(got: &BTreeSet<String>, spec: &BTreeSet<String>) {
    let too_much: Vec<_> = got.difference(spec).collect();
    let missing: Vec<_> = spec.difference(got).collect();
    assert!(
        too_much.is_empty() && missing.is_empty(),
        "not in the specification: {too_much:?}; missing: {missing:?}"
    );
}

/// Puts the case `one` into every state, past all rules, and from there tries every action to every state.
/// What the database lets pass is returned; whatever it refuses, it must refuse by the key.
const TRY_EVERYTHING: &str = "
create function everything_tried(kind regclass, one uuid, states text[], actions text[]) returns setof text
language plpgsql as $$
declare f text; a text; t text;
begin
    foreach f in array states loop
        foreach a in array actions loop
            foreach t in array states || array['new', 'elsewhere'] loop
                begin
                    perform set_config('session_replication_role', 'replica', true);
                    execute format('update %s set state = $1, came_from = $2, action = ''set up'' where id = $3', kind)
                        using f, t, one; -- whatever came from somewhere came from where it is to go: see undo_withdraw
                    perform set_config('session_replication_role', 'origin', true);
                    execute format('update %s set state = $1, action = $2, version = version + 1 where id = $3', kind)
                        using t, a, one;
                    raise sqlstate 'ZZ001';
                exception
                    when sqlstate 'ZZ001' then return next format('%s: %s -> %s', a, f, t);
                    when foreign_key_violation then null;
                end;
            end loop;
        end loop;
    end loop;
end $$;
-- The same for a case's first step: a copy of `one` is born.
create function every_birth_tried(kind regclass, one uuid, other uuid, states text[], actions text[]) returns setof text
language plpgsql as $$
declare a text; t text; columns text; copied text;
begin
    select string_agg(quote_ident(attname), ', '),
           string_agg(case attname when 'id' then 'gen_random_uuid()' when 'reference' then quote_literal('copy')
                      when 'candidate_id' then quote_literal(other) when 'office_id' then quote_literal('nairobi')
                      when 'action' then '$1' when 'state' then '$2' else quote_ident(attname) end, ', ')
    into columns, copied from pg_attribute
    where attrelid = kind and attnum > 0 and not attisdropped and attgenerated = '';
    foreach a in array actions loop
        foreach t in array states loop
            begin
                execute format('insert into %1$s (%2$s) select %3$s from %1$s where id = $3', kind, columns, copied)
                    using a, t, one;
                raise sqlstate 'ZZ001';
            exception
                when sqlstate 'ZZ001' then return next format('%s: new -> %s', a, t);
                when foreign_key_violation then null;
            end;
        end loop;
    end loop;
end $$;";

async fn everything(
    db: &PgPool,
    kind: &str,
    one: Uuid,
    other: Uuid,
    states: &[&str],
    actions: &[String],
) -> BTreeSet<String> {
    let mut let_pass: Vec<String> =
        sqlx::query_scalar("select everything_tried($1::text::regclass, $2, $3, $4)")
            .bind(kind)
            .bind(one)
            .bind(states)
            .bind(actions)
            .fetch_all(db)
            .await
            .unwrap();
    let births: Vec<String> =
        sqlx::query_scalar("select every_birth_tried($1::text::regclass, $2, $3, $4, $5)")
            .bind(kind)
            .bind(one)
            .bind(other)
            .bind(states)
            .bind(actions)
            .fetch_all(db)
            .await
            .unwrap();
    let_pass.extend(births);
    let_pass.into_iter().collect()
}

#[sqlx::test]
async fn the_database_lets_an_application_take_the_steps_of_the_specification_and_no_other(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (maria, other, reviewer) =
        (world.candidate("es").await, world.candidate("fr").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    sqlx::query("update application set reviewer_id = $2, pooled_until = '2027-05-25' where id = $1")
        .bind(id)
        .bind(reviewer.id)
        .execute(&world.db)
        .await
        .unwrap();
    sqlx::raw_sql(TRY_EVERYTHING).execute(&world.db).await.unwrap();
    let states: Vec<&str> = application::State::ALL.iter().map(|state| state.code()).collect();
    let got = everything(&world.db, "application", id, other.id, &states, &actions(APPLICATION)).await;
    same(&got, &table(APPLICATION));
    let invented =
        everything(&world.db, "application", id, other.id, &states, &["place_anyway".into()]).await;
    assert!(invented.is_empty(), "{invented:?}");
}

#[sqlx::test]
async fn the_database_lets_a_placement_take_the_steps_of_the_specification_and_no_other(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let (maria, reviewer) = (world.candidate("es").await, world.reviewer("en").await);
    let supervisor = world.sign_in("en", &["supervisor"]).await;
    let (application, id) = (world.application(&maria).await, Uuid::now_v7());
    sqlx::query(
        "insert into placement (id, reference, application_id, office_id, supervisor_id, area, starts_on, ends_on, terms,
            proposed_by, version, action, came_from, state, state_since, approved_by, terms_of_reference, tasks,
            learning_goals)
         values ($1, 'PL-2026-0001', $2, 'geneva', $3, 'data', '2027-02-01', '2027-07-31', '{}', $4, 1, 'propose', 'new',
            'proposed', $5, $3, 'Terms', 'Tasks', 'Goals')",
    )
    .bind(id)
    .bind(application)
    .bind(supervisor.id)
    .bind(reviewer.id)
    .bind(world.now)
    .execute(&world.db)
    .await
    .unwrap();
    sqlx::raw_sql(TRY_EVERYTHING).execute(&world.db).await.unwrap();
    let states: Vec<&str> = placement::State::ALL.iter().map(|state| state.code()).collect();
    let got = everything(&world.db, "placement", id, maria.id, &states, &actions(PLACEMENT)).await;
    same(&got, &table(PLACEMENT));
}

#[sqlx::test]
async fn a_case_moves_one_version_at_a_time(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let (maria, reviewer) = (world.candidate("es").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    for attempt in [
        "update application set version = version + 2, action = 'claim', state = 'in_review', reviewer_id = $2 where id = $1",
        "update application set version = version - 1, action = 'claim', state = 'in_review', reviewer_id = $2 where id = $1",
        "update application set action = 'claim', state = 'in_review', reviewer_id = $2 where id = $1",
        "update application set came_from = 'pooled', reviewer_id = $2 where id = $1",
    ] {
        let refused = sqlx::query(attempt).bind(id).bind(reviewer.id).execute(&world.db).await.unwrap_err();
        assert!(refused.to_string().contains("one step at a time"), "{attempt}: {refused}");
    }
    sqlx::query("update application set version = 2, action = 'claim', state = 'in_review', reviewer_id = $2 where id = $1")
        .bind(id)
        .bind(reviewer.id)
        .execute(&world.db)
        .await
        .unwrap();
}

#[sqlx::test]
async fn a_withdrawal_is_taken_back_to_where_it_came_from_and_nowhere_else(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let id = world.application(&world.candidate("es").await).await;
    let step = |action: &'static str, state: &'static str| {
        sqlx::query(
            "update application set version = version + 1, action = $2, state = $3, pooled_until = '2027-05-25'
             where id = $1",
        )
        .bind(id)
        .bind(action)
        .bind(state)
        .execute(&world.db)
    };
    step("withdraw", "withdrawn").await.unwrap();
    let refused = step("undo_withdraw", "pooled").await.unwrap_err();
    assert!(refused.to_string().contains("taken back to where it came from"), "{refused}");
    step("undo_withdraw", "released").await.unwrap();
}

#[sqlx::test]
async fn what_is_written_once_stays(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let maria = world.candidate("es").await;
    world.application(&maria).await;
    for attempt in [
        "update audit_event set reason = 'another'",
        "delete from audit_event",
        "update snapshot set profile = '{}'",
        "delete from snapshot",
        "update snapshot_document set number = 2",
        "delete from snapshot_document",
    ] {
        let refused = sqlx::query(attempt).execute(&world.db).await.unwrap_err();
        assert!(refused.to_string().contains("is written once"), "{attempt}: {refused}");
    }
    assert_eq!(world.story().await, ["release: new -> released, by candidate"]);
}

#[sqlx::test]
async fn a_candidate_has_one_open_application(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let maria = world.candidate("es").await;
    let id = world.application(&maria).await;
    sqlx::raw_sql(TRY_EVERYTHING).execute(&world.db).await.unwrap();
    let another = || {
        sqlx::query("select every_birth_tried('application', $1, $2, array['released'], array['release'])")
            .bind(id)
            .bind(maria.id)
            .fetch_all(&world.db)
    };
    let refused = another().await.unwrap_err();
    assert!(refused.to_string().contains("one_open_application"), "{refused}");
    sqlx::query("update application set version = 2, action = 'withdraw', state = 'withdrawn' where id = $1")
        .bind(id)
        .execute(&world.db)
        .await
        .unwrap();
    assert_eq!(another().await.unwrap().len(), 1);
}

fn told(steps: impl IntoIterator<Item = Step>, from: &str) -> Vec<String> {
    steps.into_iter().map(|step| format!("{}: {from} -> {}", step.action, step.to)).collect()
}

fn beyond_birth(text: &str) -> BTreeSet<String> {
    table(text).into_iter().filter(|line| !line.contains("new ->")).collect()
}

const TODAY: &str = "2026-11-25";

fn why() -> String {
    "Because".to_owned()
}

#[test]
fn the_types_of_an_application_offer_the_steps_of_the_specification_and_no_other() {
    let (candidate, reviewer) = (Uuid::now_v7().into(), Uuid::now_v7().into());
    let (today, yesterday, long_ago): (NaiveDate, _, _) = (day(TODAY), day("2026-11-24"), day("2026-09-01"));
    let mut offered = BTreeSet::new();
    for state in application::State::ALL {
        let any = AnyApplication::from_facts(application::Facts {
            id: Uuid::now_v7().into(),
            candidate,
            version: 3,
            state,
            since: long_ago,
            reviewer: Some(reviewer),
            pooled_until: Some(yesterday),
        })
        .unwrap();
        let mut steps: Vec<Step> = Vec::new();
        steps.extend(any.re_release(2));
        steps.extend(any.withdraw(None));
        steps.extend(any.renew(today, Verdict::Eligible));
        steps.extend(any.expire(today));
        match &any {
            AnyApplication::Released(it) => {
                steps.extend(it.claim(reviewer));
                steps.extend(it.assign(reviewer, reviewer));
            }
            AnyApplication::InReview(it) => {
                steps.extend(it.unclaim(reviewer, None));
                steps.extend(it.assign(reviewer, reviewer));
                steps.extend(it.request_changes(reviewer, &["about"], why()));
                let rules = [met()];
                steps.extend(it.pool(reviewer, &rules, None, today));
                steps.extend(it.decline(reviewer, &DeclineReason::from_code("duplicate").unwrap(), why()));
            }
            AnyApplication::NotSelected(it) => steps.extend(it.reopen(reviewer, why(), today).unwrap()),
            AnyApplication::Pooled(it) => steps.push(it.place()),
            AnyApplication::Placed(it) => steps.push(it.return_to_pool(today)),
            AnyApplication::Withdrawn(it) => {
                let at = chrono::Utc.from_utc_datetime(&today.into());
                let of = |from| application::Withdrawal { at, from };
                steps.extend(application::State::ALL.iter().flat_map(|from| it.undo_withdraw(of(*from), at)));
            }
            AnyApplication::ChangesRequested(_) | AnyApplication::Expired(_) => {}
        }
        offered.extend(told(steps, state.code()));
    }
    same(&offered, &beyond_birth(APPLICATION));
}

fn met() -> RuleResult {
    use stagiaire::domain::eligibility::{Outcome, Reason, Rule};
    RuleResult {
        rule: Rule::Age,
        outcome: Outcome::Met,
        reason: Reason::AgeInRange { age: 24 },
        tracks: Vec::new(),
    }
}

fn assessment_of(rules: Vec<RuleResult>) -> Assessment {
    Assessment {
        as_of: day(TODAY),
        start: None,
        verdict: Verdict::Eligible,
        rules,
        eligible_start: Windows::always(),
        possible_start: Windows::always(),
        release_from: None,
        policy: eligibility_policy(),
        office: None,
    }
}

fn eligibility_policy() -> stagiaire::domain::eligibility::Policy {
    stagiaire::domain::eligibility::Policy {
        from_age: 19,
        below_age: 37,
        months_after_award: 12,
        working_languages: vec!["en".into()],
        working_level: stagiaire::domain::eligibility::Level::B2,
    }
}

fn terms_of(stay: Stay) -> Terms {
    let policy = terms::Policy {
        shortest_months: 2,
        initial_months: 6,
        total_months: 9,
        days_as_month: 30,
        preferred_months: 6,
    };
    policy.terms(&Proposal {
        stay,
        stage: Stage::Initial,
        earlier: Vec::new(),
        host_country: None,
        nationalities: Vec::new(),
        recruited_in: None,
        medical_insurance: Vec::new(),
        offered_on: None,
        allowance: None,
    })
}

#[test]
fn the_types_of_a_placement_offer_the_steps_of_the_specification_and_no_other() {
    let (candidate, supervisor) = (Uuid::now_v7().into(), Uuid::now_v7().into());
    let (reviewer, director) = (Uuid::now_v7().into(), Uuid::now_v7().into());
    let (today, yesterday) = (day(TODAY), day("2026-11-24"));
    let stay = Stay { start: today, end: day("2027-05-24") };
    let terms = terms_of(stay);
    let assessment = assessment_of(vec![met()]);
    let wish = Wish { new_end: day("2027-07-24"), asked_by: supervisor, asked_on: today, is_agreed: true };
    let mut offered = BTreeSet::new();
    for state in placement::State::ALL {
        let any = AnyPlacement::new(
            placement::Facts {
                id: Uuid::now_v7().into(),
                candidate,
                supervisor,
                proposed_by: reviewer,
                version: 3,
                // an offer needs time to be answered; a start, a no-show and an absence need the day to have come
                starts_on: if state == placement::State::Approved { day("2027-02-01") } else { yesterday },
                ends_on: day("2027-05-24"),
            },
            state,
        );
        let mut steps: Vec<Step> = Vec::new();
        steps.extend(any.cancel(why()));
        steps.extend(any.close());
        steps.extend(any.no_show(today));
        match &any {
            AnyPlacement::Proposed(it) => {
                steps.extend(it.approve(supervisor, Approval::default(), true));
                steps.extend(it.decline(supervisor, why()));
            }
            AnyPlacement::Approved(it) => {
                steps.extend(it.request_waiver(reviewer, true, None, &[director], why()));
                steps.extend(it.decide_waiver(director, OpenWaiver { requested_by: reviewer }, true, why()));
                steps.extend(it.offer(reviewer, None, (&terms, &assessment, &[]), today, day("2026-12-02")));
            }
            AnyPlacement::Offered(it) => {
                steps.extend(it.accept(candidate, today, today));
                steps.extend(it.refuse(candidate, None));
                steps.extend(it.lapse(today, yesterday));
                steps.push(it.rescind(why()));
            }
            AnyPlacement::Accepted(it) => {
                steps.extend(
                    [OnDocument::Submit, OnDocument::Verify, OnDocument::Return]
                        .map(|what| it.document(what, Kind::Passport)),
                );
                steps.extend(it.ready(&Lacking::default()));
            }
            AnyPlacement::Ready(it) => {
                steps.push(it.unready());
                steps.extend(it.start(today, today, &terms, (&assessment, &[])));
            }
            AnyPlacement::Started(it) => {
                steps.extend(it.extend(reviewer, &wish, &terms, &[], today));
                steps.extend(it.evaluate(supervisor, Which::MidTerm, today, true));
                steps.extend(it.complete(supervisor, true, day("2027-05-20")));
                steps.extend(it.end_early(today, day("2026-12-31"), false, why()));
            }
            _ => {}
        }
        offered.extend(told(steps, state.code()));
    }
    same(&offered, &beyond_birth(PLACEMENT));
}
