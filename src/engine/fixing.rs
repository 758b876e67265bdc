//! What can be fixed in the text of a definition: its codes first, then, once it can be read, what the rules ask for.
//! Must not write files.

use super::outcome::Outcome;
use super::portfolio::Portfolio;
use super::reading::{Read, read};
use super::{Engine, Input, Request};
use crate::assess::carry_gathered;
use crate::fix::{Basis, Mended, Reach, codes, mend};

/// How often codes are respelt: some are only looked at once the others are right.
const MOST_READINGS: usize = 4;

impl Portfolio<'_> {
    /// The text of an outcome of this run with everything fixed that can be; `None` where there is nothing to say.
    #[must_use]
    pub fn fixed(&self, outcome: &Outcome<'_>, reach: Reach) -> Option<Mended> {
        let old = outcome.sources.text(outcome.source);
        let mut fixed = Mended { text: old.to_owned(), ..Mended::default() };
        let mut again: Option<Read> = None;
        for _ in 0..MOST_READINGS {
            let (sources, diagnostics) = again
                .as_ref()
                .map_or((outcome.sources, &outcome.diagnostics), |read| (&read.sources, &read.diagnostics));
            let Some(respelt) = codes(outcome.source, sources.text(outcome.source), diagnostics) else {
                break;
            };
            fixed.text = respelt.text;
            fixed.mends.extend(respelt.mends);
            let input = Input::ready(outcome.sources.path(outcome.source), fixed.text.as_bytes());
            again = read(self.engine, self.files, input);
        }
        let first = outcome.assessed.as_ref().map(|assessed| assessed.assessment.definition);
        let Engine { catalog, planner: usual, .. } = self.engine;
        let Request { choice, as_of, .. } = self.request;
        let mended = match again {
            None => first.map(|definition| mend(outcome.basis, definition, definition, &fixed.text, reach)),
            Some(Read { definition, planner, .. }) => definition.map(|mut definition| {
                first.iter().for_each(|first| carry_gathered(first, &mut definition));
                let basis =
                    Basis { catalog, choice, planner: planner.as_ref().unwrap_or(usual), as_of: *as_of };
                mend(basis, &definition, first.unwrap_or(&definition), &fixed.text, reach)
            }),
        };
        if let Some(mended) = mended {
            fixed.text = mended.text;
            fixed.mends.extend(mended.mends);
            fixed.left = mended.left;
        }
        (fixed.text != old || !fixed.left.is_empty()).then_some(fixed)
    }
}
