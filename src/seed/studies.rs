//! What a made-up candidate studies, and who sends them.

use super::candidate::days;
use super::chance::Chance;
use super::homes::Home;
use super::words;
use crate::domain::eligibility::{DegreeLevel, Period, Sponsor, SponsorKind, Study, StudyState};
use crate::domain::profile::{Education, SponsorDetails};
use chrono::{Datelike, NaiveDate};

/// One of the four ways to qualify, sometimes missing it by a little.
pub fn make(
    chance: &mut Chance,
    home: &Home,
    released: NaiveDate,
    start: NaiveDate,
    end: NaiveDate,
) -> Option<(Vec<Education>, Option<SponsorDetails>)> {
    let university = (*chance.one(home.universities)?).to_owned();
    let subject = (*chance.one(words::subjects(home.lang))?).to_owned();
    let of = |study: Study| Education {
        study,
        institution: university.clone(),
        country: home.country.to_owned(),
        subject: subject.clone(),
    };
    let awarded = |level, begun: NaiveDate, on: NaiveDate| {
        of(Study {
            level,
            state: StudyState::Awarded,
            started_on: Some(begun),
            final_year_starts_on: None,
            ends_on: None,
            awarded_on: Some(on),
        })
    };
    let enrolled = |level, begun, final_year, ends| {
        of(Study {
            level,
            state: StudyState::Enrolled,
            started_on: Some(begun),
            final_year_starts_on: final_year,
            ends_on: Some(ends),
            awarded_on: None,
        })
    };
    let this_year = september(released, 0);
    Some(match chance.below(100) {
        // in the final year of a first degree; some are a year early, some do not know when it began
        0..=34 => {
            let final_year = match chance.below(20) {
                0 => None,
                1 => Some(september(released, -1)),
                _ => Some(this_year),
            };
            let ends = june_after(final_year.unwrap_or(this_year));
            (vec![enrolled(DegreeLevel::Bachelor, september(released, 3), final_year, ends)], None)
        }
        // a graduate student; some came straight into an integrated master
        35..=62 => {
            let level = if chance.percent(12) { DegreeLevel::Doctorate } else { DegreeLevel::Master };
            let begun = september(released, chance.between(0, 1));
            let now = enrolled(level, begun, None, june_after(september(released, -1)));
            let earlier =
                awarded(DegreeLevel::Bachelor, september(released, 5), june_after(september(released, 2)));
            if chance.percent(7) { (vec![now], None) } else { (vec![earlier, now], None) }
        }
        // a recent graduate; for some it was too long ago
        63..=89 => {
            let on = days(released, -chance.between(10, 330));
            let level = if chance.percent(50) { DegreeLevel::Master } else { DegreeLevel::Bachelor };
            (vec![awarded(level, september(on, 3), on)], None)
        }
        // sent by an institution
        _ => {
            let on = days(released, -chance.between(500, 1500));
            let kinds = [
                SponsorKind::Governmental,
                SponsorKind::NonGovernmental,
                SponsorKind::Academic,
                SponsorKind::Private,
            ];
            let relevant = if chance.percent(70) { Some(true) } else { None };
            let until = if chance.percent(85) { end } else { days(end, -20) };
            let sponsor = Sponsor {
                kind: *chance.one(&kinds)?,
                letter: chance.percent(90),
                relevant_area: relevant,
                covers: Some(Period { from: start, to: until }),
            };
            let name = words::sponsor(home.lang).to_owned();
            (
                vec![awarded(DegreeLevel::Bachelor, september(on, 3), on)],
                Some(SponsorDetails { name, sponsor }),
            )
        }
    })
}

/// The first of September of an academic year so many years before the one that holds a day.
fn september(day: NaiveDate, years_before: i64) -> NaiveDate {
    let year = if day.month() >= 9 { day.year() } else { day.year() - 1 };
    let year = year - i32::try_from(years_before).unwrap_or(0);
    NaiveDate::from_ymd_opt(year, 9, 1).unwrap_or(day)
}

fn june_after(september: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(september.year() + 1, 6, 30).unwrap_or(september)
}
