//! What users type most, for the help of each command.
//! Must not promise what the commands do not do: a test runs every line.

/// Of `check`.
pub(crate) const CHECK: &str = "\
Examples:
  evalplan check projects/                             what is missing, definition by definition
  evalplan check projects/ --format concise            one line a finding
  evalplan check projects/ports.toml --diff            what could be mended, as a patch
  evalplan check projects/ports.toml --fix             the same, written into the file
  evalplan check projects/ -o sarif=evalplan.sarif     for the code-scanning page";

/// Of `schedule`.
pub(crate) const SCHEDULE: &str = "\
Examples:
  evalplan schedule projects/                              which evaluations are owed, and when
  evalplan schedule projects/ports.toml --explain          why every date is what it is
  evalplan schedule projects/ -o ics=evaluations.ics       a calendar to subscribe to
  evalplan schedule projects/ports.toml -o svg=plan.svg    a Gantt chart";

/// Of `report`.
pub(crate) const REPORT: &str = "\
Examples:
  evalplan report projects/ports.toml -o ports.html    one page for browsers and paper
  evalplan report projects/ -o portfolio.xlsx          a workbook with filters";

/// Of `waivers`.
pub(crate) const WAIVERS: &str = "\
Examples:
  evalplan waivers projects/                     every waiver, and how long it still holds
  evalplan waivers projects/ --expiring-in 30    those that lapse within a month";

/// Of `waive`.
pub(crate) const WAIVE: &str = "\
Example:
  evalplan waive ilo-2005/mid-term-evaluation projects/ports.toml \\
    --reason \"the cyclone of January\" --granted-by \"Evaluation focal point\" \\
    --authority \"Regional director\" --expires 2015-12-31";
