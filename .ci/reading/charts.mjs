// Reads charts with Mermaid's own parser, and looks at what it understood.
import fs from "node:fs";
import { JSDOM } from "jsdom";

const dom = new JSDOM("<body></body>");
globalThis.window = dom.window;
globalThis.document = dom.window.document;
const { default: mermaid } = await import("mermaid");

for (const path of process.argv.slice(2)) {
  const text = fs.readFileSync(path, "utf8");
  const { diagramType } = await mermaid.parse(text);
  if (diagramType !== "gantt") throw new Error(`${path}: ${diagramType}`);
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  const tasks = diagram.db.getTasks();
  const written = text.split("\n").filter((line) => / :(?:\w+, )?t\d+,|:milestone/.test(line)).length;
  if (tasks.length !== written || written === 0) throw new Error(`${path}: ${tasks.length} of ${written} tasks`);
  for (const task of tasks) {
    const days = (task.endTime - task.startTime) / 86400000;
    if (!(days >= 0 && days < 3000)) throw new Error(`${path} ${task.task}: ${days} days`);
  }
  console.log(`   ${tasks.length} tasks`);
}
