//! Language: a working knowledge of one of the programme's languages, in all four skills of that same language.

use super::{Facts, LanguageSkills, Level, Outcome, Policy, Reason, Rule, RuleResult};

pub(super) fn judge(policy: &Policy, facts: &Facts) -> RuleResult {
    let (outcome, reason) = match &facts.languages {
        None => (Outcome::NeedsInformation, Reason::LanguageUnknown),
        Some(stated) => best(policy, stated),
    };
    RuleResult { rule: Rule::Language, outcome, reason, tracks: Vec::new() }
}

fn best(policy: &Policy, stated: &[LanguageSkills]) -> (Outcome, Reason) {
    let working = |skills: &&LanguageSkills| policy.working_languages.contains(&skills.code);
    let with = |outcome: Outcome| {
        let mut codes: Vec<String> = Vec::new();
        for skills in stated.iter().filter(working).filter(|s| s.at_level(policy.working_level) == outcome) {
            if !codes.contains(&skills.code) {
                codes.push(skills.code.clone());
            }
        }
        codes
    };
    let met = with(Outcome::Met);
    if !met.is_empty() {
        return (Outcome::Met, Reason::LanguageWorkingKnowledge { languages: met });
    }
    if let Some(language) = with(Outcome::NeedsInformation).into_iter().next() {
        return (Outcome::NeedsInformation, Reason::LanguageSkillMissing { language });
    }
    match with(Outcome::NotMet).into_iter().next() {
        Some(language) => (Outcome::NotMet, Reason::LanguageBelowLevel { language }),
        None => (Outcome::NotMet, Reason::LanguageNoneOfThese),
    }
}

impl LanguageSkills {
    /// Whether all four skills reach a level; a mother tongue is graded by nobody.
    pub fn at_level(&self, level: Level) -> Outcome {
        let levels = [self.listening, self.reading, self.speaking, self.writing];
        if self.mother_tongue {
            Outcome::Met
        } else if levels.iter().flatten().any(|stated| *stated < level) {
            Outcome::NotMet
        } else if levels.iter().all(Option::is_some) {
            Outcome::Met
        } else {
            Outcome::NeedsInformation
        }
    }
}
