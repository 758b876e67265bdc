//! The made-up definitions on which tests and timings rest: sound, of the size of real ones, and of the mix that they promise.

use crate::portfolio::definition;
use evalplan::import;
use evalplan::policy::Catalog;
use evalplan::source::Sources;

const COUNT: u64 = 500;

#[test]
fn made_up_definitions_read_well_and_are_of_the_mix_that_they_promise() {
    let mut sources = Sources::default();
    let catalog = Catalog::shipped();
    let (mut bytes, mut open, mut designed) = (0, 0, 0);
    let mut codes = std::collections::BTreeSet::new();
    for number in 1..=COUNT {
        let text = definition(7, number);
        let loaded = import::toml::read(&mut sources, &format!("{number}.toml"), text.as_bytes(), &catalog.lexicon);
        assert!(loaded.diagnostics.is_empty(), "{:?} in\n{text}", loaded.diagnostics);
        codes.insert(loaded.value.expect("it is a definition").code().to_owned());
        bytes += text.len();
        open += usize::from(text.contains("\nopen = "));
        designed += usize::from(text.contains("\n[[outcome]]"));
    }
    let count = usize::try_from(COUNT).expect("it is small");
    assert_eq!(codes.len(), count, "each has a code of its own");
    assert!((3_000..4_000).contains(&(bytes / count)), "{} bytes each", bytes / count);
    assert!((count / 15..count / 7).contains(&open), "{open} of {count} are open");
    assert!((count * 2 / 5..count * 3 / 5).contains(&designed), "{designed} of {count} have a design");
    assert_eq!(definition(7, 1), definition(7, 1));
    assert_ne!(definition(7, 1), definition(8, 1), "another seed gives others");
}
