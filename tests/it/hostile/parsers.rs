//! Whatever reads bytes that somebody else has written, and where it is tried with bytes that are nothing and with valid
//! ones that were spoilt. A file that reads something new needs a line in [`TABLE`].

use crate::house;
use std::collections::BTreeSet;

/// `what | where it is read | where it is tried`: `file: test`, several with `;` between them, or `ours:` and why nobody
/// else has written it.
const TABLE: &str = "
    forms | src/web/form.rs | src/web/form.rs: no_form_is_too_strange; tests/it/hostile/forms.rs: no_field_of_a_candidates_form_breaks_or_acts; tests/it/hostile/forms.rs: no_field_of_a_form_of_staff_breaks_or_acts
    forms with files | src/web/parcel.rs, src/profile/import/mod.rs | tests/it/hostile/bytes.rs: no_form_with_files_is_too_strange
    forms that came too late | src/web/kept.rs, src/accounts/kept.rs | tests/it/hostile/forms.rs: what_arrives_too_late_is_kept_as_harmless_as_the_rest; tests/it/hostile/bytes.rs: no_cookie_opens_anything_but_the_one_that_was_given
    days, times and amounts as they are typed | src/web/fields.rs, src/profile/dates.rs, src/public/check.rs, src/interviews/propose.rs | src/web/fields.rs: what_is_typed_is_a_date_a_problem_or_nothing; tests/it/hostile/forms.rs: no_field_of_a_candidates_form_breaks_or_acts; tests/it/hostile/forms.rs: no_field_of_a_form_of_staff_breaks_or_acts
    mail addresses | src/web/fields.rs, src/post/transport.rs | src/web/fields.rs: whatever_is_an_address_stands_alone_on_a_letter; src/post/transport.rs: no_complaint_is_so_strange_that_it_names_somebody
    names of time zones | src/interviews/zone.rs, src/interviews/propose.rs, src/administration/office.rs | tests/it/hostile/forms.rs: no_field_of_a_candidates_form_breaks_or_acts; tests/it/hostile/forms.rs: no_field_of_a_form_of_staff_breaks_or_acts
    numbers and identifiers in forms | src/absences/record.rs, src/administration/invite.rs, src/administration/numbers.rs, src/administration/propose_policy.rs, src/administration/reasons.rs, src/administration/retention.rs, src/administration/workload.rs, src/openings/write.rs, src/profile/entries.rs, src/review/bulk.rs, src/review/score.rs, src/review/sheet.rs | tests/it/hostile/forms.rs: no_field_of_a_candidates_form_breaks_or_acts; tests/it/hostile/forms.rs: no_field_of_a_form_of_staff_breaks_or_acts
    colleagues in notes | src/domain/mention.rs | src/domain/mention.rs: no_note_is_too_strange
    carried answers, and CVs that were read | src/web/form.rs, src/carried.rs, src/profile/import/found.rs | src/carried.rs: no_text_is_too_strange; tests/it/hostile/forms.rs: carried_answers_are_as_harmless_as_typed_ones; tests/it/hostile/forms.rs: a_cv_that_was_read_is_as_harmless_as_what_was_typed
    questions of addresses, pages of lists | src/administration/people.rs, src/administration/policy.rs, src/openings/list.rs, src/openings/rows.rs, src/review/along.rs, src/review/filters.rs, src/review/queue.rs | tests/it/hostile/bytes.rs: no_address_is_too_strange
    places in the queue | src/review/queue_rows.rs | src/review/queue_rows.rs: a_page_begins_where_its_address_says_or_at_the_start
    days and places of the record | src/record/rows.rs | src/record/rows.rs: no_day_and_no_place_is_too_strange
    the words of the search box | src/domain/search.rs, src/review/search.rs | src/domain/search.rs: nothing_typed_is_too_much; src/domain/search.rs: reading_what_was_written_gives_the_same_search
    where to go on | src/web/desk.rs | src/web/desk.rs: whatever_is_followed_stays_here; tests/it/hostile/confusion.rs: nobody_is_sent_to_another_site
    paths | src/web/path.rs | tests/it/hostile/bytes.rs: no_address_is_too_strange; tests/it/hostile/confusion.rs: no_spelling_of_an_address_gets_past_its_role
    tokens of links | src/accounts/link.rs | tests/it/hostile/bytes.rs: no_token_opens_anything_but_the_one_that_was_sent
    cookies | src/web/session.rs, src/accounts/device.rs, src/accounts/code.rs | src/web/session.rs: no_cookie_is_too_strange; tests/it/hostile/bytes.rs: no_cookie_opens_anything_but_the_one_that_was_given
    languages that a browser prefers | src/text.rs | src/text.rs: no_wish_for_a_language_is_too_strange
    headers | src/web/agent.rs, src/web/language.rs, src/web/throttle.rs | src/web/throttle.rs: no_address_of_a_client_is_too_strange; tests/it/hostile/bytes.rs: no_header_is_too_strange
    questions of the API | src/api/mod.rs, src/api/parse.rs, src/api/terms.rs, src/api/eligibility.rs | tests/it/api/strange.rs: whatever_is_asked_is_answered_or_its_faults_are_listed; tests/it/api/strange.rs: a_request_that_was_spoilt_on_its_way_is_answered_or_told_why_not
    CVs in JSON Resume and Europass XML | src/profile/import/found.rs, src/profile/import/json_resume.rs, src/profile/import/europass.rs, src/profile/import/codes.rs | src/profile/import/found.rs: no_bytes_are_too_strange; src/profile/import/found.rs: of_entries_without_end_a_few_are_read
    what kind of file it is | src/files.rs | tests/it/hostile/bytes.rs: no_form_with_files_is_too_strange
    pictures | src/photo.rs | src/photo.rs: no_damage_is_too_strange
    PDFs | src/disarm.rs | src/disarm.rs: no_pdf_is_too_strange
    what devices with passkeys answer | src/factors/passkeys.rs | tests/it/hostile/passkeys.rs: a_spoilt_answer_makes_no_passkey_for_another_question; tests/it/hostile/passkeys.rs: a_spoilt_answer_proves_nothing
    what the identity provider says | src/provider/mod.rs, src/provider/claims.rs | tests/it/hostile/provider.rs: what_is_spoilt_on_the_way_opens_nothing_that_was_not_signed; tests/it/hostile/provider.rs: whatever_it_says_of_itself_we_ask_it_alone; tests/it/hostile/provider.rs: odd_claims_that_are_signed_are_read_as_far_as_they_make_sense; tests/it/hostile/provider.rs: nobody_has_left_unless_it_says_so_itself
    what a browser brings back from there | src/accounts/organisation/mod.rs | src/accounts/organisation/mod.rs: what_a_browser_keeps_is_read_as_it_was_written; tests/it/hostile/bytes.rs: no_cookie_opens_anything_but_the_one_that_was_given
    what the malware scanner says | src/scan/daemon.rs | src/scan/daemon.rs: whatever_a_daemon_says_only_ok_is_clean
    what is locked by the vault | src/vault.rs, src/accounts/sign_out.rs, src/files/small.rs | src/vault.rs: only_what_was_locked_opens
    text in CSV | src/sheets/csv.rs | src/sheets/csv.rs: a_cell_is_read_as_it_was_written_and_is_no_formula
    text in workbooks | src/sheets/xlsx.rs | src/sheets/xlsx.rs: every_text_is_in_its_cell_as_far_as_a_workbook_can_hold_it
    text in calendars | src/interviews/calendar.rs | tests/it/interviews/mod.rs: no_words_of_a_meeting_get_out_of_their_line
    text on paper | src/pdf/mod.rs | src/pdf/mod.rs: no_text_is_too_strange_for_paper
    text for machines that read openings | src/openings/structured.rs | src/openings/structured.rs: no_description_is_markup
    names of files that are sent | src/web/download.rs | src/web/download.rs: every_name_is_read_as_it_is_and_ends_where_it_ends
    days in the record | src/application/offered.rs, src/application/placed.rs | ours: the record is written by the product
    months of terms | src/explain/terms.rs | ours: worked out by the product
    zones of countries and of people | src/reference/zones.rs, src/interviews/mod.rs | ours: a list, and what was chosen from it
    a head of the record | src/record/chain/verify.rs | ours: typed by whoever runs the server
