//! The outputs of one run: those that are written while it goes on, and those that are drawn once it is through.
//! Must not know any one format.

use super::compare::Compared;
use super::error::CliError;
use super::files::shown;
use super::output::{self, Writing, unwritable};
use super::targets::Target;
use evalplan::report::{Canvas, Drawing, FileView, Format, Settings, Stream, Tail, View};
use evalplan::source::Sources;
use std::io::{self, Write};
use std::path::Path;

/// The outputs that are written while a run goes on.
pub(crate) struct Streams<'t>(Vec<Streamed<'t>>);

struct Streamed<'t> {
    target: &'t Target,
    stream: Box<dyn Stream + 't>,
    /// Where it goes; what went wrong where it could not be written.
    to: Result<To, CliError>,
}

/// Where an output goes.
enum To {
    Standard,
    /// The reader of the standard output has gone away. The run goes on: how it ends and its other outputs are of all definitions.
    Nowhere,
    File(Writing),
    /// It is held against a file.
    Compared(Compared),
}

impl<'t> Streams<'t> {
    /// Begins those of some outputs that are streams; where `check` is set, they are compared with their files.
    pub(crate) fn begin(targets: &[&'t Target], settings: Settings<'t>, check: bool) -> Self {
        let streamed = targets.iter().filter_map(|target| match target.format.drawing {
            Drawing::Stream(begin) => {
                let mut stream = begin(settings);
                let head = stream.head();
                let mut streamed = Streamed { target, stream, to: To::of(target, check) };
                streamed.write(head);
                Some(streamed)
            }
            Drawing::Whole(_) => None,
        });
        Self(streamed.collect())
    }

    /// Writes what there is to say of a file.
    pub(crate) fn file(&mut self, file: &FileView) {
        for streamed in &mut self.0 {
            let bytes = streamed.stream.file(file.as_ref());
            streamed.write(bytes);
        }
    }

    /// Writes what stands at the end, and puts files in their places; whether one that was compared says something else.
    pub(crate) fn finish(self, tail: &Tail<'_>) -> Result<bool, CliError> {
        let mut is_stale = false;
        let done = self.0.into_iter().map(|mut streamed| {
            let bytes = streamed.stream.tail(tail);
            streamed.write(bytes);
            match (streamed.to?, &streamed.target.file) {
                (To::File(file), _) => file.put(),
                (To::Compared(mut compared), Some(file)) => {
                    is_stale |= tell_stale(file, differs(&mut compared));
                    Ok(())
                }
                _ => Ok(()),
            }
        });
        output::every(done)?;
        Ok(is_stale)
    }
}

impl To {
    fn of(target: &Target, check: bool) -> Result<Self, CliError> {
        match &target.file {
            Some(file) if check => Compared::with(file).map(Self::Compared),
            Some(file) => Writing::to(file).map(Self::File),
            None if check => Err(no_file()),
            None => Ok(Self::Standard),
        }
    }
}

impl Streamed<'_> {
    /// Writes some lines. Once they could not be written, no more are.
    fn write(&mut self, bytes: Vec<u8>) {
        let Ok(to) = &mut self.to else { return };
        if bytes.is_empty() {
            return;
        }
        let bytes = self.target.format.spelt_out(bytes);
        let name = self.target.file.as_deref().unwrap_or(Path::new("-"));
        match to {
            To::Nowhere => {}
            To::Compared(compared) => compared.write_all(&bytes).expect("it takes all that is written"),
            To::File(file) => {
                if let Err(error) = file.write_all(&bytes) {
                    self.to = Err(unwritable(name, &error));
                }
            }
            To::Standard => {
                match io::stdout().lock().write_all(&self.target.format.for_standard_output(bytes)) {
                    Ok(()) => {}
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => *to = To::Nowhere,
                    Err(error) => self.to = Err(output::unwritten(&error)),
                }
            }
        }
    }
}

/// The files of a run, kept for outputs that are drawn once it is through.
#[derive(Debug)]
pub(crate) struct Kept {
    files: Vec<FileView>,
    /// The texts of rules, and of definitions where an output shows them.
    pub sources: Sources,
    with_texts: bool,
}

impl Kept {
    /// Nothing yet. Texts are kept where one of the formats shows them.
    pub(crate) fn new(targets: &[&Target]) -> Self {
        let with_texts = targets.iter().any(|target| target.format.shows_texts());
        Self { files: Vec::new(), sources: Sources::default(), with_texts }
    }

    /// Keeps a file.
    pub(crate) fn add(&mut self, mut file: FileView, sources: Sources) {
        if self.with_texts {
            let moved = self.sources.absorb(sources);
            file.definition.iter_mut().for_each(|one| one.source = moved(one.source));
        }
        self.files.push(file);
    }

    /// The view of all files.
    pub(crate) fn view(&mut self, run: &super::run::Run) -> View {
        View::of(run.request.as_of, std::mem::take(&mut self.files), run.catalog())
    }
}

/// Draws the outputs that are drawn once the run is through; where `check` is set, they are compared with their files. Whether one
/// of them says something else.
pub(crate) fn draw_whole(
    targets: &[&Target],
    canvas: &Canvas<'_>,
    (to_terminal, check): (bool, bool),
) -> Result<bool, CliError> {
    let mut is_stale = false;
    let whole = targets.iter().filter(|target| matches!(target.format.drawing, Drawing::Whole(_)));
    let done = whole.map(|target| {
        let styled = target.file.is_none() && to_terminal;
        let bytes = draw(target.format, &Canvas { styled, ..*canvas })?;
        match &target.file {
            Some(file) if check => {
                let mut compared = Compared::with(file)?;
                compared.write_all(&bytes).expect("it takes all that is written");
                is_stale |= tell_stale(file, differs(&mut compared));
                Ok(())
            }
            Some(file) => output::write_file(file, &bytes),
            None if check => Err(no_file()),
            None => output::print_bytes(&target.format.for_standard_output(bytes)),
        }
    });
    output::every(done)?;
    Ok(is_stale)
}

/// Draws one format.
pub(crate) fn draw(format: &Format, canvas: &Canvas<'_>) -> Result<Vec<u8>, CliError> {
    format.draw(canvas).map(|drawn| format.spelt_out(drawn)).map_err(|error| CliError::new(error.to_string()))
}

/// Whether any of some outputs is drawn once the run is through.
pub(crate) fn any_whole(targets: &[&Target]) -> bool {
    targets.iter().any(|target| matches!(target.format.drawing, Drawing::Whole(_)))
}

pub(crate) fn no_file() -> CliError {
    CliError::new("`--check` compares with files, and the standard output is none")
        .hint("name one with `-o FILE`")
}

/// Says that a file is not what would be written, where there is a reason to.
pub(crate) fn tell_stale(file: &Path, why: Option<String>) -> bool {
    if let Some(why) = &why {
        output::tell(&format!("`{}` is stale: {why}; run the same command without `--check`\n", shown(file)));
    }
    why.is_some()
}

/// Why a file is not what would be written, where it is not.
fn differs(there: &mut Compared) -> Option<String> {
    if !there.is_there() {
        return Some("it is not there".to_owned());
    }
    (!there.is_same()).then(|| "it says something else".to_owned())
}
