mod eligibility;
mod lifecycle;
mod matching;
mod properties;
mod terms;