";

/// What is started by whoever runs the server, or makes people up.
const OPERATORS: [&str; 6] =
    ["src/commands/", "src/config.rs", "src/database/", "src/database.rs", "src/seed/", "src/spoilt.rs"];

/// How something is read.
const READS: [&str; 15] = [
    "serde_json::from_str",
    "serde_json::from_slice",
    "serde_html_form::from_",
    "String::from_utf8",
    "str::from_utf8",
    "Uuid::from_slice",
    ".decode(",
    ".parse()",
    ".parse::<",
    "parse_from_str(",
    "Document::parse(",
    "load_mem",
    "into_decoder(",
    "infer::get(",
    "next_field(",
];

struct Line {
    what: &'static str,
    read: Vec<&'static str>,
    tried: Vec<(&'static str, &'static str)>,
}

fn table() -> Vec<Line> {
    let lines = TABLE.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let [what, read, tried] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
            let tried = tried.split("; ").map(|one| one.split_once(": ").unwrap_or_else(|| panic!("{line}")));
            Line { what, read: read.split(", ").collect(), tried: tried.collect() }
        })
        .collect()
}

#[test]
fn whatever_reads_is_in_the_table() {
    let known: BTreeSet<&str> = table().iter().flat_map(|line| line.read.clone()).collect();
    let missing: Vec<String> = house::code()
        .into_iter()
        .filter(|(name, _)| !OPERATORS.iter().any(|start| name.starts_with(start)))
        .filter(|(name, code)| READS.iter().any(|way| code.contains(way)) && !known.contains(name.as_str()))
        .map(|(name, _)| name)
        .collect();
    assert!(missing.is_empty(), "say in the table where these are tried: {missing:#?}");
}

#[test]
fn whatever_is_in_the_table_is_tried() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |file: &str| {
        std::fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    };
    for Line { what, read, tried } in table() {
        for file in read {
            assert!(!text(file).is_empty(), "{what}: {file}");
        }
        for (file, test) in tried.into_iter().filter(|(file, _)| *file != "ours") {
            assert!(text(file).contains(&format!("fn {test}(")), "{what}: there is no {test} in {file}");
        }
    }
}
