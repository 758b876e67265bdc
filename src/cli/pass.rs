//! Definitions on their way through a run: mistakes are told as they come, and what counts for its end is noted.

use super::args::Color;
use super::output;
use super::packs::is_broken;
use super::run::Run;
use evalplan::diag::Diagnostic;
use evalplan::report::ics::Unread;
use evalplan::report::{
    DefinitionView, Detail, FileView, Headings, Level, Levels, Totals, render_diagnostics,
};
use evalplan::source::Sources;
use std::io;

/// What counts for the end of a run.
#[derive(Debug, Default)]
pub(crate) struct Passed {
    pub totals: Totals,
    /// How many inputs there were, readable or not.
    pub inputs: usize,
    /// What was not read, or not whole.
    pub unread: Unread,
    /// Whether any input file is broken.
    pub is_broken: bool,
    /// Whether any rule applied to any definition, or may.
    pub is_assessed: bool,
    /// The gravest level of any finding.
    pub worst: Option<Level>,
}

/// What is made of one file by the workers.
struct Seen {
    view: FileView,
    /// Pictures of its mistakes.
    pictures: String,
    is_broken: bool,
}

/// Sends every definition through, in the order of their paths and behind what concerns the run as a whole. `amend` may change what
/// counts in each before it is counted; `each` gets its view with its texts.
pub(crate) fn pass(
    run: &Run,
    (levels, color, detail): (&Levels, Color, Detail),
    mut amend: impl FnMut(&mut DefinitionView),
    mut each: impl FnMut(FileView, Sources),
) -> Passed {
    let styled = output::styled(color, &io::stderr());
    let (headings, mut gatherers) = (Headings::shipped(), Vec::new());
    let mut passed =
        Passed { unread: run.unread.clone(), is_broken: is_broken(&run.diagnostics), ..Passed::default() };
    output::tell_drawn(&render_diagnostics(&run.diagnostics, &run.sources, styled));
    let of_run = FileView::broken(&run.diagnostics, &run.sources);
    passed.totals.add(of_run.as_ref());
    each(of_run, Sources::default());
    run.each(
        "assessing",
        |outcome| Seen {
            view: FileView::of(&outcome, &headings, levels, detail),
            pictures: render_diagnostics(&outcome.diagnostics, outcome.sources, styled),
            is_broken: outcome.is_broken(),
        },
        |entry| {
            passed.inputs += 1;
            let Seen { mut view, pictures, is_broken: broken } = entry.made;
            output::tell_drawn(&pictures);
            output::tell_drawn(&render_diagnostics(&entry.late, &entry.sources, styled));
            view.add_late(&entry.late, &entry.sources);
            passed.note(broken || is_broken(&entry.late), entry.known.as_ref().map(|known| &*known.code));
            gatherers.extend(entry.known.filter(|known| known.gathers).map(|known| known.code.to_string()));
            view.definition.iter_mut().for_each(&mut amend);
            passed.count(&view);
            each(view, entry.sources)
        },
    );
    if passed.unread.something || !passed.unread.codes.is_empty() {
        // What an agreement gathers from the projects that it pays for is not whole either.
        passed.unread.codes.extend(gatherers);
    }
    passed
}

/// What is wrong with rules and configuration alone, where no definition is read.
pub(crate) fn tell(diagnostics: &[Diagnostic], sources: &Sources) {
    output::tell_drawn(&render_diagnostics(diagnostics, sources, false));
}

impl Passed {
    /// Notes whether a file is broken. Which definitions one holds that cannot be read is not known.
    fn note(&mut self, broken: bool, code: Option<&str>) {
        self.is_broken |= broken;
        match (broken, code) {
            (true, Some(code)) => drop(self.unread.codes.insert(code.to_owned())),
            (true, None) => self.unread.something = true,
            (false, _) => {}
        }
    }

    fn count(&mut self, view: &FileView) {
        self.totals.add(view.as_ref());
        let Some(definition) = &view.definition else { return };
        self.is_assessed |= definition.assessed;
        let levels =
            definition.findings.iter().map(|finding| finding.level).filter(|level| *level != Level::None);
        self.worst = self.worst.into_iter().chain(levels).min();
    }
}
