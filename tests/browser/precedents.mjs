// Two letters to wrong recipients: the second is held against the first before it is decided, and
// the decision that departs from practice says why. The register tells both, as of any day.

import assert from "node:assert/strict";

import { expectAt, hoursAgo, send, signedIn } from "./people.mjs";
import { checkPage, demo } from "./support.mjs";

const { url } = demo();

/** What was found out of both letters. */
const LETTER = {
  personal_data: "yes",
  breach: ["confidentiality"],
  intent: "mishap",
  data: ["identification", "health"],
  people: "one",
  people_are: ["patients"],
  protection: "none",
  recipient: "known_person",
  recipient_count: "one",
};

/** The steps of the story, each a test of `walk`. */
export async function likeCases(walk, browser) {
  const numbers = [];
  const address = (number) => `${url}/cases/${number}`;

  await walk.test("an employee reports two letters that went astray", async () => {
    const page = await signedIn(browser, "employee");
    for (const happened of ["Brevet gikk til naboen.", "Brevet gikk til feil pasient."]) {
      await page.goto(`${url}/report/other`);
      const unit = await page.locator('[name="unit"] option').nth(2).getAttribute("value");
      await send(page, {
        what_happened: happened,
        unit,
        discovered_at: hoursAgo(3),
        occurred: "unknown",
        personal_data: "yes",
        openness: "named",
      });
      numbers.push(await page.locator(".avvik-receipt dd").first().innerText());
    }
    await page.context().close();
  });

  await walk.test("the first is found out about and decided, and the authority answers", async () => {
    const page = await signedIn(browser, "dpo");
    for (const number of numbers) await step(page, number, "facts", LETTER);
    const [first] = numbers;
    await step(page, first, "authority", { decision: "notify", grounds: "Noen kan ha lest det." });
    await step(page, first, "notification/record", { sent_at: hoursAgo(0.1), reference: "AR123456789" });
    const people = await controller(page, first);
    await step(page, first, "people", {
      decision: "notify",
      grounds: "Helseopplysninger hos en nabo.",
      groups: "Pasienten brevet gjaldt.",
      ways: ["letter"],
      target_at: hoursAgo(-48),
      signed_by: people,
      whom_to_ask: "Personvernombudet, telefon 55 55 00 00",
    });
    await step(page, first, "correspondence", {
      direction: "incoming",
      summary: "De avslutter saken uten merknader.",
    });
    await page.context().close();
  });

  await walk.test("the second is held against it, and departing takes a sentence", async () => {
    const [first, second] = numbers;
    for (const screen of ["phone", "desktop"]) {
      const page = await signedIn(browser, "dpo", { screen });
      await page.goto(`${address(second)}/authority`);
      await page.locator("main details summary").first().click();
      await checkPage(page, `precedents-authority-${screen}`);
      const text = await page.locator("main").innerText();
      assert.match(text, /De avslutter saken uten merknader/);
      assert.match(text, /100 % av det som er kjent, er likt/);
      await page.goto(address(second));
      await checkPage(page, `precedents-case-${screen}`);
      await page.context().close();
    }
    const page = await signedIn(browser, "dpo");
    await page.goto(`${address(second)}/authority`);
    const against = { decision: "do_not_notify", grounds: "Brevet kom uåpnet tilbake." };
    await send(page, against);
    await checkPage(page, "precedents-refused");
    const refused = await page.locator("main").innerText();
    assert.match(refused, new RegExp(`avgjort på en annen måte: ${first}`));
    await send(page, { ...against, departure: "Konvolutten var uåpnet." });
    await expectAt(page, `/cases/${second}`);
    await checkPage(page, "precedents-departed");
    await page.goto(`${address(second)}/people`);
    await checkPage(page, "precedents-people");
    await send(page, { decision: "public_communication", grounds: "Vi vet ikke hvem det er." });
    await checkPage(page, "precedents-people-refused");
    await page.context().close();
  });

  await walk.test("the register tells it, as of a day and of a period", async () => {
    const [today] = hoursAgo(0).split("T");
    const [yesterday] = hoursAgo(24).split("T");
    for (const screen of ["desktop", "phone"]) {
      const page = await signedIn(browser, "dpo", { screen });
      await page.goto(`${url}/register?as_of=${today}&from=${yesterday}`);
      await checkPage(page, `register-today-${screen}`);
      assert.match(await page.locator("main").innerText(), /Konvolutten var uåpnet/);
      await page.locator('[name="as_of"]').fill(yesterday);
      await Promise.all([page.waitForNavigation(), page.locator("main form button").click()]);
      await checkPage(page, `register-yesterday-${screen}`);
      assert.match(await page.locator("main").innerText(), /Ingen brudd passer til dette/);
      await page.goto(`${url}/register?as_of=i+dag`);
      await checkPage(page, `register-no-day-${screen}`);
      await page.context().close();
    }
  });

  /** Opens a step's form, fills it in, and is back at the case. */
  async function step(page, number, name, values) {
    await page.goto(`${address(number)}/${name}`);
    await checkPage(page, `precedents-step-${name}`);
    await send(page, values);
    await expectAt(page, `/cases/${number}`);
  }

  /** Somebody who can sign as the controller. */
  async function controller(page, number) {
    await page.goto(`${address(number)}/people`);
    return page.locator('[name="signed_by"] option').nth(1).getAttribute("value");
  }
}
