//! The order of tasks: where each stands in working days from the report date, its slack, and the longest path.
//! Must not know dates or holidays.

use super::process::Step;
use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};

/// Where one task stands, in working days: the report is finished at 0, and what comes before is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// Working days between the end of the report and the beginning of the task.
    pub start: i64,
    /// Working days between the end of the report and the end of the task.
    pub end: i64,
    /// By how many working days the task can begin earlier (before the report) or end later (after it) without moving another.
    pub slack: i64,
    /// Whether it lies on the longest path.
    pub critical: bool,
    /// The task that sets its date: the next one that waits for it, or the last one that it waits for.
    pub bound_by: Option<usize>,
}

/// Where the tasks of a process stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Order {
    /// For each task, by its place.
    pub stands: Vec<Stand>,
    /// The places of the tasks, each after those it waits for.
    pub sorted: Vec<usize>,
    /// How many working days before the end of the report the first task begins.
    pub before: i64,
    /// How many working days after it the last task ends.
    pub after: i64,
}

/// Why tasks have no order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flaw {
    /// They wait for each other.
    Cycle(Vec<usize>),
    /// Nothing ties it to the report.
    Loose(usize),
}

/// Orders tasks: those that lead to the anchor as late as they can be, the others as early.
pub(super) fn order(steps: &[Step], anchor: usize) -> Result<Order, Flaw> {
    let sorted = sort(steps)?;
    let leads = leading_to(steps, anchor, &sorted);
    if let Some(loose) = (0..steps.len()).find(|place| !leads[*place] && steps[*place].after.is_empty()) {
        return Err(Flaw::Loose(loose));
    }
    let blank = Stand { start: 0, end: 0, slack: 0, critical: false, bound_by: None };
    let mut found = Order { stands: vec![blank; steps.len()], sorted, before: 0, after: 0 };
    found.backwards(steps, anchor, &leads);
    found.forwards(steps, &leads);
    Ok(found)
}

fn sort(steps: &[Step]) -> Result<Vec<usize>, Flaw> {
    let mut graph: DiGraph<(), ()> = DiGraph::new();
    let nodes: Vec<NodeIndex> = steps.iter().map(|_| graph.add_node(())).collect();
    for (place, step) in steps.iter().enumerate() {
        for before in &step.after {
            graph.add_edge(nodes[*before], nodes[place], ());
        }
    }
    match toposort(&graph, None) {
        Ok(sorted) => Ok(sorted.into_iter().map(NodeIndex::index).collect()),
        Err(_) => Err(Flaw::Cycle(cycle(steps, &graph))),
    }
}

/// One whole cycle, each task after the next.
fn cycle(steps: &[Step], graph: &DiGraph<(), ()>) -> Vec<usize> {
    let knots = kosaraju_scc(graph)
        .into_iter()
        .map(|knot| knot.into_iter().map(NodeIndex::index).collect::<Vec<_>>());
    let in_cycle =
        |knot: &Vec<usize>| knot.len() > 1 || knot.iter().any(|place| steps[*place].after.contains(place));
    let knot = knots.filter(in_cycle).min_by_key(|knot| knot.iter().min().copied()).unwrap_or_default();
    let mut path: Vec<usize> = knot.iter().min().copied().into_iter().collect();
    while let Some(next) =
        path.last().and_then(|last| steps[*last].after.iter().find(|before| knot.contains(before)))
    {
        if let Some(seen) = path.iter().position(|place| place == next) {
            return path.split_off(seen);
        }
        path.push(*next);
    }
    path
}

fn leading_to(steps: &[Step], anchor: usize, sorted: &[usize]) -> Vec<bool> {
    let mut leads = vec![false; steps.len()];
    leads[anchor] = true;
    for place in sorted.iter().rev() {
        if leads[*place] {
            steps[*place].after.iter().for_each(|before| leads[*before] = true);
        }
    }
    leads
}

impl Order {
    /// Everything that leads to the anchor, as late as it can be.
    fn backwards(&mut self, steps: &[Step], anchor: usize, leads: &[bool]) {
        let length = |place: usize| i64::from(steps[place].working_days);
        let mut latest: Vec<(i64, Option<usize>)> = vec![(0, None); steps.len()];
        for place in self.sorted.iter().rev().copied().filter(|place| leads[*place]) {
            let (end, bound_by) = latest[place];
            let start = end - length(place);
            self.stands[place] = Stand { start, end, slack: 0, critical: false, bound_by };
            for before in &steps[place].after {
                let known = &mut latest[*before];
                if known.1.is_none() || start < known.0 {
                    *known = (start, Some(place));
                }
            }
            self.before = self.before.max(-start);
        }
        debug_assert_eq!(self.stands[anchor].end, 0);
        let mut earliest = vec![-self.before; steps.len()];
        for place in self.sorted.iter().copied().filter(|place| leads[*place]) {
            let ready = steps[place].after.iter().map(|before| earliest[*before] + length(*before)).max();
            earliest[place] = ready.unwrap_or(-self.before);
            let free = steps[place]
                .after
                .iter()
                .map(|before| self.stands[*before].end)
                .max()
                .unwrap_or(-self.before);
            let stand = &mut self.stands[place];
            stand.slack = stand.start - free;
            stand.critical = stand.start == earliest[place];
        }
    }

    /// Everything else, as early as it can be.
    fn forwards(&mut self, steps: &[Step], leads: &[bool]) {
        let others: Vec<usize> = self.sorted.iter().copied().filter(|place| !leads[*place]).collect();
        for place in &others {
            let before = steps[*place].after.iter().max_by_key(|before| self.stands[**before].end);
            let start = before.map_or(0, |before| self.stands[*before].end);
            let end = start + i64::from(steps[*place].working_days);
            self.stands[*place] = Stand { start, end, slack: 0, critical: false, bound_by: before.copied() };
            self.after = self.after.max(end);
        }
        let mut latest = vec![self.after; steps.len()];
        let mut waited_for: Vec<Option<i64>> = vec![None; steps.len()];
        for place in others.iter().rev() {
            let start = latest[*place] - i64::from(steps[*place].working_days);
            let stand = &mut self.stands[*place];
            stand.slack = waited_for[*place].map_or(0, |next| next - stand.end);
            stand.critical = start == stand.start;
            for before in &steps[*place].after {
                latest[*before] = latest[*before].min(start);
                waited_for[*before] =
                    Some(waited_for[*before].map_or(stand.start, |known| known.min(stand.start)));
            }
        }
    }
}
