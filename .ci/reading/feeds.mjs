// Reads feeds with ical.js: whole days, and what is as long as it says.
import fs from "node:fs";
import ICAL from "ical.js";

let events = 0;
for (const path of process.argv.slice(2)) {
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(path, "utf8")));
  for (const part of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(part);
    const days = event.duration.toSeconds() / 86400;
    if (!event.startDate.isDate || days < 1 || !Number.isInteger(days)) throw new Error(`${path} ${event.uid}: ${event.duration}`);
    events += 1;
  }
}
if (events < 50) throw new Error(`only ${events} events`);
console.log(`   ${events} events`);
