//! Pictures of mistakes in input files: the line, the place in it, and what to do next.
//! Must not trust the text that it shows.

use super::harmless::{for_terminal, letter as harmless};
use crate::{
    diag::{Diagnostic, Label, Severity},
    source::{SourceId, Sources, Span, boundary},
};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::{fmt::Write as _, ops::Range};

/// The widest picture, in columns.
const WIDTH: usize = 120;

/// Longer marks below a line say no more.
const LONGEST_MARK: usize = 80;

/// How much of a line is kept behind the last mark.
const KEPT_BEHIND: usize = 200;

/// Pictures of all of them, with a blank line after each.
#[must_use]
pub fn render_diagnostics(diagnostics: &[Diagnostic], sources: &Sources, styled: bool) -> String {
    let renderer = renderer(styled);
    let mut pictures = String::new();
    for diagnostic in diagnostics {
        pictures.push_str(&render(diagnostic, sources, &renderer));
        pictures.push_str("\n\n");
    }
    for_terminal(&pictures, styled)
}

/// What a picture shows beside the lines: how grave it is, by which rule, what is so, and what to do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Picture<'p> {
    /// How grave it is.
    pub level: &'static Level<'static>,
    /// The rule, where one speaks.
    pub id: Option<&'p str>,
    /// What is so.
    pub title: &'p str,
    /// The text.
    pub source: SourceId,
    /// The place in it.
    pub span: Span,
    /// What to say at the place; empty for nothing.
    pub label: &'p str,
    /// Other places.
    pub others: &'p [Label],
    /// What to do next.
    pub help: Option<&'p str>,
    /// What else to know.
    pub notes: &'p [String],
}

/// The renderer of pictures, with or without colours.
pub(super) fn renderer(styled: bool) -> Renderer {
    if styled { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH)
}

fn render(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let respelt = ["`evalplan check --fix` writes it so".to_owned()];
    let picture = Picture {
        level: match diagnostic.severity {
            Severity::Error => &Level::ERROR,
            Severity::Warning => &Level::WARNING,
        },
        id: None,
        title: &diagnostic.message,
        source: diagnostic.source,
        span: diagnostic.span,
        label: &diagnostic.label,
        others: &diagnostic.others,
        help: diagnostic.hint.as_deref(),
        notes: if diagnostic.instead.is_some() { &respelt } else { &[] },
    };
    draw(&picture, sources, renderer)
}

/// The picture as text, without a newline at the end.
pub(super) fn draw(picture: &Picture<'_>, sources: &Sources, renderer: &Renderer) -> String {
    let mut marks = vec![Mark {
        place: marked(sources, picture.source, picture.span),
        label: one_line(picture.label),
        kind: AnnotationKind::Primary,
    }];
    let mut elsewhere = Vec::new();
    for other in picture.others {
        let mark = Mark {
            place: marked(sources, other.source, other.span),
            label: one_line(&other.message),
            kind: AnnotationKind::Context,
        };
        if other.source == picture.source && fits(sources.text(other.source), &marks[0], &mark) {
            marks.push(mark);
        } else {
            let position = sources.position(other.source, other.span.start);
            elsewhere.push(format!(
                "{}: {}:{}:{}",
                mark.label,
                one_line(sources.path(other.source)),
                position.line,
                position.column
            ));
        }
    }
    let window = Window::around(sources, picture.source, &marks);
    let annotations = marks.into_iter().map(|mark| {
        let annotation: Annotation<'_> = mark.kind.span(window.moved(&mark.place));
        if mark.label.is_empty() { annotation } else { annotation.label(mark.label) }
    });
    let snippet = Snippet::source(window.text.as_str())
        .line_start(window.first_line)
        .path(one_line(sources.path(picture.source)));
    let title = picture.level.clone().primary_title(one_line(picture.title));
    let title = match picture.id {
        Some(id) => title.id(one_line(id)),
        None => title,
    };
    let name = Origin::path(one_line(sources.path(picture.source)));
    let at = sources.position(picture.source, picture.span.start);
    // Of a file that holds nothing, or that is not there, there is nothing to show but its name.
    let mut group: Group<'_> = match sources.text(picture.source) {
        "" => title.element(name),
        _ if !sources.is_shown(picture.source) => title.element(name.line(at.line).char_column(at.column)),
        _ => title.element(snippet.annotations(annotations)),
    };
    for note in elsewhere.into_iter().chain(picture.notes.iter().map(|note| one_line(note))) {
        group = group.element(Level::NOTE.message(note));
    }
    let help = picture.help.map(|help| Group::with_title(Level::HELP.secondary_title(one_line(help))));
    renderer.render(&std::iter::once(group).chain(help).collect::<Vec<_>>())
}

