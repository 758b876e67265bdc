//! The elements of a table by what they say under a key, so that nobody looks through all of them for one.
//! Must not evaluate conditions.

use crate::model::{Definition, KeyId, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// The elements of a table by the text of one key.
#[derive(Debug, Default)]
pub struct Index {
    first: BTreeMap<Arc<str>, u32>,
    /// The elements that give no text for the key, in the order of the file.
    pub without: Vec<u32>,
}

impl Index {
    fn new(definition: &Definition, key: KeyId) -> Self {
        let mut index = Self::default();
        for (record, row) in definition.rows(key.table).iter().zip(0..) {
            match record.read(key) {
                Some(Value::Text(text)) => drop(index.first.entry(Arc::clone(text)).or_insert(row)),
                _ => index.without.push(row),
            }
        }
        index
    }

    /// The first element that gives that text.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<u32> {
        self.first.get(text).copied()
    }
}

/// The indexes of a definition, each made when it is first asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Indexes(RefCell<BTreeMap<KeyId, Rc<Index>>>);

impl Indexes {
    pub(super) fn of(&self, definition: &Definition, key: KeyId) -> Rc<Index> {
        Rc::clone(self.0.borrow_mut().entry(key).or_insert_with(|| Rc::new(Index::new(definition, key))))
    }
}
