//! A CV in JSON Resume (<https://jsonresume.org/schema>, version 1.0.0).

use super::codes::{self, Day};
use super::found::{About, Imported, LOOKED_AT, Language, Study, Work, Wrong};
use chrono::NaiveDate;
use serde_json::Value;

/// # Errors
/// If it is no JSON, or no such CV.
pub fn read(text: &str, today: NaiveDate) -> Result<Imported, Wrong> {
    let cv: Value = serde_json::from_str(text).map_err(|_| Wrong::Damaged)?;
    if ["basics", "work", "volunteer", "education", "languages"].iter().all(|section| cv[*section].is_null())
    {
        return Err(Wrong::Neither);
    }
    let jobs = entries(&cv, "work").iter().chain(entries(&cv, "volunteer"));
    let imported = Imported {
        about: about(&cv["basics"]),
        education: entries(&cv, "education").iter().map(|entry| study(entry, today)).collect(),
        languages: entries(&cv, "languages").iter().map(language).collect(),
        experience: jobs.map(work).collect(),
    };
    Ok(imported.tidied())
}

fn entries<'a>(cv: &'a Value, section: &str) -> &'a [Value] {
    let all = cv[section].as_array().map_or(&[][..], Vec::as_slice);
    &all[..all.len().min(LOOKED_AT)]
}

/// The first of these fields that says something.
fn text(entry: &Value, fields: &[&str]) -> String {
    let said = |field: &&str| entry[*field].as_str().map(str::trim).filter(|text| !text.is_empty());
    fields.iter().find_map(said).unwrap_or_default().to_owned()
}

/// The format has one name; the last word of several is proposed as the family name.
fn about(basics: &Value) -> About {
    let name = text(basics, &["name"]);
    let (given_names, family_names) = name.rsplit_once(' ').unwrap_or(("", &name));
    About {
        given_names: given_names.to_owned(),
        family_names: family_names.to_owned(),
        residence: codes::country(&text(&basics["location"], &["countryCode"])),
        phone: text(basics, &["phone"]),
        ..About::default()
    }
}

fn study(entry: &Value, today: NaiveDate) -> Study {
    let (title, area) = (text(entry, &["studyType"]), text(entry, &["area"]));
    let degree = Day::iso(&text(entry, &["endDate"]));
    let said = [title.as_str(), area.as_str()].into_iter().filter(|part| !part.is_empty());
    Study {
        level: codes::level(&title),
        state: codes::state(&degree, today),
        institution: text(entry, &["institution"]),
        country: String::new(),
        subject: said.collect::<Vec<_>>().join(", "),
        started: Day::iso(&text(entry, &["startDate"])),
        degree,
    }
}

/// One grade for all four skills is what the format has.
fn language(entry: &Value) -> Language {
    let fluency = text(entry, &["fluency"]);
    let grade = codes::grade(&fluency);
    let said = fluency.to_lowercase();
    let is_mother = ["native", "mother", "matern", "nativ"].iter().any(|word| said.contains(word));
    let mother = match (is_mother, grade.is_empty()) {
        (true, _) => "yes",
        (false, false) => "no",
        (false, true) => "",
    };
    let grade = if is_mother { String::new() } else { grade };
    Language {
        language: codes::language(&text(entry, &["language"])),
        mother: mother.to_owned(),
        listening: grade.clone(),
        reading: grade.clone(),
        speaking: grade.clone(),
        writing: grade,
    }
}

/// Without a last day the work goes on: so the format has it.
fn work(entry: &Value) -> Work {
    let to = Day::iso(&text(entry, &["endDate"]));
    let highlights = entries(entry, "highlights").iter().filter_map(Value::as_str).map(str::to_owned);
    let summary = Some(text(entry, &["summary"])).filter(|summary| !summary.is_empty());
    let (role, organisation) =
        (text(entry, &["position"]), text(entry, &["name", "organization", "company"]));
    if role.is_empty() && organisation.is_empty() {
        return Work::default();
    }
    Work {
        role,
        organisation,
        from: Day::iso(&text(entry, &["startDate"])),
        still: if text(entry, &["endDate"]).is_empty() { "yes" } else { "no" }.to_owned(),
        to,
        description: summary.into_iter().chain(highlights).collect::<Vec<_>>().join("\n"),
    }
}
