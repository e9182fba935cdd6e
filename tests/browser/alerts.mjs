// Reading that is unusual is found, and looked into on a form.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { expectAt, send, signedIn } from "./people.mjs";
import { checkPage, demo } from "./support.mjs";

/** Refused looks of one day that are unusual, as config/avvik.toml has it. */
const REFUSED_A_DAY = 10;

/** How long the watch over the access log may take: it looks every 30 seconds. */
const WATCH_SECONDS_MAX = 90;

const { url } = demo();

/** Somebody tries a case that is not theirs to see; the officer is told, and says what it was. */
export async function unusualReading(browser, number) {
  const curious = await signedIn(browser, "employee");
  for (let look = 0; look < REFUSED_A_DAY; look += 1) {
    const answer = await curious.goto(`${url}/cases/${number}`);
    assert.equal(answer.status(), 404);
  }
  await curious.context().close();

  const address = await alert(browser);
  for (const screen of ["desktop", "phone"]) {
    const page = await signedIn(browser, "dpo", { screen });
    await page.goto(address);
    await checkPage(page, `alert-${screen}`);
    await page.context().close();
  }
  const page = await signedIn(browser, "dpo");
  await page.goto(address);
  await send(page, {});
  await checkPage(page, "alert-problems");
  await send(page, { outcome: "unjustified", finding: "Skrev feil saksnummer flere ganger." });
  await expectAt(page, "/alerts");
  await checkPage(page, "alerts-looked-into");
  assert.match(await page.locator("main").innerText(), /Skrev feil saksnummer/);
  await page.context().close();
}

/** Where the alert is looked into, once it stands on the list. */
async function alert(browser) {
  const page = await signedIn(browser, "dpo");
  const last = Date.now() + WATCH_SECONDS_MAX * 1000;
  while (Date.now() < last) {
    await page.goto(`${url}/alerts`);
    const link = page.locator('main a[href^="/alerts/"]').first();
    if (await link.count()) {
      await checkPage(page, "alerts-open");
      const path = await link.getAttribute("href");
      await page.context().close();
      return url + path;
    }
    await sleep(1000);
  }
  throw new Error("nothing unusual was found");
}
