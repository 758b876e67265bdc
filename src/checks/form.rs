//! What the forms are called.
//! Must not judge.

use super::Check;

impl Check {
    /// Whether it looks at how packs were chosen, or at what the rules that bind ask for: such a rule is asked beside the others.
    #[must_use]
    pub fn is_of_run(&self) -> bool {
        matches!(self, Self::Assessed | Self::Days(_) | Self::PolicyNamed)
    }

    /// The name of the form, as rule files call it.
    #[must_use]
    pub fn form(&self) -> &'static str {
        match self {
            Self::Duty(duty) => duty.axis.map_or("requires", |_| "table"),
            Self::Grid(_) => "grid",
            Self::Condition(_) => "check",
            Self::Each(_) => "each",
            Self::Share(_) => "share",
            Self::Chain(_) => "chain",
            Self::Assessed => "assessed",
            Self::Days(_) => "days",
            Self::PolicyNamed => "policy-named",
        }
    }
}
