//! What the id of an entry tells: which definition, which evaluation, which task or event.
//! Must not know entries.

use super::text::id_part;

/// The end of every id that this tool gives.
const OURS: &str = "@evalplan";

/// The most bytes of one part of an id.
const MOST: usize = 400;

/// What an entry is about. Every part is spelt as in the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'u> {
    /// The code of the definition.
    pub code: &'u str,
    pub subject: Subject<'u>,
    /// Whether it is about a task, and not about the evaluation or event itself.
    pub is_task: bool,
}

/// What an entry of a definition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject<'u> {
    /// An evaluation: its report, a task of it, or a to-do.
    Evaluation(&'u str),
    /// Another dated event.
    Event(&'u str),
}

/// What an id tells; nothing where it is not one of this tool.
pub(super) fn place(uid: &str) -> Option<Place<'_>> {
    let parts: Vec<&str> = uid.strip_suffix(OURS)?.split('.').collect();
    let subject = match *parts.as_slice() {
        [_, "", event] => Subject::Event(event),
        [_, evaluation] | [_, evaluation, _] | [_, evaluation, _, "todo"] if !evaluation.is_empty() => {
            Subject::Evaluation(evaluation)
        }
        _ => return None,
    };
    let is_task = matches!(subject, Subject::Evaluation(_)) && parts.len() > 2;
    Some(Place { code: parts[0], subject, is_task })
}

/// The id made of some parts that are spelt for one.
pub(super) fn uid(parts: &[&str]) -> String {
    format!("{}{OURS}", parts.join("."))
}

/// A text as a part of an id. One that is longer than any code that people give is cut, with a mark of the whole.
pub(super) fn part(text: &str) -> String {
    let mut part = id_part(text);
    if part.len() > MOST {
        let mark = crate::report::format::mark(&[text]);
        part.truncate(MOST);
        // No other part has this sign.
        part.push('~');
        part.push_str(&mark);
    }
    part
}

/// A part of an id as it was before it was spelt for one.
pub(super) fn spelt(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, behind @ ..] = rest {
        let code = behind
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Subject, part, place, spelt, uid};

    #[test]
    fn an_id_tells_what_it_is_about() {
        let about =
            |uid: &str| place(uid).map(|place| (place.code.to_owned(), format!("{:?}", place.subject)));
        let evaluation = |id: &str| Some(("P%2E1".to_owned(), format!("{:?}", Subject::Evaluation(id))));
        for uid in ["P%2E1.final@evalplan", "P%2E1.final.report@evalplan", "P%2E1.final.report.todo@evalplan"]
        {
            assert_eq!(about(uid), evaluation("final"), "{uid}");
        }
        assert_eq!(
            about("P..yearly-meeting-2@evalplan"),
            Some(("P".to_owned(), format!("{:?}", Subject::Event("yearly-meeting-2"))))
        );
        for uid in
            ["", "@evalplan", "P@evalplan", "P.a.b.c@evalplan", "P.final@example.org", "a.b.c.d.e@evalplan"]
        {
            assert_eq!(about(uid), None, "{uid}");
        }
    }

    #[test]
    fn parts_never_run_together_and_can_be_read_back() {
        for text in ["RAF/13/01", "a.b", "50%", "é港", "~", "a~b"] {
            assert!(!part(text).contains(['.', '~']), "{text}");
            assert_eq!(spelt(&part(text)), text);
        }
        let (one, two) = ("x".repeat(4000), "x".repeat(4001));
        assert!(part(&one).len() < 450 && part(&one) != part(&two));
        assert_eq!(place(&uid(&[&part(&one), "final"])).map(|place| place.code.to_owned()), Some(part(&one)));
    }
}
