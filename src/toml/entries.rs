//! The texts in a list, each with its place: of a value that is known to be one.

use std::ops::Range;

/// The entries of a list of texts as it stands behind `=`, each with its place in it; `None` where it is none.
#[must_use]
pub fn entries(list: &str) -> Option<Vec<(String, Range<usize>)>> {
    const KEY: &str = "x = ";
    let text = format!("{KEY}{list}");
    let root = toml::de::DeTable::parse(&text).ok()?;
    let items = root.get_ref().get("x")?.get_ref().as_array()?;
    let place = |span: Range<usize>| span.start - KEY.len()..span.end - KEY.len();
    items.iter().map(|item| Some((item.get_ref().as_str()?.to_owned(), place(item.span())))).collect()
}
