mod eligibility;
mod terms;
