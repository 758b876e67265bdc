//! The engine of the templates: nothing undefined passes, and every value is escaped for the format it goes to.
//! Must not read files, and must not sort, count or choose.

use super::document::document;
use super::error::TemplateError;
use super::headings::Headings;
use super::separator::Separator;
use super::template_bounds::{Refused, bounded};
use super::template_filters::{format, indent, kept};
use super::view::View;
use super::{csv, html, markdown};
use crate::source::templates_in;
use minijinja::{
    Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value,
    syntax::SyntaxConfig,
    value::{Serde, ValueKind},
};
use serde::Serialize;
use std::{fmt, io};

/// How much work a template of the user may cause before it is stopped.
const FUEL: u64 = 20_000_000;

/// How much a template of the user may write, in bytes.
const MOST_WRITTEN: usize = 64 * 1024 * 1024;

/// The stack that [`own`] needs at the most, in bytes: the engine goes deeper for each value inside another.
pub const STACK: usize = 128 * 1024 * 1024;

/// What a template writes, by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Html,
    Markdown,
    Json,
    Csv,
    Plain,
}

impl Syntax {
    fn of(name: &str) -> Self {
        // What marks a file as a template says nothing of what it writes: `page.html.j2`.
        let name = name.to_ascii_lowercase();
        let name = [".j2", ".jinja", ".jinja2", ".tmpl"]
            .iter()
            .find_map(|mark| name.strip_suffix(mark))
            .unwrap_or(&name);
        let ending = name.rsplit('.').next().unwrap_or_default();
        match ending {
            "html" | "htm" | "xhtml" | "xml" | "svg" => Self::Html,
            "md" | "markdown" => Self::Markdown,
            "json" => Self::Json,
            "csv" => Self::Csv,
            _ => Self::Plain,
        }
    }

    fn escape(self, text: &str) -> String {
        match self {
            Self::Html => html::escape(text),
            Self::Markdown => markdown::escape(text),
            Self::Json => {
                let quoted = serde_json::Value::from(text).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
            Self::Csv => csv::cell(text, Separator::Comma),
            Self::Plain => super::harmless::plain(text).into_owned(),
        }
    }
}

/// Renders a template that came with the tool.
///
/// # Errors
/// Where it names what there is not, which tests rule out.
pub(super) fn shipped(name: &str, context: &impl Serialize) -> Result<String, TemplateError> {
    let environment = environment(Syntax::of(name)).map_err(|error| told(name, &error))?;
    let text = environment.get_template(name).and_then(|template| template.render(Serde(context)));
    text.map_err(|error| told(name, &error))
}

/// Renders a template of the user. It may include those that came with the tool, and no other file.
///
/// Its length and depth are bounded before it is read, its steps, what it writes and how deep its values are while it runs: it
/// needs no more stack than [`STACK`]. The memory and the time that single steps take are not bounded here: `drawn` is called with
/// all of the view at hand, and from then on the caller does well to watch both.
///
/// # Errors
/// Where it cannot be read, names what there is not, does not end, or goes beyond a bound.
pub fn own(name: &str, text: &str, view: &View, drawn: impl FnOnce()) -> Result<String, TemplateError> {
    let text = bounded(text).map_err(|refused| refusal(name, refused))?;
    let headings = Headings::shipped();
    let context = Value::from(Serde(&document(view, &headings, true)));
    let mut environment = environment(Syntax::of(name)).map_err(|error| told(name, &error))?;
    environment.set_fuel(Some(FUEL));
    drawn();
    let template = environment.template_from_named_str(name, &text).map_err(|error| told(name, &error))?;
    let mut page = Bounded(Vec::new());
    template.render_captured_to(context, &mut page).map_err(|error| told(name, &error))?;
    String::from_utf8(page.0).map_err(|_| TemplateError::of(name, "it wrote what is no text"))
}

fn refusal(name: &str, refused: Refused) -> TemplateError {
    TemplateError { name: name.to_owned(), place: format!(" (line {})", refused.line), cause: refused.what }
}

fn too_long() -> String {
    format!("it writes more than {} MiB", MOST_WRITTEN / 1024 / 1024)
}

/// A page that ends where it is too long.
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_WRITTEN {
            return Err(io::Error::other(too_long()));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn told(name: &str, error: &Error) -> TemplateError {
    let mut cause = error.to_string();
    let mut deeper = std::error::Error::source(error);
    while let Some(source) = deeper {
        cause = format!("{cause}: {source}");
        deeper = source.source();
    }
    let place = error.line().map(|line| format!(" (line {line})")).unwrap_or_default();
    TemplateError { name: name.to_owned(), place, cause }
}

/// The engine for one syntax.
fn environment(syntax: Syntax) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?,
    );
    // The formatter below escapes; a second escaping would show the first.
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.set_formatter(move |out, state, value| write(syntax, out, state, value));
    environment.add_filter("prose", move |text: String| {
        safe(match syntax {
            Syntax::Html => html::prose(&text),
            Syntax::Markdown => markdown::prose(&text),
            Syntax::Json | Syntax::Csv | Syntax::Plain => syntax.escape(&text),
        })
    });
    environment.add_filter("code", move |text: String| {
        safe(match syntax {
            Syntax::Html => html::code(&text),
            Syntax::Markdown => markdown::code(&text),
            Syntax::Json | Syntax::Csv | Syntax::Plain => syntax.escape(&text),
        })
    });
    environment.add_filter("day", move |value: Value| day(syntax, &value));
    environment.add_filter("kept", kept);
    environment.add_filter("indent", indent);
    environment.add_filter("format", format);
    for (name, text) in templates_in("report") {
        if !name.ends_with(".toml") {
            let text = bounded(text).map_err(|refused| Error::new(ErrorKind::SyntaxError, refused.what))?;
            environment.add_template_owned(name, text)?;
        }
    }
    Ok(environment)
}

