//! The people of a run: their roles, and what the rules say of the candidates among them.

use crate::support::{Reader, World};
use Role::{Administrator, Candidate, Director, MedicalOfficer, Reviewer, Supervisor};
use Studies::{FinalYear, Graduate, UnderReview};
use chrono::NaiveDate;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Candidate,
    Reviewer,
    Supervisor,
    Director,
    MedicalOfficer,
    Administrator,
}

impl Role {
    fn code(self) -> &'static str {
        match self {
            Candidate => "candidate",
            Reviewer => "hr_reviewer",
            Supervisor => "supervisor",
            Director => "hr_director",
            MedicalOfficer => "medical_officer",
            Administrator => "administrator",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Studies {
    /// A final year that does not end for years: the rules are met all the time.
    FinalYear,
    /// A degree of 30 June 2026: the rules are met on first days up to a year later.
    Graduate,
    /// A master's degree without one before it: somebody has to write why the rule is met.
    UnderReview,
}

pub struct Person {
    pub name: &'static str,
    pub roles: &'static [Role],
    /// Of a candidate.
    pub studies: Studies,
    /// Of a candidate: Swiss, and lives there.
    pub is_local: bool,
    /// Where a candidate wishes to work, or a supervisor does.
    pub offices: &'static [&'static str],
}

const fn candidate(name: &'static str, studies: Studies) -> Person {
    Person { name, roles: &[Candidate], studies, is_local: false, offices: &["geneva", "nairobi"] }
}

const fn staff(name: &'static str, roles: &'static [Role], offices: &'static [&'static str]) -> Person {
    Person { name, roles, studies: FinalYear, is_local: false, offices }
}

pub const CAST: &[Person] = &[
    candidate("Inés", FinalYear),
    candidate("Wanjiru", FinalYear),
    candidate("Mehmet", FinalYear),
    candidate("Yuki", FinalYear),
    candidate("Olena", FinalYear),
    Person { is_local: true, ..candidate("Luc", FinalYear) },
    Person { is_local: true, ..candidate("Lea", FinalYear) },
    candidate("Awa", UnderReview),
    candidate("Kofi", UnderReview),
    Person { offices: &["geneva"], ..candidate("Tomás", Graduate) },
    // applies to the house that employs her
    Person { roles: &[Candidate, Reviewer], ..candidate("Noor", FinalYear) },
    staff("Hugo", &[Reviewer], &[]),
    staff("Hana", &[Reviewer, Supervisor], &["geneva"]),
    staff("Sven", &[Supervisor], &["geneva"]),
    staff("Siti", &[Supervisor], &["nairobi"]),
    staff("Dora", &[Director], &[]),
    staff("Dario", &[Director, Reviewer], &[]),
    staff("Mia", &[MedicalOfficer], &[]),
    staff("Ada", &[Administrator], &[]),
];

/// Whether somebody of the cast holds a role.
pub fn is(who: usize, role: Role) -> bool {
    CAST[who].roles.contains(&role)
}

/// What the rules say of a first day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Met,
    NeedsReview,
    NotMet,
}

/// `eligibility.md` for the three kinds of studies there are here: a degree counts for a year.
pub fn outcome(candidate: usize, first_day: NaiveDate) -> Outcome {
    match CAST[candidate].studies {
        FinalYear => Outcome::Met,
        UnderReview => Outcome::NeedsReview,
        Graduate if first_day <= NaiveDate::from_ymd_opt(2027, 6, 30).unwrap() => Outcome::Met,
        Graduate => Outcome::NotMet,
    }
}

const STUDIES: &str = "institution=Universit%C3%A9+de+Lyon&country=FR&subject=Droit";
const ENROLLED: &str = "state=enrolled&started_day=1&started_month=9&started_year=2025\
                        &degree_day=30&degree_month=6&degree_year=2040";

/// Everybody signs in, the candidates with a profile that only waits to be released.
pub async fn enter(world: &World) -> Vec<Reader<'_>> {
    let mut people = Vec::new();
    for person in CAST {
        let reader = match person.roles.contains(&Candidate) {
            true => applicant(world, person).await,
            false => world.sign_in("en", &[]).await,
        };
        let roles: Vec<&str> = person.roles.iter().map(|role| role.code()).collect();
        sqlx::query("insert into person_role select $1, unnest($2::text[]) on conflict do nothing")
            .bind(reader.id)
            .bind(roles)
            .execute(&world.db)
            .await
            .unwrap();
        if person.roles.contains(&Supervisor) {
            sqlx::query("insert into supervisor_office select $1, unnest($2::text[])")
                .bind(reader.id)
                .bind(person.offices)
                .execute(&world.db)
                .await
                .unwrap();
        }
        people.push(reader);
    }
    sqlx::query("update session set idle_seconds = 1000000000").execute(&world.db).await.unwrap();
    people
}

async fn applicant<'w>(world: &'w World, person: &Person) -> Reader<'w> {
    let reader = world.ready_candidate("en").await;
    let wishes: String = person.offices.iter().map(|office| format!("&offices={office}")).collect();
    reader.change("wishes", &format!("areas=data{wishes}")).await;
    if person.is_local {
        let about = "given_names=Luc&family_names=Favre&born_day=14&born_month=3&born_year=2002\
                     &nationality=CH&residence=CH";
        reader.change("about", about).await;
    }
    let more = match person.studies {
        // as it is
        Graduate => return reader,
        FinalYear => "level=bachelor&final_year_day=1&final_year_month=9&final_year_year=2026",
        UnderReview => "level=master&final_year_day=&final_year_month=&final_year_year=",
    };
    reader.change("education", &format!("{STUDIES}&{ENROLLED}&{more}")).await;
    reader
}
