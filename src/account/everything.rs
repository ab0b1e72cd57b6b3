//! Everything that is held about a person, as one value for machines. Other people are left out of it: of whoever
//! acted the role is told, not the name.

use crate::db::Tx;
use crate::domain::PersonId;
use crate::files::{Files, Sealed};
use crate::web::{Member, Result};
use serde_json::{Value, json};
use uuid::Uuid;

/// A copy of what is held about somebody.
pub struct Copy {
    pub record: Value,
    /// Files of the store, each with its path in the archive.
    pub files: Vec<(String, Sealed)>,
}

pub async fn everything(tx: &mut Tx<Member>, store: &Files, person: PersonId) -> Result<Copy> {
    let now = tx.now();
    let mut record = sqlx::query_scalar!(
        r#"select jsonb_build_object(
            'account', (select jsonb_build_object('email', p.email, 'given_names', p.given_names,
                    'family_names', p.family_names, 'language_of_letters', p.lang, 'time_zone', p.time_zone, 'created_at', p.created_at,
                    'last_here_at', p.seen_at, 'email_confirmed_at', p.email_confirmed_at,
                    'roles', (select jsonb_agg(r.role order by r.role) from person_role r where r.person_id = p.id))
                from person p where p.id = $1),
            'told_that_the_account_goes', (select jsonb_build_object('at', n.told_at, 'again_at', n.told_again_at)
                from retention_notice n where n.person_id = $1),
            'sessions', (select coalesce(jsonb_agg(jsonb_build_object('device', s.agent, 'created_at', s.created_at,
                    'last_seen_at', s.last_seen_at) order by s.created_at), '[]') from session s where s.person_id = $1),
            'signs_in_at', (select jsonb_build_object('issuer', i.issuer, 'subject', i.subject, 'since', i.linked_at)
                from organisation_identity i where i.person_id = $1),
            'second_factor', (select jsonb_build_object('since', f.confirmed_at)
                from second_factor f where f.person_id = $1 and f.confirmed_at is not null),
            'passkeys', (select coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'added_at', k.added_at,
                    'last_used_at', k.last_used_at) order by k.added_at, k.id), '[]') from passkey k where k.person_id = $1),
            'recovery_codes_left', (select count(*) from recovery_code r where r.person_id = $1 and r.used_at is null),
            'email_changes', (select coalesce(jsonb_agg(to_jsonb(c) - 'id' - 'person_id' order by c.asked_at), '[]')
                from email_change c where c.person_id = $1),
            'consents', (select coalesce(jsonb_agg(to_jsonb(c) - 'id' - 'person_id' order by c.id), '[]')
                from consent c where c.person_id = $1),
            'letters_about_openings_since', (select s.since from opening_subscription s where s.person_id = $1),
            'openings_named', (select coalesce(jsonb_agg(o.reference order by c.chosen_at), '[]')
                from opening_choice c join opening o on o.id = c.opening_id where c.person_id = $1),
            'profile', (select coalesce(jsonb_object_agg(s.section,
                    jsonb_build_object('saved_at', s.saved_at, 'answers', s.answers)), '{}')
                from profile_section s where s.person_id = $1),
            'applications', (select coalesce(jsonb_agg(jsonb_build_object('reference', a.reference, 'state', a.state,
                    'since', a.state_since, 'waiting_since', a.waiting_since, 'pooled_until', a.pooled_until,
                    'in_the_pool', (select jsonb_build_object('verdict', e.verdict, 'last_start', e.last_start)
                        from pool_entry e where e.application_id = a.id),
                    'versions', (select jsonb_agg(jsonb_build_object('number', s.number, 'released_at', s.released_at,
                            'profile', s.profile, 'assessment', s.assessment, 'policy_version', s.policy_version,
                            'privacy_version', s.privacy_version, 'consents', s.consents,
                            'acknowledged', s.acknowledged) order by s.number)
                        from snapshot s where s.application_id = a.id),
                    'timeline', (select jsonb_agg(jsonb_build_object('at', e.at, 'by', e.actor_role,
                            'action', e.action, 'from', e.from_state, 'to', e.to_state, 'reason', e.reason) order by e.id)
                        from audit_event e where e.subject = 'application' and e.subject_id = a.id),
                    'messages', (select coalesce(jsonb_agg(jsonb_build_object('written_at', m.written_at,
                            'by', case when m.from_staff then 'human_resources' else 'me' end, 'text', m.body,
                            'read_at', m.read_at) order by m.written_at, m.id), '[]')
                        from message m where m.application_id = a.id),
                    -- written about the person, so theirs to read; who wrote it, and who is named in it, is left out
                    'notes_of_reviewers', (select coalesce(jsonb_agg(jsonb_build_object('written_at', n.written_at,
                            'text', regexp_replace(n.body, '@\{[0-9a-f-]{36}\}', '@…', 'g')) order by n.written_at, n.id), '[]')
                        from review_note n where n.application_id = a.id),
                    'rules_judged', (select coalesce(jsonb_agg(jsonb_build_object('judged_at', j.judged_at,
                            'version', j.number, 'rule', j.rule, 'met', j.met, 'reason', j.reason) order by j.id), '[]')
                        from rule_judgement j where j.application_id = a.id),
                    'scores', (select coalesce(jsonb_agg(jsonb_build_object('given_at', s.given_at,
                            'criteria', c.criteria, 'marks', s.marks, 'words', s.words,
                            'correction_because', s.reason) order by s.given_at, s.id), '[]')
                        from score s join scoring_sheet c on c.id = s.sheet_id and c.version = s.sheet_version
                        where s.application_id = a.id),
                    'duplicates_proposed', (select coalesce(jsonb_agg(jsonb_build_object('proposed_at', d.proposed_at,
                            'why', d.why, 'message', d.message, 'decided_at', d.decided_at, 'confirmed', d.confirmed,
                            'answer', d.answer) order by d.id), '[]')
                        from duplicate_proposal d where d.application_id = a.id),
                    'placements', (select coalesce(jsonb_agg(jsonb_build_object('reference', p.reference,
                            'office', p.office_id, 'area', p.area, 'starts_on', p.starts_on, 'ends_on', p.ends_on,
                            'terms', p.terms, 'state', p.state, 'since', p.state_since,
                            'terms_of_reference', p.terms_of_reference, 'tasks', p.tasks,
                            'learning_goals', p.learning_goals,
                            'offer', (select jsonb_build_object('made_at', o.made_at, 'answer_by', o.answer_by,
                                    'terms', o.terms) from offer o where o.placement_id = p.id),
                            'other_dates_asked', (select to_jsonb(r) - 'placement_id' from date_request r
                                where r.placement_id = p.id),
                            'terms_since_then', p.current_terms,
                            'waivers_of_the_allowance', (select coalesce(jsonb_agg(jsonb_build_object(
                                    'reason', w.reason, 'requested_at', w.requested_at, 'decided_at', w.decided_at,
                                    'granted', w.granted, 'decision', w.decision) order by w.requested_at), '[]')
                                from waiver w where w.placement_id = p.id),
                            'evaluations', (select coalesce(jsonb_agg(to_jsonb(v) - 'placement_id' - 'revision'
                                    order by v.written_at), '[]') from evaluation v where v.placement_id = p.id),
                            'extensions', (select coalesce(jsonb_agg(to_jsonb(x) - 'id' - 'placement_id' - 'asked_by'
                                    - 'decided_by' order by x.asked_at), '[]')
                                from extension x where x.placement_id = p.id),
                            'absences', (select coalesce(jsonb_agg(jsonb_build_object('kind', b.kind,
                                    'first_day', b.first_day, 'last_day', b.last_day, 'days', b.days,
                                    'recorded_at', b.recorded_at, 'replaced_at', b.replaced_at) order by b.id), '[]')
                                from absence b where b.placement_id = p.id),
                            'interview', (select jsonb_build_object('proposed_at', i.proposed_at, 'starts_at', i.starts_at,
                                    'minutes', i.minutes, 'where', i.meeting, 'chosen_at', i.chosen_at,
                                    'refused_at', i.refused_at, 'cancelled_at', i.cancelled_at)
                                from interview i where i.placement_id = p.id),
                            'periods', (select coalesce(jsonb_agg(jsonb_build_object('number', q.number,
                                    'agreed_at', q.agreed_at, 'from', lower(q.days), 'until', upper(q.days) - 1,
                                    'reason', q.reason, 'voided_at', q.voided_at) order by q.number), '[]')
                                from placement_period q where q.placement_id = p.id),
                            'certificate', (select to_jsonb(c) - 'placement_id' from certificate c
                                where c.placement_id = p.id),
                            'timeline', (select jsonb_agg(jsonb_build_object('at', e.at, 'by', e.actor_role,
                                    'action', e.action, 'from', e.from_state, 'to', e.to_state, 'reason', e.reason)
                                    order by e.id)
                                from audit_event e where e.subject = 'placement' and e.subject_id = p.id))
                            order by p.id), '[]')
                        from placement p where p.application_id = a.id))
                    order by a.waiting_since), '[]')
                from application a where a.candidate_id = $1),
            'letters', (select coalesce(jsonb_agg(jsonb_build_object('kind', o.letter, 'owed_at', o.created_at,
                    'sent_at', o.sent_at) order by o.created_at, o.id), '[]') from outbox o where o.recipient_id = $1),
            'activity', (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'about', e.subject,
                    'action', e.action) order by e.id), '[]') from audit_event e where e.actor_id = $1)
        ) as "record!""#,
        person.0
    )
    .fetch_one(&mut **tx)
    .await?;
    let documents = sqlx::query!(
        r#"select id as "id!", kind as "kind!", file_name as "file_name!", media_type as "media_type!",
               bytes as "bytes!", uploaded_at as "uploaded_at!", removed_at
           from (select id, kind, file_name, media_type, bytes, uploaded_at, removed_at, scan from document
                 where person_id = $1
                 union all
                 select d.id, d.kind, d.file_name, d.media_type, d.bytes, d.submitted_at, null, d.scan
                 from onboarding_document d join placement p on p.id = d.placement_id
                 join application a on a.id = p.application_id where a.candidate_id = $1 and d.removed_at is null
                 union all
                 select d.id, 'message', d.file_name, d.media_type, d.bytes, m.written_at, null, d.scan
                 from message_document d join message m on m.id = d.message_id
                 join application a on a.id = m.application_id where a.candidate_id = $1) as mine
           -- an infected file is no longer in the store, nor a paper that had its time
           where scan <> 'infected' order by uploaded_at, id"#,
        person.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let ids: Vec<Uuid> = documents.iter().map(|document| document.id).collect();
    let mut sealed = store.sealed_all(tx, &ids).await?;
    let mut files = Vec::with_capacity(ids.len());
    let mut told = Vec::with_capacity(documents.len());
    for (n, document) in documents.into_iter().enumerate() {
        let path = format!("documents/{:02}-{}", n + 1, file_name(&document.file_name));
        told.push(json!({
            "file": path, "kind": document.kind, "name": document.file_name, "media_type": document.media_type,
            "bytes": document.bytes, "uploaded_at": document.uploaded_at, "removed_at": document.removed_at,
        }));
        files.extend(sealed.remove(&document.id).map(|file| (path, file)));
    }
    if let Some(record) = record.as_object_mut() {
        record.insert("copied_at".to_owned(), json!(now));
        record.insert("documents".to_owned(), Value::Array(told));
    }
    Ok(Copy { record, files })
}

/// A name that unpacks into its folder and nowhere else, on every system.
fn file_name(typed: &str) -> String {
    let kept = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        c if c.is_control() => '_',
        c => c,
    };
    typed.trim_matches(['.', ' ']).chars().take(120).map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_name_stays_in_its_folder() {
        assert_eq!(file_name("CV María.pdf"), "CV María.pdf");
        assert_eq!(file_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(file_name("C:\\x\u{7}.pdf"), "C__x_.pdf");
    }
}
