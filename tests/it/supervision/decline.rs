use crate::support::world_on;

#[sqlx::test]
async fn a_declined_placement_leaves_the_candidate_in_the_pool(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    reviewer.pool(id).await;
    let placement = reviewer.propose(id, &supervisor).await;
    let path = format!("/supervision/{placement}/decline");

    let empty = supervisor.fill_in(&path, "reason=").await;
    let declined = supervisor.fill_in(&path, "reason=No+desk+before+June").await;

    assert_eq!((empty.status, declined.status), (422, 303));
    assert_eq!(world.letters().await.last().unwrap(), "placement_declined");
    assert!(reviewer.get(&format!("/placements/{placement}")).await.has("No desk before June"));
    assert_eq!(world.count("select count(*) from application where state = 'pooled'").await, 1);
    reviewer.propose(id, &supervisor).await; // another proposal there is possible again
}

#[sqlx::test]
async fn of_two_answers_at_once_one_counts(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    reviewer.pool(id).await;
    let placement = reviewer.propose(id, &supervisor).await;
    let (yes, no) =
        (format!("/supervision/{placement}/approve"), format!("/supervision/{placement}/decline"));
    let approval = "seen=1&terms_of_reference=a&tasks=b&learning_goals=c&no_conflict=true";

    let (one, two) = tokio::join!(
        supervisor.post(&yes, approval),
        supervisor.post(&no, "seen=1&reason=On+second+thoughts")
    );

    let mut both = [one.status, two.status];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    assert!(one.has("Something happened") || two.has("On second thoughts"));
}
