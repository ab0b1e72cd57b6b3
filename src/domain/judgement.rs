//! A rule that needs review is judged by a person, in writing; what no rule forbids goes into the pool on that ground.

use super::eligibility::{Outcome, Rule, RuleResult};

/// What a reviewer found about one rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judgement {
    pub rule: Rule,
    pub met: bool,
    pub reason: String,
}

/// A rule was judged, and is not met: whoever judged it would have to say otherwise first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JudgedNotMet;

/// The rules that still have to be judged.
pub fn unjudged(rules: &[RuleResult], judgements: &[Judgement]) -> Vec<Rule> {
    let open = |rule: &&RuleResult| {
        rule.outcome == Outcome::NeedsReview
            && !judgements.iter().any(|judgement| judgement.rule == rule.rule)
    };
    rules.iter().filter(open).map(|rule| rule.rule).collect()
}

/// In whose words every rule that needs review counts as met: those of the judgements, and `typed` for the rules not
/// judged yet. `None`: something has still to be written, or there is nothing to judge.
///
/// # Errors
/// [`JudgedNotMet`] if one was found not to be met.
pub fn ground(
    rules: &[RuleResult],
    judgements: &[Judgement],
    typed: Option<&str>,
) -> Result<Option<String>, JudgedNotMet> {
    let under_review = |judgement: &&Judgement| {
        rules.iter().any(|rule| rule.rule == judgement.rule && rule.outcome == Outcome::NeedsReview)
    };
    let judged: Vec<&Judgement> = judgements.iter().filter(under_review).collect();
    if judged.iter().any(|judgement| !judgement.met) {
        return Err(JudgedNotMet);
    }
    let all_judged = unjudged(rules, judgements).is_empty();
    if typed.is_none() && !all_judged {
        return Ok(None);
    }
    // what is typed again by a double click, when it is a judgement already, is not said twice
    let typed = typed.filter(|_| !all_judged || judged.is_empty());
    let words: Vec<&str> = judged.iter().map(|judgement| judgement.reason.as_str()).chain(typed).collect();
    Ok((!words.is_empty()).then(|| words.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::eligibility::Reason;

    #[test]
    fn every_rule_under_review_is_judged_in_writing_and_none_against() {
        let rule = |rule, outcome| RuleResult { rule, outcome, reason: Reason::AgeUnknown, tracks: vec![] };
        let rules = [rule(Rule::Age, Outcome::Met), rule(Rule::Track, Outcome::NeedsReview)];
        let judged = |rule, met| Judgement { rule, met, reason: "Transcript seen".into() };
        let said = |words: &str| Ok(Some(words.to_owned()));
        assert_eq!(ground(&rules, &[], None), Ok(None));
        assert_eq!(ground(&rules, &[], Some("A call")), said("A call"));
        assert_eq!(ground(&rules, &[judged(Rule::Track, true)], None), said("Transcript seen"));
        assert_eq!(ground(&rules, &[judged(Rule::Track, true)], Some("A call")), said("Transcript seen"));
        assert_eq!(ground(&rules, &[judged(Rule::Track, false)], Some("I insist")), Err(JudgedNotMet));
        // about another rule, which is met
        assert_eq!(ground(&rules, &[judged(Rule::Age, false)], None), Ok(None));
        assert_eq!(unjudged(&rules, &[]), [Rule::Track]);
        assert!(unjudged(&rules, &[judged(Rule::Track, true)]).is_empty());
    }
}