fn safe(text: String) -> Value {
    Value::from_safe_string(text)
}

/// Every value is escaped, unless a filter of ours made it; nothing is not a word.
fn write(syntax: Syntax, out: &mut Output<'_>, _: &State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    let text = match value.as_str() {
        Some(text) => text.to_owned(),
        None => shown(value)?,
    };
    let written = match value.kind() {
        ValueKind::None => String::new(),
        ValueKind::Number | ValueKind::Bool => text,
        _ if value.is_safe() => text,
        _ => syntax.escape(&text),
    };
    // A value may begin a line, and `::` there is a command to GitHub Actions. In JSON a quote stands before it.
    if written.trim_start().starts_with("::") && syntax != Syntax::Json {
        out.write_str("\u{fffd}").map_err(Error::from)?;
    }
    out.write_str(&written).map_err(Error::from)
}

/// A value as text, as far as it may be written at all: a list may hold itself many times over.
fn shown(value: &Value) -> Result<String, Error> {
    let mut text = Shown(String::new());
    let shown = fmt::Write::write_fmt(&mut text, format_args!("{value}"));
    shown.map_err(|_| Error::new(ErrorKind::WriteFailure, too_long()))?;
    Ok(text.0)
}

struct Shown(String);

impl fmt::Write for Shown {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        if self.0.len() + more.len() > MOST_WRITTEN {
            return Err(fmt::Error);
        }
        self.0.push_str(more);
        Ok(())
    }
}

/// A day, the first and last day of a range, or that the day is not known.
fn day(syntax: Syntax, value: &Value) -> Result<Value, Error> {
    let one = |text: &str| match syntax {
        Syntax::Html => html::day(text),
        _ => syntax.escape(text),
    };
    if let Some(text) = value.as_str() {
        return Ok(safe(one(text)));
    }
    if value.is_none() || value.is_undefined() {
        return Ok(safe("not known".to_owned()));
    }
    let end = |name: &str| value.get_attr(name).map(|end| one(end.as_str().unwrap_or_default()));
    Ok(safe(format!("{} to {}", end("from")?, end("to")?)))
}
