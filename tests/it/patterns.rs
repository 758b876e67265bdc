//! A small reader of patterns: the part of the language that JavaScript, Python and Rust read alike. It panics on
//! anything else, so that no pattern of a schema leaves that part.

use std::ops::RangeInclusive;

enum Node {
    Start,
    End,
    Sign(bool, Vec<RangeInclusive<char>>),
    Group(Vec<Vec<Node>>),
    Repeat(Box<Node>, usize, usize),
}

/// Whether the pattern is found anywhere in the text.
pub(crate) fn found(pattern: &str, text: &str) -> bool {
    let mut signs = pattern.chars().collect::<Vec<_>>().into_iter().peekable();
    let choices = alternatives(&mut signs);
    assert!(signs.next().is_none(), "a bracket too many in {pattern}");
    let text: Vec<char> = text.chars().collect();
    (0..=text.len()).any(|at| choices.iter().any(|nodes| matches(nodes, &text, at, &mut |_| true)))
}

type Signs = std::iter::Peekable<std::vec::IntoIter<char>>;

fn alternatives(signs: &mut Signs) -> Vec<Vec<Node>> {
    let mut choices = vec![Vec::new()];
    while let Some(sign) = signs.next_if(|sign| *sign != ')') {
        if sign == '|' {
            choices.push(Vec::new());
            continue;
        }
        let node = match sign {
            '^' => Node::Start,
            '$' => Node::End,
            '(' => {
                assert_ne!(signs.peek(), Some(&'?'), "no look-around, no flags");
                let inner = alternatives(signs);
                assert_eq!(signs.next(), Some(')'));
                Node::Group(inner)
            }
            '[' => class(signs),
            '\\' => escaped(signs),
            '.' | '*' | '+' | '?' | '{' | '}' | ']' => panic!("`{sign}` is not expected"),
            other => Node::Sign(true, vec![other..=other]),
        };
        let node = repeated(node, signs);
        choices.last_mut().expect("there is one").push(node);
    }
    choices
}

fn repeated(node: Node, signs: &mut Signs) -> Node {
    let (least, most) = match signs.peek() {
        Some('*') => (0, usize::MAX),
        Some('+') => (1, usize::MAX),
        Some('?') => (0, 1),
        Some('{') => {
            signs.next();
            let inside: String = std::iter::from_fn(|| signs.next_if(|sign| *sign != '}')).collect();
            let (least, most) = inside.split_once(',').unwrap_or((&inside, &inside));
            (least.parse().expect("a number"), most.parse().expect("a number"))
        }
        _ => return node,
    };
    signs.next();
    Node::Repeat(Box::new(node), least, most)
}

/// The blanks that all three languages call so.
fn blanks() -> Vec<RangeInclusive<char>> {
    let singles = [' ', '\u{a0}', '\u{1680}', '\u{202f}', '\u{205f}', '\u{3000}'];
    let more = ['\t'..='\r', '\u{2000}'..='\u{200a}', '\u{2028}'..='\u{2029}'];
    singles.map(|sign| sign..=sign).into_iter().chain(more).collect()
}

fn escaped(signs: &mut Signs) -> Node {
    match signs.peek() {
        Some('s') => drop(signs.next()),
        Some('S') => {
            signs.next();
            return Node::Sign(false, blanks());
        }
        _ => {
            let sign = one(signs);
            return Node::Sign(true, vec![sign..=sign]);
        }
    }
    Node::Sign(true, blanks())
}

/// The sign behind a backslash.
fn one(signs: &mut Signs) -> char {
    let digits = match signs.next().expect("a sign") {
        'n' => return '\n',
        'r' => return '\r',
        't' => return '\t',
        'x' => 2,
        'u' => 4,
        sign @ ('.' | '+' | '-' | '[' | ']' | '(' | ')' | '\\') => return sign,
        other => panic!("`\\{other}` is not read alike"),
    };
    let number: String = signs.take(digits).collect();
    char::from_u32(u32::from_str_radix(&number, 16).expect("a number")).expect("a sign")
}

fn class(signs: &mut Signs) -> Node {
    let inside = signs.next_if_eq(&'^').is_none();
    let mut ranges = Vec::new();
    let sign = |signs: &mut Signs, first: char| if first == '\\' { one(signs) } else { first };
    while let Some(first) = signs.next_if(|sign| *sign != ']') {
        let low = sign(signs, first);
        let high = match signs.next_if_eq(&'-') {
            Some(_) => {
                let next = signs.next().expect("a range has an end");
                sign(signs, next)
            }
            None => low,
        };
        ranges.push(low..=high);
    }
    assert_eq!(signs.next(), Some(']'));
    Node::Sign(inside, ranges)
}

fn matches(nodes: &[Node], text: &[char], at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
    let Some((first, rest)) = nodes.split_first() else { return then(at) };
    let mut next = |at: usize| matches(rest, text, at, then);
    match first {
        Node::Start => at == 0 && next(at),
        Node::End => at == text.len() && next(at),
        Node::Sign(inside, ranges) => {
            text.get(at).is_some_and(|sign| ranges.iter().any(|range| range.contains(sign)) == *inside)
                && next(at + 1)
        }
        Node::Group(choices) => choices.iter().any(|nodes| matches(nodes, text, at, &mut next)),
        Node::Repeat(node, least, most) => repeat(node, (*least, *most), text, at, &mut next),
    }
}

fn repeat(
    node: &Node,
    (least, most): (usize, usize),
    text: &[char],
    at: usize,
    then: &mut dyn FnMut(usize) -> bool,
) -> bool {
    let once = std::slice::from_ref(node);
    let fewer = (least.saturating_sub(1), most.saturating_sub(if most == usize::MAX { 0 } else { 1 }));
    let again =
        most > 0 && matches(once, text, at, &mut |next| (next > at) && repeat(node, fewer, text, next, then));
    again || (least == 0 && then(at))
}

#[test]
fn patterns_are_read_as_everywhere() {
    for (pattern, text, wanted) in [
        ("^[A-Z]{3} [0-9]+$", "USD 590", true),
        ("^[A-Z]{3} [0-9]+$", "USD 590 ", false),
        (r"^(a|bc)?\.\.x{2,3}$", "bc..xxx", true),
        (r"^(a|bc)?\.\.x{2,3}$", "..x", false),
        (r"[1-9]\.?([0-9]\.?){3}", "00.1234", true),
        (r"[1-9]\.?([0-9]\.?){3}", "123..456", false),
        (r"[\x00-\x08\u202a-\u202e]", "a\u{202b}", true),
        (r"^[^\n]*\S$", "a\nb", false),
        (r"^\s*x+(y|z)*$", "  xxyz", true),
    ] {
        assert_eq!(found(pattern, text), wanted, "{pattern} in {text:?}");
    }
}
