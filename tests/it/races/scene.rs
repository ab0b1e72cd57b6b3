//! The people around a case, and the case where a race begins.

use crate::support::{APPROVAL, EVALUATION, Reader, World};
use chrono_tz::Europe::Zurich;
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use stagiaire::jobs;
use uuid::Uuid;

pub struct Scene<'w> {
    pub candidate: Reader<'w>,
    pub reviewer: Reader<'w>,
    pub colleague: Reader<'w>,
    pub supervisor: Reader<'w>,
    pub director: Reader<'w>,
    pub other_director: Reader<'w>,
    pub application: Uuid,
    pub placement: Option<Uuid>,
    /// One that waits to be checked.
    pub document: Option<Uuid>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Nothing is released yet.
    Ready,
    Released,
    InReview,
    ChangesRequested,
    /// Until and with 2027-05-24.
    Pooled,
    NotSelected,
    Expired,
    WithdrawnReleased,
    WithdrawnInReview,
    WithdrawnAsked,
    WithdrawnPooled,
    Proposed,
    Approved,
    ApprovedLocal,
    WaiverAsked,
    Offered,
    Accepted,
    /// The last of the documents waits to be checked.
    AllButOne,
    /// Everything is checked; the agreement can still be sent back.
    AllChecked,
    Begun,
    ExtensionAgreed,
    Evaluated,
}

async fn done(reader: &Reader<'_>, path: &str, answers: &str) {
    let reply = reader.fill_in(path, answers).await;
    assert_eq!(reply.status, 303, "{path}: {}", reply.body);
}

pub async fn set(world: &World, stage: Stage) -> Scene<'_> {
    let (reviewer, colleague) = (world.reviewer("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let (director, other_director) = (world.director("en").await, world.director("en").await);
    let candidate = world.ready_candidate("en").await;
    let mut scene = Scene {
        candidate,
        reviewer,
        colleague,
        supervisor,
        director,
        other_director,
        application: Uuid::nil(),
        placement: None,
        document: None,
    };
    match stage {
        Stage::Ready => {}
        Stage::Proposed | Stage::Approved | Stage::ApprovedLocal | Stage::WaiverAsked | Stage::Offered => {
            scene.until_offered(world, stage).await;
        }
        Stage::Accepted | Stage::AllButOne | Stage::AllChecked => scene.until_ready(world, stage).await,
        Stage::Begun | Stage::ExtensionAgreed | Stage::Evaluated => scene.until_the_end(world, stage).await,
        _ => scene.apply(world, stage).await,
    }
    scene
}

impl<'w> Scene<'w> {
    async fn release(&mut self, world: &World) {
        assert_eq!(self.candidate.release().await.status, 303);
        self.application = sqlx::query_scalar("select id from application where candidate_id = $1")
            .bind(self.candidate.id)
            .fetch_one(&world.db)
            .await
            .unwrap();
        self.candidate.change("wishes", "areas=migration_law&offices=nairobi").await;
    }

    async fn apply(&mut self, world: &World, stage: Stage) {
        use Stage::{ChangesRequested, InReview, NotSelected, Released};
        use Stage::{WithdrawnAsked, WithdrawnInReview, WithdrawnPooled, WithdrawnReleased};
        self.release(world).await;
        let at = |verb: &str| format!("/review/{}/{verb}", self.application);
        if !matches!(stage, Released | WithdrawnReleased) {
            self.reviewer.claim(self.application).await;
        }
        match stage {
            Released | InReview | WithdrawnReleased | WithdrawnInReview => {}
            ChangesRequested | WithdrawnAsked => {
                done(&self.reviewer, &at("changes"), "sections=wishes&message=Which+office").await;
            }
            NotSelected => {
                let answers = "why=no_matching_place&message=Sorry+to+say";
                done(&self.reviewer, &at("decline"), answers).await;
            }
            _ => done(&self.reviewer, &at("pool"), "reason=Seen").await,
        }
        if matches!(stage, WithdrawnReleased | WithdrawnInReview | WithdrawnAsked | WithdrawnPooled) {
            done(&self.candidate, "/application/withdraw", "why=").await;
        }
        if stage == Stage::Expired {
            let over = world.later("2027-05-25").await;
            jobs::once(&Db::new(over.db.clone(), Zurich), Clock::Stopped(over.now)).await;
        }
    }

    async fn propose(&mut self) {
        self.reviewer.pool(self.application).await;
        self.placement = Some(self.reviewer.propose(self.application, &self.supervisor).await);
    }

    async fn until_offered(&mut self, world: &World, stage: Stage) {
        self.release(world).await;
        if matches!(stage, Stage::ApprovedLocal | Stage::WaiverAsked) {
            let local = "alter table snapshot disable trigger never_changes;
                 update snapshot set profile = jsonb_set(jsonb_set(profile, '{about,nationalities}', '[\"CH\"]'),
                     '{about,residence}', '\"CH\"');
                 alter table snapshot enable trigger never_changes;";
            sqlx::raw_sql(local).execute(&world.db).await.unwrap();
        }
        self.propose().await;
        let id = self.placement.unwrap();
        if stage != Stage::Proposed {
            done(&self.supervisor, &format!("/supervision/{id}/approve"), APPROVAL).await;
        }
        if stage == Stage::WaiverAsked {
            done(&self.reviewer, &format!("/placements/{id}/waiver"), "reason=The+county+pays+her").await;
        }
        if stage == Stage::Offered {
            let answers = "answer_day=1&answer_month=12&answer_year=2026";
            done(&self.reviewer, &format!("/placements/{id}/offer"), answers).await;
        }
    }

    async fn until_ready(&mut self, world: &'w World, stage: Stage) {
        let cast = world.accepted().await;
        let officer = world.sign_in("en", &["medical_officer"]).await;
        match stage {
            Stage::AllButOne => cast.settle_all_but("agreement", &officer).await,
            Stage::AllChecked => cast.settle_all_but("", &officer).await,
            _ => {}
        }
        if stage != Stage::Accepted {
            self.document = Some(cast.shown("agreement").await);
        }
        self.application = cast.application;
        self.placement = Some(cast.placement);
        (self.candidate, self.reviewer, self.supervisor) = (cast.candidate, cast.reviewer, cast.supervisor);
    }

    async fn until_the_end(&mut self, world: &World, stage: Stage) {
        let id = world.internship(&self.candidate, &self.supervisor, &self.reviewer, "started").await;
        self.placement = Some(id);
        self.application = sqlx::query_scalar("select application_id from placement where id = $1")
            .bind(id)
            .fetch_one(&world.db)
            .await
            .unwrap();
        if stage == Stage::ExtensionAgreed {
            let longer = "end_day=31&end_month=8&end_year=2027&reason=Another+month";
            done(&self.supervisor, &format!("/supervision/{id}/extend"), longer).await;
            let answer = format!("/internship/{id}/extension");
            let wish = self.candidate.get(&answer).await.hidden("wish");
            let reply = self.candidate.post(&answer, &format!("wish={wish}&answer=yes")).await;
            assert_eq!(reply.status, 303, "{}", reply.body);
            world.insured(id, "2027-02-01", "2027-08-31").await;
        }
        if stage == Stage::Evaluated {
            let late = world.later("2027-07-30").await;
            let path = format!("/supervision/{id}/evaluate/final");
            done(&self.supervisor.of(&late), &path, EVALUATION).await;
        }
    }
}
