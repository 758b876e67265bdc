//! Which of the missing facts a verdict hangs on, the smallest deciding set first.
//! Must not judge.

use crate::checks::Verdict;
use crate::model::{FieldPath, key};

/// The largest deciding set that is looked for.
const LARGEST_SET: usize = 3;

/// The facts that matter, in order: those of every smallest set that could decide, those of some, the others;
/// each group in the order of the file. `sizes` says how many values each axis has; a cell bears its number among all combinations
/// of values, the last axis moving fastest.
///
/// The two dates of a project rank as one: which of them alone could decide is an accident of the calendar.
pub(super) fn order(needs: &[&[FieldPath]], sizes: &[usize], cells: &[(usize, Verdict)]) -> Vec<FieldPath> {
    let grid = Grid { cells, sizes };
    let alone: Vec<usize> = (0..needs.len()).filter(|axis| grid.matters(*axis)).collect();
    // Dates that a given length ties together move only in pairs, so that neither seems to matter alone.
    let tied = |axis: &usize| needs[*axis].iter().any(is_date);
    let relevant = if alone.is_empty() { (0..needs.len()).filter(tied).collect() } else { alone };
    let sets = grid.smallest_sets(&relevant);
    let rank = |axis: usize| {
        let holding = sets.iter().filter(|set| set.contains(&axis)).count();
        if holding == sets.len() && !sets.is_empty() {
            0
        } else if holding > 0 {
            1
        } else {
            2
        }
    };
    let dates: Vec<usize> =
        relevant.iter().copied().filter(|axis| needs[*axis].iter().any(is_date)).collect();
    let of_dates = dates.iter().map(|axis| rank(*axis)).min();
    let rank = |axis: usize| of_dates.filter(|_| dates.contains(&axis)).unwrap_or_else(|| rank(axis));
    let mut ranked: Vec<(u8, FieldPath)> =
        relevant.iter().flat_map(|axis| needs[*axis].iter().map(|path| (rank(*axis), *path))).collect();
    ranked.sort_unstable();
    let mut seen = std::collections::BTreeSet::new();
    ranked.into_iter().map(|(_, path)| path).filter(|path| seen.insert(*path)).collect()
}

/// Whether a path is the start or the end of the project.
fn is_date(path: &FieldPath) -> bool {
    [FieldPath::Key(key::project::START), FieldPath::Key(key::project::END)].contains(path)
        || matches!(path, FieldPath::Element(key, _) if *key == key::revision::END)
}

/// The cells, and how many values each axis has.
struct Grid<'c> {
    cells: &'c [(usize, Verdict)],
    sizes: &'c [usize],
}

impl Grid<'_> {
    /// How far apart two cells are that differ by one place in an axis alone.
    fn stride(&self, axis: usize) -> usize {
        self.sizes[axis + 1..].iter().product()
    }

    /// What the cells say that agree in some axes, group by group: `join` adds the next cell of a group to those before it.
    fn groups<T: Copy>(&self, axes: &[usize], join: impl Fn(Option<T>, Verdict) -> T) -> Vec<Option<T>> {
        let axes: Vec<(usize, usize)> =
            axes.iter().map(|axis| (self.stride(*axis), self.sizes[*axis])).collect();
        let mut groups = vec![None; axes.iter().map(|(_, size)| size).product()];
        for (number, verdict) in self.cells {
            let group = axes.iter().fold(0, |group, (stride, size)| group * size + number / stride % size);
            groups[group] = Some(join(groups[group], *verdict));
        }
        groups
    }

    /// Whether two cells that differ in this axis alone differ in the verdict.
    fn matters(&self, axis: usize) -> bool {
        let (stride, size) = (self.stride(axis), self.sizes[axis]);
        let mut groups: Vec<Option<Verdict>> = vec![None; self.sizes.iter().product::<usize>() / size];
        self.cells.iter().any(|(number, verdict)| {
            let group = &mut groups[number / (stride * size) * stride + number % stride];
            *group.get_or_insert(*verdict) != *verdict
        })
    }

    /// The smallest sets of axes for which some values decide whatever the others are.
    fn smallest_sets(&self, relevant: &[usize]) -> Vec<Vec<usize>> {
        (1..=LARGEST_SET.min(relevant.len()))
            .map(|size| {
                let mut sets = combinations(relevant, size);
                sets.retain(|set| self.can_decide(set));
                sets
            })
            .find(|sets| !sets.is_empty())
            .unwrap_or_default()
    }

    fn can_decide(&self, set: &[usize]) -> bool {
        let join =
            |known: Option<Verdict>, verdict: Verdict| known.map_or(verdict, |known| known.or(verdict));
        self.groups(set, join).into_iter().flatten().any(|verdict| verdict != Verdict::Undecided)
    }
}

fn combinations(things: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    things
        .iter()
        .enumerate()
        .flat_map(|(place, thing)| {
            combinations(&things[place + 1..], size - 1).into_iter().map(move |mut rest| {
                rest.insert(0, *thing);
                rest
            })
        })
        .collect()
}
