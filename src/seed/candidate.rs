//! One made-up profile: possible, various, and judged by the real rules afterwards.

use super::chance::Chance;
use super::homes::{HOMES, Home};
use super::{studies, words};
use crate::domain::calendar::months_later;
use crate::domain::eligibility::{Facts, LanguageSkills, Level};
use crate::domain::profile::{About, Dates, Experience, Funding, Profile, Wishes};
use crate::domain::terms::stay_end;
use crate::reference::areas::AREAS;
use crate::text::Lang;
use chrono::{Datelike, Days, NaiveDate};

pub struct Candidate {
    pub profile: Profile,
    pub lang: Lang,
    pub months: i16,
}

/// Somebody who releases a profile on a day. `None` only if the tables were empty.
pub fn make(chance: &mut Chance, released: NaiveDate, offices: &[String]) -> Option<Candidate> {
    let home = chance.one(&HOMES)?;
    let start = start(chance, released);
    let months = chance.between(2, 6);
    let end = stay_end(start, u32::try_from(months).ok()?);
    let (education, sponsor) = studies::make(chance, home, released, start, end)?;
    let areas: Vec<&str> = AREAS.iter().map(|area| area.code).collect();
    let how_many = 1 + chance.below(3);
    let wishes = Wishes {
        areas: chance.some(how_many, &areas).into_iter().map(str::to_owned).collect(),
        offices: wished_offices(chance, offices),
    };
    let area = wishes.areas.first().cloned().unwrap_or_default();
    let about = about(chance, home, released)?;
    let languages = languages(chance, home);
    let experience = experience(chance, home, released);
    let funding = Funding {
        scholarship: chance.percent(8).then(|| words::scholarship(home.lang).to_owned()),
        compulsory: chance.percent(15),
        sponsor,
    };
    let subject = education.last().map(|it| (it.subject.clone(), it.institution.clone())).unwrap_or_default();
    let letter =
        words::letter(home.lang, &area, &subject.0, &subject.1, usize::try_from(chance.below(6)).ok()?);
    Some(Candidate {
        profile: Profile {
            about,
            education,
            languages,
            funding,
            wishes,
            dates: Dates { start, end },
            experience,
            letter,
            documents: vec![],
            openings: vec![],
        },
        lang: home.lang,
        months: i16::try_from(months).ok()?,
    })
}

/// What the rules ask for.
pub fn facts(profile: &Profile) -> Facts {
    Facts {
        date_of_birth: Some(profile.about.date_of_birth),
        studies: Some(profile.education.iter().map(|it| it.study.clone()).collect()),
        sponsor: profile.funding.sponsor.as_ref().map(|it| it.sponsor),
        languages: Some(profile.languages.clone()),
    }
}

/// A Monday, one to seven months ahead.
fn start(chance: &mut Chance, released: NaiveDate) -> NaiveDate {
    let day = days(released, chance.between(30, 210));
    days(day, i64::from((7 - day.weekday().num_days_from_monday()) % 7))
}

pub(super) fn days(day: NaiveDate, by: i64) -> NaiveDate {
    let moved = match u64::try_from(by) {
        Ok(forward) => day.checked_add_days(Days::new(forward)),
        Err(_) => day.checked_sub_days(Days::new(by.unsigned_abs())),
    };
    moved.unwrap_or(day)
}

fn about(chance: &mut Chance, home: &Home, released: NaiveDate) -> Option<About> {
    let place = |names: &[&str], chance: &mut Chance| chance.one(names).map(|name| (*name).to_owned());
    let (given, family) = match home.native {
        Some(native) if chance.percent(35) => native,
        _ => (home.given, home.family),
    };
    // one in a hundred has one name only
    let given_names = if chance.percent(1) { String::new() } else { place(given, chance)? };
    let age_in_days = match chance.below(100) {
        0 => chance.between(6_600, 6_900),       // 18
        1..=3 => chance.between(13_200, 14_200), // 36 to 38
        _ => chance.between(7_300, 11_600),
    };
    let elsewhere = chance.one(&HOMES)?.country;
    let second = chance.percent(6) && elsewhere != home.country;
    let mut nationalities = vec![home.country.to_owned()];
    nationalities.extend(second.then(|| elsewhere.to_owned()));
    Some(About {
        given_names,
        family_names: place(family, chance)?,
        date_of_birth: days(released, -age_in_days),
        nationalities,
        residence: if chance.percent(20) { elsewhere } else { home.country }.to_owned(),
        phone: if chance.percent(60) {
            format!("+999 555 {:04}", chance.below(10_000))
        } else {
            String::new()
        },
    })
}

fn languages(chance: &mut Chance, home: &Home) -> Vec<LanguageSkills> {
    let mother = LanguageSkills {
        code: home.tongue.to_owned(),
        mother_tongue: true,
        listening: None,
        reading: None,
        speaking: None,
        writing: None,
    };
    let mut all = vec![mother];
    let levels = [Level::B2, Level::C1, Level::C1, Level::C2];
    let weaker = [Level::A2, Level::B1, Level::B1, Level::B2];
    let mut learned = |chance: &mut Chance, code: &str, of: &[Level]| {
        if all.iter().all(|skills| skills.code != code) {
            let mut level = || chance.one(of).copied();
            all.push(LanguageSkills {
                code: code.to_owned(),
                mother_tongue: false,
                listening: level(),
                reading: level(),
                speaking: level(),
                writing: level(),
            });
        }
    };
    let well = chance.percent(94);
    learned(chance, home.lang.code(), if well { &levels } else { &weaker });
    if chance.percent(45) {
        let other = if chance.percent(50) { "fr" } else { "en" };
        let well = chance.percent(40);
        learned(chance, other, if well { &levels } else { &weaker });
    }
    all
}

fn wished_offices(chance: &mut Chance, offices: &[String]) -> Vec<String> {
    let how_many = 1 + chance.below(3);
    let mut wished = chance.some(how_many, offices);
    // two places are dear to many
    let dear = match chance.below(10) {
        0..=2 => "geneva",
        3..=4 => "nairobi",
        _ => return wished,
    };
    if offices.iter().any(|office| office == dear) {
        wished.retain(|office| office != dear);
        wished.insert(0, dear.to_owned());
        wished.truncate(3);
    }
    wished
}

fn experience(chance: &mut Chance, home: &Home, released: NaiveDate) -> Vec<Experience> {
    let mut all = Vec::new();
    for n in 0..chance.below(3) {
        let Some((role, organisation, description)) = chance.one(words::jobs(home.lang)) else { break };
        let from = days(released, -chance.between(200, 900) - i64::try_from(n).unwrap_or(0) * 400);
        let to = months_later(from, u32::try_from(chance.between(3, 6)).unwrap_or(3));
        all.push(Experience {
            role: (*role).to_owned(),
            organisation: (*organisation).to_owned(),
            from,
            to: Some(to),
            description: (*description).to_owned(),
        });
    }
    all
}
