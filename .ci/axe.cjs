// Opens pages in headless Chromium, without a network, and lets axe-core look for what keeps people out. Ends with 1 where it finds anything.
const fs = require('fs');
const path = require('path');
const puppeteer = require('puppeteer-core');

(async () => {
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'], headless: true });
  const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  let wrong = 0;
  for (const file of process.argv.slice(2)) {
    const page = await browser.newPage();
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('dialog', (dialog) => { wrong += 1; console.log(`${file}: a dialog opened: ${dialog.message()}`); dialog.dismiss(); });
    await page.setBypassCSP(true);
    await page.goto(`file://${path.resolve(file)}`);
    if (requests.length !== 1) { wrong += 1; console.log(`${file}: asks for ${requests.slice(1).join(', ')}`); }
    await page.evaluate(axe);
    const result = await page.evaluate((tags) => axe.run(document, { runOnly: tags }), tags);
    for (const violation of result.violations) {
      wrong += 1;
      console.log(`${file}: ${violation.id}: ${violation.help}: ${violation.nodes[0].html}`);
    }
    if (result.passes.length < 20) { wrong += 1; console.log(`${file}: only ${result.passes.length} rules of axe-core passed`); }
    const pdf = await page.pdf({ preferCSSPageSize: true });
    if (pdf.length < 1000) { wrong += 1; console.log(`${file}: cannot be printed`); }
    console.log(`${file}: ${result.passes.length} rules passed, ${result.violations.length} violated`);
    await page.close();
  }
  await browser.close();
  process.exit(wrong ? 1 : 0);
})();
