// The checks themselves: a good page passes them, and each kind of fault is caught.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { checkPage, launch, openPage } from "./support.mjs";

const FORM = '<label>Hva har skjedd? <input name="what"></label> <button>Send</button>';
const PAGES = {
  "/good": FORM,
  "/label-missing": '<input name="what"> <button>Send</button>',
  "/too-wide": '<p style="width: 600px">Dette er bredere enn en telefon.</p>',
  "/script-error": "<script>tell()</script>",
  "/scripts": '<noscript>Uten skript.</noscript><script>document.write("Med skript.")</script>',
  "/forbidden-script": '<script src="https://elsewhere.example/a.js"></script>',
  "/form": `<form action="/good">${FORM}</form>`,
  "/refused": `<p>Skriv hva som har skjedd.</p>${FORM}`,
};
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'",
};

let server, browser;

before(async () => {
  server = createServer((request, response) => {
    const body = PAGES[request.url.replace(/\?.*/, "")];
    response.writeHead(request.url === "/refused" ? 422 : body ? 200 : 404, HEADERS).end(
      `<!doctype html><html lang="nb"><title>Avvik</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="icon" href="data:,">
      <main><h1>Meld avvik</h1>${body}</main></html>`,
    );
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server.close();
});

/** Opens one of the pages above and checks it. */
async function check(path, options) {
  const page = await openPage(browser, options);
  await page.goto(`http://127.0.0.1:${server.address().port}${path}`);
  try {
    await checkPage(page, `support${path.replace("/", "-")}`);
    return page;
  } finally {
    await page.context().close();
  }
}

for (const javaScript of [true, false]) {
  for (const screen of ["desktop", "phone"]) {
    const options = { javaScript, screen };
    const where = `on a ${screen}, scripts ${javaScript ? "on" : "off"}`;

    test(`a good page passes ${where}`, () => check("/good", options));

    test(`a field without a label is caught ${where}`, () =>
      assert.rejects(check("/label-missing", options), /axe, label \(critical\)/));
  }
}

test("a page wider than a phone is caught, and what makes it so is named", async () => {
  await check("/too-wide", { screen: "desktop" });
  await assert.rejects(check("/too-wide", { screen: "phone" }), /on a screen of 390 px: p/);
});

test("an error in a script is caught", () =>
  assert.rejects(check("/script-error"), /script error: tell is not defined/));

test("what the content security policy forbids is caught", () =>
  assert.rejects(check("/forbidden-script"), /console: .*Content Security Policy/));

test("a form that is refused is no fault", () => check("/refused"));

test("where scripts are off, they stay off after the checks", async () => {
  const page = await openPage(browser, { javaScript: false });
  for (const _ of ["first", "second"]) {
    await page.goto(`http://127.0.0.1:${server.address().port}/scripts`);
    await checkPage(page, "support-scripts");
    assert.match(await page.locator("main").innerText(), /Uten skript/);
  }
  await page.context().close();
});

test("a form can be filled in and sent without scripts", async () => {
  const page = await openPage(browser, { javaScript: false, screen: "phone" });
  await page.goto(`http://127.0.0.1:${server.address().port}/form`);
  await page.getByLabel("Hva har skjedd?").fill("En telefon er borte");
  await page.getByRole("button", { name: "Send" }).tap();
  await page.waitForURL("**/good?what=En+telefon+er+borte");
  await page.context().close();
});