struct Mark {
    place: Range<usize>,
    label: String,
    kind: AnnotationKind,
}

/// The bytes to mark: inside the text, on character boundaries, on one line, not endless.
fn marked(sources: &Sources, source: SourceId, span: Span) -> Range<usize> {
    let text = sources.text(source);
    let start = boundary(text, span.start as usize);
    let start = if start == text.len() { text.trim_end().len() } else { start };
    let end = boundary(text, span.end as usize).max(start);
    let line = text[start..end].split(['\n', '\r']).next().unwrap_or_default();
    let length = line.char_indices().nth(LONGEST_MARK).map_or(line.len(), |(offset, _)| offset);
    start..start + length
}

/// Whether both marks can be shown in one picture: on different lines, or near each other.
fn fits(text: &str, first: &Mark, second: &Mark) -> bool {
    let (low, high) = if first.place.start <= second.place.start { (first, second) } else { (second, first) };
    let between = &text[low.place.start..high.place.start];
    between.contains('\n') || between.len() <= WIDTH
}

/// The lines that a picture needs, made harmless.
struct Window {
    text: String,
    first_line: usize,
    /// Where every kept byte of the source stands in the text: pairs of offsets, in order.
    offsets: Vec<(usize, usize)>,
}

impl Window {
    fn around(sources: &Sources, source: SourceId, marks: &[Mark]) -> Self {
        let text = sources.text(source);
        let low = marks.iter().map(|mark| mark.place.start).min().unwrap_or_default();
        let high = marks.iter().map(|mark| mark.place.end).max().unwrap_or_default();
        let start = text[..low].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[high..].find('\n').map_or(text.len(), |newline| high + newline);
        let mut window = Self {
            text: String::new(),
            first_line: sources.position(source, Span::new(start..start).start).line,
            offsets: Vec::new(),
        };
        let mut at = start;
        for line in text[start..end].split_inclusive('\n') {
            let last = marks
                .iter()
                .filter(|mark| (at..=at + line.len()).contains(&mark.place.start))
                .map(|mark| mark.place.end - at)
                .max();
            window.push(at, line, last.unwrap_or_default());
            at += line.len();
        }
        window.offsets.push((end, window.text.len()));
        window
    }

    /// Adds a line; what is far behind its last mark is left out.
    fn push(&mut self, at: usize, line: &str, last: usize) {
        let body = line.trim_end_matches(['\n', '\r']);
        let kept = body
            .char_indices()
            .map(|(offset, _)| offset)
            .find(|offset| *offset >= last + KEPT_BEHIND)
            .unwrap_or(body.len());
        for (offset, letter) in body[..kept].char_indices() {
            self.offsets.push((at + offset, self.text.len()));
            self.text.push(if letter == '\t' { letter } else { harmless(letter) });
        }
        self.offsets.push((at + kept, self.text.len()));
        if kept < body.len() {
            self.text.push('…');
        }
        if line.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn moved(&self, place: &Range<usize>) -> Range<usize> {
        let moved = |offset: usize| {
            let next = self.offsets.partition_point(|(from, _)| *from < offset);
            self.offsets.get(next).map_or(self.text.len(), |(_, to)| *to)
        };
        let start = moved(place.start);
        start..moved(place.end).max(start)
    }
}

/// A text of a message on one line, made harmless.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for letter in text.chars() {
        let _ = line.write_char(match letter {
            '\n' | '\r' | '\t' => ' ',
            other => harmless(other),
        });
    }
    line
}
