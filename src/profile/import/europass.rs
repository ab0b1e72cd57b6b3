//! A CV in Europass XML: `SkillsPassport` (schema 3) and `Candidate`, which followed it. Elements are found by their
//! local names, for the namespaces changed more often than the names. Documents with a DTD are refused by the parser,
//! so that no entity grows without end.

use super::codes::{self, Day};
use super::found::{About, Imported, LOOKED_AT, Language, Study, Work, Wrong};
use chrono::NaiveDate;
use roxmltree::{Document, Node};

/// # Errors
/// If it is no XML, or no such CV.
pub fn read(text: &str, today: NaiveDate) -> Result<Imported, Wrong> {
    let document = Document::parse(text).map_err(|_| Wrong::Damaged)?;
    let root = document.root_element();
    if root.descendants().any(|node| node.ancestors().nth(DEEPEST).is_some()) {
        return Err(Wrong::Damaged);
    }
    let imported = match root.tag_name().name() {
        "SkillsPassport" => passport(root, today),
        "Candidate" => candidate(root, today),
        _ => return Err(Wrong::Neither),
    };
    Ok(imported.tidied())
}

/// Elements within elements: a CV has a dozen. What is within itself, over and over, would be read as often.
const DEEPEST: usize = 64;

/// The elements of this name below, as many as are looked at.
fn all<'a, 'd>(within: Node<'a, 'd>, name: &'static str) -> impl Iterator<Item = Node<'a, 'd>> {
    let named = within.descendants().filter(move |node| node.is_element() && node.tag_name().name() == name);
    named.take(LOOKED_AT)
}

