// A demo with some years behind it, as `avvik demo-data` makes it: the pages full of figures and
// charts, at both sizes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { send, signedIn } from "./people.mjs";
import { checkPage, demo, launch } from "./support.mjs";

const { url } = demo();
const SCREENS = ["desktop", "phone"];

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Opens pages and checks each; every one has a chart on it. */
async function look(role, paths) {
  for (const screen of SCREENS) {
    const page = await signedIn(browser, role, { screen });
    for (const path of paths) {
      const answer = await page.goto(url + path);
      assert.equal(answer.status(), 200, `${path} for ${role}`);
      const charts = await page.locator("main svg[role=img], main figure img").count();
      assert.ok(charts > 0, `no chart on ${path} for ${role}`);
      await checkPage(page, `years-${role}-${screen}${path.replaceAll("/", "-")}`);
    }
    await page.context().close();
  }
}

test("whoever leads reads the figures of years", () => look("controller", ["/dashboard", "/statistics"]));

test("the officer reads the figures of years", () => look("dpo", ["/dashboard", "/statistics"]));

test("the review of a year is read with its charts", async () => {
  const page = await signedIn(browser, "dpo");
  await page.goto(`${url}/reviews`);
  const participant = page.locator('[name="participants"]').first();
  await send(page, { participants: [await participant.getAttribute("value")] });
  const path = new URL(page.url()).pathname;
  await page.context().close();
  await look("dpo", [path, `${path}/document`]);
});
