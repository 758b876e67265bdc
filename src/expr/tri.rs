//! The three values of a condition and the strong Kleene connectives.
//! Must not know expressions.

/// Whether a condition holds, as far as the facts say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tri {
    /// It does not hold, whatever the missing facts are.
    False,
    /// It hangs on facts that are missing.
    Unknown,
    /// It holds, whatever the missing facts are.
    True,
}

impl Tri {
    /// False if either is false, true if both are true, else unknown.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// True if either is true, false if both are false, else unknown.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// True for false, false for true; unknown stays unknown.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "reads like `and` and `or`")]
    pub fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }

    /// Whether it is known.
    #[must_use]
    pub fn is_known(self) -> bool {
        self != Self::Unknown
    }
}

impl From<bool> for Tri {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Tri;

    const ALL: [Tri; 3] = [Tri::False, Tri::Unknown, Tri::True];

    /// A formula over three atoms; `None` is one of the connectives without a place.
    #[derive(Clone)]
    enum Formula {
        Atom(usize),
        Not(Box<Formula>),
        And(Box<Formula>, Box<Formula>),
        Or(Box<Formula>, Box<Formula>),
    }

    impl Formula {
        fn value(&self, atoms: [Tri; 3]) -> Tri {
            match self {
                Self::Atom(at) => atoms[*at],
                Self::Not(inner) => inner.value(atoms).not(),
                Self::And(left, right) => left.value(atoms).and(right.value(atoms)),
                Self::Or(left, right) => left.value(atoms).or(right.value(atoms)),
            }
        }

        fn two_valued(&self, atoms: [bool; 3]) -> bool {
            match self {
                Self::Atom(at) => atoms[*at],
                Self::Not(inner) => !inner.two_valued(atoms),
                Self::And(left, right) => left.two_valued(atoms) && right.two_valued(atoms),
                Self::Or(left, right) => left.two_valued(atoms) || right.two_valued(atoms),
            }
        }
    }

    /// The formula and its negation.
    fn both(formula: Formula) -> [Formula; 2] {
        [formula.clone(), Formula::Not(Box::new(formula))]
    }

    fn joined(left: &[Formula], right: &[Formula]) -> Vec<Formula> {
        let mut all = Vec::new();
        for l in left {
            for r in right {
                all.extend(both(Formula::And(Box::new(l.clone()), Box::new(r.clone()))));
                all.extend(both(Formula::Or(Box::new(l.clone()), Box::new(r.clone()))));
            }
        }
        all
    }

    /// The three values where every atom stands once: all completions agree, or it is unknown.
    fn brute_force(formula: &Formula, atoms: [Tri; 3]) -> Tri {
        let mut seen = [false, false];
        for bits in 0..8u8 {
            let completion = [0, 1, 2].map(|at| bits >> at & 1 == 1);
            let fits = (0..3).all(|at| !atoms[at].is_known() || atoms[at] == completion[at].into());
            if fits {
                seen[usize::from(formula.two_valued(completion))] = true;
            }
        }
        match seen {
            [true, false] => Tri::False,
            [false, true] => Tri::True,
            _ => Tri::Unknown,
        }
    }

    #[test]
    fn every_formula_of_two_and_three_atoms_agrees_with_all_completions() {
        let atom = |at| both(Formula::Atom(at)).to_vec();
        let pairs = joined(&atom(0), &atom(1));
        let mut formulas = joined(&pairs, &atom(2));
        formulas.extend(joined(&atom(2), &pairs));
        formulas.extend(pairs);
        for formula in &formulas {
            for a in ALL {
                for b in ALL {
                    for c in ALL {
                        assert_eq!(formula.value([a, b, c]), brute_force(formula, [a, b, c]));
                    }
                }
            }
        }
        assert!(formulas.len() > 200, "{}", formulas.len());
    }

    #[test]
    fn an_atom_used_twice_stays_unknown() {
        assert_eq!(Tri::Unknown.or(Tri::Unknown.not()), Tri::Unknown);
        assert_eq!(Tri::Unknown.and(Tri::Unknown.not()), Tri::Unknown);
    }
}