/// The text of the first element that this path of names leads to; empty if there is none.
fn text(within: Node<'_, '_>, path: &[&'static str]) -> String {
    element(within, path).and_then(|node| node.text()).unwrap_or_default().trim().to_owned()
}

fn element<'a, 'd>(within: Node<'a, 'd>, path: &[&'static str]) -> Option<Node<'a, 'd>> {
    path.iter().try_fold(within, |node, name| all(node, name).find(|found| *found != node))
}

fn first_of(texts: [String; 2]) -> String {
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// The lower of two grades; a grade alone if only one is given.
fn lower(one: String, other: String) -> String {
    if one.is_empty() || (!other.is_empty() && other < one) { other } else { one }
}

/// A day in attributes, as in `<From year="2024" month="--09" day="---01"/>`.
fn attributes(node: Option<Node<'_, '_>>) -> Day {
    let part = |name| node.and_then(|node| node.attribute(name)).unwrap_or_default();
    Day::of(part("year"), part("month"), part("day"))
}

fn passport(root: Node<'_, '_>, today: NaiveDate) -> Imported {
    let nationalities = all(root, "Nationality").map(|node| codes::country(&text(node, &["Code"])));
    let about = About {
        given_names: text(root, &["Identification", "PersonName", "FirstName"]),
        family_names: text(root, &["Identification", "PersonName", "Surname"]),
        born: attributes(element(root, &["Demographics", "Birthdate"])),
        nationality: nationalities.filter(|code| !code.is_empty()).collect(),
        residence: codes::country(&text(
            root,
            &["Identification", "ContactInfo", "Address", "Country", "Code"],
        )),
        phone: text(root, &["Identification", "TelephoneList", "Telephone", "Contact"]),
    };
    let study = |node| {
        let degree = attributes(element(node, &["Period", "To"]));
        let title = text(node, &["Title"]);
        Study {
            level: first_of([
                codes::level_of_framework(&text(node, &["Level", "Code"])),
                codes::level(&title),
            ]),
            state: match text(node, &["Period", "Current"]).as_str() {
                "true" => "enrolled".to_owned(),
                _ => codes::state(&degree, today),
            },
            institution: text(node, &["Organisation", "Name"]),
            country: codes::country(&text(node, &["Organisation", "Country", "Code"])),
            subject: title,
            started: attributes(element(node, &["Period", "From"])),
            degree,
        }
    };
    let work = |node| Work {
        role: text(node, &["Position", "Label"]),
        organisation: text(node, &["Employer", "Name"]),
        from: attributes(element(node, &["Period", "From"])),
        still: still(&text(node, &["Period", "Current"]), element(node, &["Period", "To"]).is_some()),
        to: attributes(element(node, &["Period", "To"])),
        description: plain(&text(node, &["Activities"])),
    };
    let mother = |node| mother_tongue(&text(node, &["Description", "Code"]));
    let foreign = |node| {
        let grade = |skill| codes::grade(&text(node, &["ProficiencyLevel", skill]));
        Language {
            language: codes::language(&text(node, &["Description", "Code"])),
            mother: "no".to_owned(),
            listening: grade("Listening"),
            reading: grade("Reading"),
            speaking: lower(grade("SpokenInteraction"), grade("SpokenProduction")),
            writing: grade("Writing"),
        }
    };
    let foreign = all(root, "ForeignLanguage").map(foreign);
    Imported {
        about,
        education: all(root, "Education").map(study).collect(),
        languages: all(root, "MotherTongue").map(mother).chain(foreign).collect(),
        experience: all(root, "WorkExperience").map(work).collect(),
    }
}

fn candidate(root: Node<'_, '_>, today: NaiveDate) -> Imported {
    let nationalities = all(root, "NationalityCode").filter_map(|node| node.text()).map(codes::country);
    let telephone = all(root, "Communication").find(|node| text(*node, &["ChannelCode"]) == "Telephone");
    let about = About {
        given_names: text(root, &["CandidatePerson", "PersonName", "GivenName"]),
        family_names: text(root, &["CandidatePerson", "PersonName", "FamilyName"]),
        born: Day::iso(&text(root, &["CandidatePerson", "BirthDate"])),
        nationality: nationalities.filter(|code| !code.is_empty()).collect(),
        residence: codes::country(&text(
            root,
            &["CandidatePerson", "Communication", "Address", "CountryCode"],
        )),
        phone: telephone.map(|node| text(node, &["DialNumber"])).unwrap_or_default(),
    };
    let date = |node, period, end| Day::iso(&text(node, &[period, end, "FormattedDateTime"]));
    let study = |node| {
        let degree = date(node, "AttendancePeriod", "EndDate");
        let title = text(node, &["EducationDegree", "DegreeName"]);
        Study {
            level: first_of([
                codes::level_of_framework(&text(node, &["EducationLevelCode"])),
                codes::level(&title),
            ]),
            state: match text(node, &["AttendancePeriod", "Ongoing"]).as_str() {
                "true" => "enrolled".to_owned(),
                _ => codes::state(&degree, today),
            },
            institution: text(node, &["OrganizationName"]),
            country: codes::country(&text(node, &["CountryCode"])),
            subject: title,
            started: date(node, "AttendancePeriod", "StartDate"),
            degree,
        }
    };
    let work = |employer| {
        let organisation = text(employer, &["OrganizationName"]);
        all(employer, "PositionHistory").map(move |node| {
            let period = "EmploymentPeriod";
            Work {
                role: text(node, &["PositionTitle"]),
                organisation: organisation.clone(),
                from: date(node, period, "StartDate"),
                still: still(
                    &text(node, &["CurrentIndicator"]),
                    element(node, &[period, "EndDate"]).is_some(),
                ),
                to: date(node, period, "EndDate"),
                description: plain(&text(node, &["Description"])),
            }
        })
    };
    let mother = all(root, "PrimaryLanguageCode").filter_map(|node| node.text()).map(mother_tongue);
    let foreign = all(root, "PersonCompetency").filter(|node| text(*node, &["TaxonomyID"]) == "language");
    Imported {
        about,
        education: all(root, "EducationOrganizationAttendance").map(study).collect(),
        languages: mother.chain(foreign.map(competency)).collect(),
        experience: all(root, "EmployerHistory").flat_map(work).take(LOOKED_AT).collect(),
    }
}

fn competency(node: Node<'_, '_>) -> Language {
    let grade = |skill: &str| {
        let mut dimensions = all(node, "CompetencyDimension");
        let dimension =
            dimensions.find(|node| text(*node, &["CompetencyDimensionTypeCode"]).ends_with(skill));
        dimension.map(|node| codes::grade(&text(node, &["ScoreText"]))).unwrap_or_default()
    };
    Language {
        language: codes::language(&text(node, &["CompetencyID"])),
        mother: "no".to_owned(),
        listening: grade("Listening"),
        reading: grade("Reading"),
        speaking: lower(grade("Speaking-Interaction"), grade("Speaking-Production")),
        writing: lower(grade("Writing-Interaction"), grade("Writing-Production")),
    }
}

fn mother_tongue(code: &str) -> Language {
    Language { language: codes::language(code), mother: "yes".to_owned(), ..Language::default() }
}

fn still(current: &str, has_end: bool) -> String {
    match (current, has_end) {
        ("true", _) => "yes",
        (_, true) => "no",
        _ => "",
    }
    .to_owned()
}

/// Descriptions are HTML in the file; ours are lines of text.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for (nth, piece) in html.split('<').enumerate() {
        let (tag, words) = if nth == 0 { ("", piece) } else { piece.split_once('>').unwrap_or(("", piece)) };
        let ends_line = ["/p", "/li", "br", "/div"].iter().any(|end| tag.starts_with(end));
        text.extend(ends_line.then_some('\n'));
        text.push_str(words);
    }
    let entities =
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let text = entities.into_iter().fold(text, |text, (entity, sign)| text.replace(entity, sign));
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_lose_their_markup_and_keep_their_words() {
        assert_eq!(
            plain("<p>Law &amp; order</p><ul><li>a &lt; b</li><li>c</li></ul>"),
            "Law & order\na < b\nc"
        );
        assert_eq!(plain("no markup"), "no markup");
    }

    #[test]
    fn a_document_that_defines_entities_is_refused() {
        let bomb =
            "<!DOCTYPE Candidate [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Candidate>&b;</Candidate>";
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        assert_eq!(read(bomb, today), Err(Wrong::Damaged));
        assert_eq!(read("<html/>", today), Err(Wrong::Neither));
    }

    #[test]
    fn of_two_grades_the_lower_counts() {
        let grades = |one: &str, other: &str| lower(one.to_owned(), other.to_owned());
        assert_eq!(
            [grades("B2", "C1"), grades("C1", "B2"), grades("", "B1"), grades("B1", "")],
            ["B2", "B2", "B1", "B1"]
        );
    }
}
