mod eligibility;
