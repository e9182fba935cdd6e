// The annual management review: begun by the officer, with every form that leads on from it, and as
// it is read at both sizes.

import assert from "node:assert/strict";

import { send, signedIn } from "./people.mjs";
import { checkPage, demo } from "./support.mjs";

const { url } = demo();

/** The steps of the story, each a test of `walk`. */
export async function annualReview(walk, browser) {
  let address;

  await walk.test("the officer begins the annual review, and sees each of its forms", async () => {
    const page = await signedIn(browser, "dpo");
    await page.goto(`${url}/reviews`);
    await checkPage(page, "reviews");
    const participant = page.locator('[name="participants"]').first();
    await send(page, { participants: [await participant.getAttribute("value")] });
    address = page.url();
    assert.match(address, /\/reviews\/\d{4}-\d+$/, await page.locator("main").innerText());
    const links = await page.locator("main a").evaluateAll((all) => all.map(({ href }) => href));
    const below = links.filter((link) => link.startsWith(`${address}/`));
    // Of the forms that each point of the agenda has, one of each kind.
    const kinds = new Map(below.map((link) => [new URL(link).pathname, link]));
    assert.ok(2 < kinds.size, `${kinds.size} forms lead on from the review`);
    for (const [path, link] of kinds) {
      await page.goto(link);
      await checkPage(page, `review-${path.split("/").at(-1)}`);
    }
    await page.context().close();
  });

  await walk.test("the review is read on a phone and at a desk", async () => {
    for (const screen of ["phone", "desktop"]) {
      const page = await signedIn(browser, "dpo", { screen });
      for (const [path, name] of [["", "review"], ["/document", "review-document"]]) {
        await page.goto(`${address}${path}`);
        await checkPage(page, `${name}-${screen}`);
      }
      await page.context().close();
    }
  });
}
